import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { outdatedPermissions, syncPermissions, type PermissionsDb } from '../../auth/sync-permissions.ts'
import { hasModel, readSchema } from '../../core/schema-files.ts'
import { generateFor } from '../../db/generate.ts'
import { readGeneratedSchema, withClient } from '../../db/generated.ts'
import type { MigrateOptions } from '../../db/migrate.ts'
import { readFields } from '../../db/tables.ts'

/**
 * Brings the rows of the model `Permission` in line with the schema, in a project that has both the model and its table.
 *
 * @param print Told when something was written
 */
export async function updatePermissions(project: MigrateOptions, print: (line: string) => void): Promise<void> {
  if (!hasModel(readSchema(project.root), 'Permission')) return
  // In production the build has written it, and Prisma's own tools need not be there.
  const isWritten = process.env.NODE_ENV === 'production' && existsSync(join(project.root, 'prisma/generated/metadata.ts'))
  if (!isWritten) await generateFor(project)
  const schema = await readGeneratedSchema(project.root)
  const rows = await readFields(project, schema.models['Permission']!, ['name', 'label'])
  if (rows === undefined || outdatedPermissions(rows, schema).length === 0) return
  // A process that had loaded the client before the model was added leaves it to the next one.
  const count = await withClient(project, async (db: PermissionsDb) => ('permission' in db ? await syncPermissions(db, schema) : 0))
  if (count > 0) print(`Wrote ${count} ${count === 1 ? 'permission' : 'permissions'}.`)
}
