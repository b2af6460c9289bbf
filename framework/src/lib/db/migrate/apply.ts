import { HotclubError } from '../../core/hotclub-error.ts'
import { parseDatabaseUrl } from '../database-url.ts'
import { assessRows } from './assess.ts'
import { openConnection, type Connection } from './connection.ts'
import { clearMarker, readMarker } from './dev-marker.ts'
import { diffSchemas } from './engine.ts'
import { readMigrations, type Migration } from './folder.ts'
import { recordApplied } from './history.ts'
import { planChange } from './plan.ts'
import { renameLabel, renamesIn } from './renames.ts'
import { runScript } from './run-script.ts'
import { compare, type MigrateOptions } from './status.ts'

export interface ApplyResult {
  /** Migrations that ran, in order. */
  applied: string[]
  /** Migrations whose changes the development database had already, and that are now in its history. */
  adopted: string[]
  /** Applied before, and the file has changed since: what the database has is the older text. */
  edited: string[]
  /** Applied before, and no longer in the folder. */
  missing: string[]
}

export interface ApplyOptions extends MigrateOptions {
  /** Called before a migration runs. */
  onApply?: (name: string) => void
}

/**
 * Brings the database up to date with the migrations of the project, creating it where needed.
 *
 * Each migration is one transaction with its row of the history: it is there with all it does, or not at all. Several
 * processes may apply at once; each migration runs in one of them, while the others wait.
 *
 * @throws {HotclubError} `HC_MIGRATION_FAILED` with the statement and the database's message; earlier migrations stay
 * @throws {HotclubError} `HC_MIGRATION_HISTORY` when another tool left a migration half-done, or when changes from development
 * stand in the way
 */
export async function applyMigrations({ root, url, onApply }: ApplyOptions): Promise<ApplyResult> {
  const migrations = readMigrations(root)
  using connection = openConnection(parseDatabaseUrl(url, root).file)
  const adopted = await settleDevelopment(connection, migrations)
  const applied: string[] = []
  for (const migration of migrations) {
    // What is pending is asked again under the lock: another process may be applying at the same time.
    const ran = connection.transaction(() => {
      const status = compare(migrations, connection)
      refuseFailed(status.failed)
      if (!status.pending.includes(migration.name)) return false
      onApply?.(migration.name)
      const startedAt = Date.now()
      runScript(connection, migration.sql, `prisma/migrations/${migration.name}/migration.sql`)
      recordApplied(connection, migration, startedAt)
      return true
    })
    if (ran) applied.push(migration.name)
  }
  const { edited, missing } = compare(migrations, connection)
  return { applied, adopted, edited, missing }
}

function refuseFailed(failed: string[]): void {
  if (failed.length === 0) return
  throw new HotclubError('HC_MIGRATION_HISTORY', {
    where: failed.join(', '),
    message: 'The history holds a migration that another tool began and did not finish.',
    hint: `Look at the database: if all of it was done run \`hotclub migrate resolve --applied ${failed[0]}\`, if you undid it run \`hotclub migrate resolve --rolled-back ${failed[0]}\`.`,
  })
}

/**
 * A development database may be ahead of its history, because schema edits reach it without a migration. Before pending
 * migrations run, that is settled: one that leads to the very schema the database has is adopted into the history;
 * otherwise the edits are taken back, or, where that would lose rows, the database goes straight to the last migration's schema.
 */
async function settleDevelopment(connection: Connection, migrations: readonly Migration[]): Promise<string[]> {
  const adopted = await adoptMigrations(connection, migrations)
  const marker = readMarker(connection)
  const status = compare(migrations, connection)
  if (marker === undefined || status.pending.length === 0) return adopted
  const pending = migrations.filter((migration) => status.pending.includes(migration.name))
  const settle = (sql: string, also: readonly Migration[]): string[] => [...adopted, ...leaveDevelopment(connection, marker, sql, also)]

  const last = migrations.filter((migration) => status.applied.includes(migration.name)).at(-1)
  const back = last && last.schema === undefined ? undefined : await planChange(marker, last?.schema)
  const lossOf = (plan: NonNullable<typeof back>): string[] => {
    const { losses, blocks } = assessRows(plan.hazards, connection, plan.renames)
    return [...losses, ...blocks.map((block) => block.problem)]
  }
  if (back && lossOf(back).length === 0) return settle(back.sql, [])

  const target = pending.at(-1)!
  const known = new Set(pending.flatMap((migration) => renamesIn(migration.sql)).map(renameLabel))
  const forward =
    target.schema === undefined ? undefined : await planChange(marker, target.schema, (rename) => known.has(renameLabel(rename)))
  if (forward && lossOf(forward).length === 0) return settle(forward.sql, pending)

  throw new HotclubError('HC_MIGRATION_HISTORY', {
    where: 'the development database',
    message: `It holds schema changes that no migration has, and ${pending.length === 1 ? 'a pending migration does' : 'pending migrations do'} not fit them:\n  - ${lossOf(back ?? forward!).join('\n  - ')}`,
    hint: 'Run `hotclub migrate create` if your schema has changes to keep, or `hotclub migrate reset` to make the database anew.',
  })
}

/**
 * Takes pending migrations into the history of a development database that already has exactly what they lead to.
 *
 * @returns Their names
 */
export async function adoptMigrations(connection: Connection, migrations: readonly Migration[]): Promise<string[]> {
  const marker = readMarker(connection)
  if (marker === undefined) return []
  const { pending: names } = compare(migrations, connection)
  const pending = migrations.filter((migration) => names.includes(migration.name))
  for (const migration of pending.toReversed())
    if (migration.schema !== undefined && (await isSameSchema(marker, migration.schema)))
      return leaveDevelopment(connection, marker, '', pending.slice(0, pending.indexOf(migration) + 1))
  return []
}

/** Ends a database's being ahead: with some SQL, or by remembering migrations as applied. */
function leaveDevelopment(connection: Connection, marker: string, sql: string, adopted: readonly Migration[]): string[] {
  connection.transaction(() => {
    if (readMarker(connection) !== marker) throw changedMeanwhile()
    runScript(connection, sql, 'the development database')
    for (const migration of adopted) recordApplied(connection, migration)
    clearMarker(connection)
  })
  return adopted.map((migration) => migration.name)
}

/** Whether two schemas make the same database, whatever else their texts say. */
export async function isSameSchema(a: string, b: string): Promise<boolean> {
  return a === b || (await diffSchemas(a, b)) === ''
}

/** Two commands worked on the schema of one development database at the same time. */
export function changedMeanwhile(): HotclubError {
  return new HotclubError('HC_MIGRATION_HISTORY', {
    where: 'the development database',
    message: 'Another process has changed its schema at the same time.',
    hint: 'Run the command again.',
  })
}
