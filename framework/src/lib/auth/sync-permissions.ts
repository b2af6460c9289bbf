import { permissionsOf, type PermissionMetadata } from '../schema/permissions.ts'
import type { SchemaMetadata } from '../schema/types.ts'
import { isTaken } from './tables.ts'

/** What is needed of a client of an app with the model `Permission`. */
export interface PermissionsDb {
  permission: {
    findMany(args: { select: { name: true; label: true } }): Promise<Array<{ name: string; label: string }>>
    upsert(args: { where: { name: string }; create: object; update: object }): PromiseLike<unknown>
    update(args: { where: { name: string }; data: object }): PromiseLike<unknown>
  }
}

/** The permissions of a schema that have no row, or one with another label. */
export function outdatedPermissions(rows: Array<{ name: unknown; label: unknown }>, schema: SchemaMetadata): PermissionMetadata[] {
  const labels = new Map(rows.map(({ name, label }) => [name, label]))
  return permissionsOf(schema).filter(({ name, label }) => labels.get(name) !== label)
}

/**
 * Writes a row for each permission of the schema that has none, and gives the others their label. What the schema no longer has stays: groups
 * and users keep it, nothing asks for it, and a model that comes back finds it as it was.
 *
 * May run in several processes at once.
 *
 * @returns How many rows were written
 */
export async function syncPermissions(db: PermissionsDb, schema: SchemaMetadata): Promise<number> {
  const rows = await db.permission.findMany({ select: { name: true, label: true } })
  const changed = outdatedPermissions(rows, schema)
  for (const permission of changed) await write(db, permission)
  return changed.length
}

async function write(db: PermissionsDb, { name, label }: PermissionMetadata): Promise<void> {
  try {
    await db.permission.upsert({ where: { name }, create: { name, label }, update: { label } })
  } catch (error) {
    // Another process was faster. On MySQL, Prisma has looked for the row before.
    if (!isTaken(error)) throw error
    await db.permission.update({ where: { name }, data: { label } })
  }
}
