import { readSchema } from '../../core/schema-files.ts'
import { openConnection } from '../connection/connection.ts'
import { parseDatabaseUrl } from '../database-url.ts'
import { assessRows } from './assess.ts'
import { clearMarker, readMarker, writeMarker } from './dev-marker.ts'
import { adoptMigrations, changedMeanwhile, isSameSchema } from './development.ts'
import { readMigrations } from './folder.ts'
import { planChange } from './plan.ts'
import { renameLabel, type Rename } from './renames.ts'
import { readScript, runScript } from './run-script.ts'
import { compare, type MigrateOptions } from './status.ts'

export type SyncResult =
  | { status: 'current' }
  | { status: 'synced'; sql: string }
  /** Nothing was changed. `reasons` are sentences; `renames` what may be meant instead of a loss. */
  | { status: 'blocked'; reasons: string[]; hint: string; renames: Rename[] }

/**
 * Brings a development database to the schema as it is being edited, without a migration: for the dev server, when
 * `schema.prisma` was saved.
 *
 * Only what loses nothing is done. Whatever would drop values, or cannot be done with the rows there are, is left for
 * `hotclub migrate create`, which asks. The database remembers the schema it was brought to; a later `migrate create` and
 * `migrate apply` take such changes into the history instead of making them twice.
 *
 * Pending migrations are not run here (apply them first), except that those whose changes are there already are adopted.
 *
 * @throws {HotclubError} `HC_SCHEMA` when the schema is wrong
 */
export async function syncDevDatabase({ root, url }: MigrateOptions): Promise<SyncResult> {
  const schema = readSchema(root).text
  const migrations = readMigrations(root)
  await using connection = await openConnection(parseDatabaseUrl(url, root))
  await adoptMigrations(connection, migrations)
  const status = await compare(migrations, connection)
  if (status.pending.length > 0)
    return {
      status: 'blocked',
      reasons: [`Migrations wait to be applied: ${status.pending.join(', ')}.`],
      hint: 'Run `hotclub migrate apply`.',
      renames: [],
    }
  const marker = await readMarker(connection)
  const last = migrations.filter((migration) => status.applied.includes(migration.name)).at(-1)
  const renames: Rename[] = []
  const plan = await planChange(marker ?? last?.schema, schema, connection.provider, (rename) => {
    renames.push(rename)
    return false
  })
  const { losses, blocks } = await assessRows(plan.hazards, connection)
  if (losses.length > 0 || blocks.length > 0)
    return {
      status: 'blocked',
      reasons: [
        ...losses,
        ...blocks.map((block) => block.problem),
        ...renames.map((rename) => `Perhaps ${renameLabel(rename)} is a rename.`),
      ],
      hint: [
        ...new Set(blocks.map((block) => block.remedy)),
        'Run `hotclub migrate create`, which asks what you mean, and then `hotclub migrate apply`.',
      ].join('\n'),
      renames,
    }
  const isBack = last?.schema !== undefined && (await isSameSchema(schema, last.schema, connection))
  if (plan.sql === '' && (marker === undefined || !isBack)) return { status: 'current' }
  const script = readScript(plan.sql, 'prisma/schema.prisma', connection)
  await connection.transaction(async () => {
    if ((await readMarker(connection)) !== marker) throw changedMeanwhile()
    await runScript(connection, script)
    if (isBack) await clearMarker(connection)
    else await writeMarker(connection, schema)
  })
  return plan.sql === '' ? { status: 'current' } : { status: 'synced', sql: plan.sql }
}
