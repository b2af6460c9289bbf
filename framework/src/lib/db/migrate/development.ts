/** A development database may be ahead of its history, because schema edits reach it without a migration. Here that is settled. */
import { HotclubError } from '../../core/hotclub-error.ts'
import type { Connection } from '../connection/types.ts'
import { assessRows } from './assess.ts'
import { clearMarker, readMarker } from './dev-marker.ts'
import { diffSchemas } from './diff.ts'
import type { Migration } from './folder.ts'
import { recordApplied } from './history.ts'
import type { MigrationsFolder } from './migration-sql.ts'
import { planChange, type Plan } from './plan.ts'
import { renameLabel, renamesIn } from './renames.ts'
import { readScript, runScript } from './run-script.ts'
import { compare } from './status.ts'

/**
 * Before pending migrations run: one that leads to the very schema the database has is adopted into the history;
 * otherwise the edits are taken back, or, where that would lose rows, the database goes straight to the last migration's schema.
 *
 * @returns The names of the migrations that are now in the history without having run
 */
export async function settleDevelopment(connection: Connection, { migrations }: MigrationsFolder): Promise<string[]> {
  const adopted = await adoptMigrations(connection, migrations)
  const marker = await readMarker(connection)
  const status = await compare(migrations, connection)
  if (marker === undefined || status.pending.length === 0) return adopted
  const { provider } = connection
  const pending = migrations.filter((migration) => status.pending.includes(migration.name))
  const settle = async (sql: string, also: readonly Migration[]): Promise<string[]> => [
    ...adopted,
    ...(await leaveDevelopment(connection, marker, sql, also)),
  ]

  const last = migrations.filter((migration) => status.applied.includes(migration.name)).at(-1)
  const back = last && last.schema === undefined ? undefined : await planChange(marker, last?.schema, provider)
  const lossOf = async (plan: Plan): Promise<string[]> => {
    const { losses, blocks } = await assessRows(plan.hazards, connection, plan.renames)
    return [...losses, ...blocks.map((block) => block.problem)]
  }
  if (back && (await lossOf(back)).length === 0) return await settle(back.sql, [])

  const target = pending.at(-1)!
  const known = new Set(pending.flatMap((migration) => renamesIn(migration.sql)).map(renameLabel))
  const forward =
    target.schema === undefined ? undefined : await planChange(marker, target.schema, provider, (rename) => known.has(renameLabel(rename)))
  // What a migration computes in TypeScript cannot be skipped.
  const isSkippable = pending.every((migration) => migration.code === undefined)
  if (forward && isSkippable && (await lossOf(forward)).length === 0) return await settle(forward.sql, pending)

  throw new HotclubError('HC_MIGRATION_HISTORY', {
    where: 'the development database',
    message: `It holds schema changes that no migration has, and ${pending.length === 1 ? 'a pending migration does' : 'pending migrations do'} not fit them:\n  - ${(await lossOf(back ?? forward!)).join('\n  - ')}`,
    hint: 'Run `hotclub migrate create` if your schema has changes to keep, or `hotclub migrate reset` to make the database anew.',
  })
}

/**
 * Takes pending migrations into the history of a development database that already has exactly what they lead to.
 *
 * @returns Their names
 */
export async function adoptMigrations(connection: Connection, migrations: readonly Migration[]): Promise<string[]> {
  const marker = await readMarker(connection)
  if (marker === undefined) return []
  const { pending: names } = await compare(migrations, connection)
  const pending = migrations.filter((migration) => names.includes(migration.name))
  if (pending.some((migration) => migration.code !== undefined)) return []
  for (const migration of pending.toReversed())
    if (migration.schema !== undefined && (await isSameSchema(marker, migration.schema, connection)))
      return await leaveDevelopment(connection, marker, '', pending.slice(0, pending.indexOf(migration) + 1))
  return []
}

/** Ends a database's being ahead: with some SQL, or by remembering migrations as applied. */
async function leaveDevelopment(connection: Connection, marker: string, sql: string, adopted: readonly Migration[]): Promise<string[]> {
  const script = readScript(sql, 'the development database', connection)
  await connection.transaction(async () => {
    if ((await readMarker(connection)) !== marker) throw changedMeanwhile()
    await runScript(connection, script)
    for (const migration of adopted) await recordApplied(connection, migration)
    await clearMarker(connection)
  })
  return adopted.map((migration) => migration.name)
}

/** Whether two schemas make the same database, whatever else their texts say. */
export async function isSameSchema(a: string, b: string, { provider }: Pick<Connection, 'provider'>): Promise<boolean> {
  return a === b || (await diffSchemas(a, b, provider)) === ''
}

/** Two commands worked on the schema of one development database at the same time. */
export function changedMeanwhile(): HotclubError {
  return new HotclubError('HC_MIGRATION_HISTORY', {
    where: 'the development database',
    message: 'Another process has changed its schema at the same time.',
    hint: 'Run the command again.',
  })
}
