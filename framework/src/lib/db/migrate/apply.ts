import { HotclubError } from '../../core/hotclub-error.ts'
import { openConnection } from '../connection/connection.ts'
import { parseDatabaseUrl } from '../database-url.ts'
import { settleDevelopment } from './development.ts'
import { folderProvider, readMigrations } from './folder.ts'
import type { HistoryRow } from './history.ts'
import { withMigrationLock } from './lock.ts'
import { sqlFor } from './migration-sql.ts'
import { runMigration } from './run-migration.ts'
import { readScript } from './run-script.ts'
import { compare, type MigrateOptions } from './status.ts'
import { parseProgress } from './steps.ts'

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
  /** Called once where another process is migrating, before waiting for its end. */
  onWait?: () => void
}

/**
 * Brings the database up to date with the migrations of the project, creating it where needed.
 *
 * On SQLite and PostgreSQL each migration is one transaction with its row of the history: it is there with all it does, or not at all.
 * On MySQL each statement is; one that fails stops the migration there, and the next run goes on with it. Several processes may apply at
 * once; each migration runs in one of them, while the others wait.
 *
 * @throws {HotclubError} `HC_MIGRATION_FAILED` with the statement and the database's message; earlier migrations stay
 * @throws {HotclubError} `HC_MIGRATION_HISTORY` when another tool left a migration half-done, or when changes from development
 * stand in the way
 * @throws {HotclubError} `HC_MIGRATION_PROVIDER` when a migration says by hand what only another kind of database understands
 */
export async function applyMigrations({ root, url, onApply, onWait = () => {} }: ApplyOptions): Promise<ApplyResult> {
  const migrations = readMigrations(root)
  await using connection = await openConnection(parseDatabaseUrl(url, root))
  const { provider } = connection
  const folder = { migrations, provider: folderProvider(root) }
  return await withMigrationLock(connection, onWait, async () => {
    const adopted = await settleDevelopment(connection, folder)
    const applied: string[] = []
    const { pending } = await compare(migrations, connection)
    for (const migration of migrations.filter(({ name }) => pending.includes(name))) {
      const { sql, where } = await sqlFor(folder, migration, provider)
      // What is pending is asked again under SQLite's lock: another process may be applying at the same time.
      const isPending = async (): Promise<boolean> => {
        const status = await compare(migrations, connection)
        refuseForeign(status.failed)
        if (!status.pending.includes(migration.name)) return false
        onApply?.(migration.name)
        return true
      }
      if (await runMigration(connection, migration, readScript(sql, where, connection), isPending, async () => {}))
        applied.push(migration.name)
    }
    const { edited, missing } = await compare(migrations, connection)
    return { applied, adopted, edited, missing }
  })
}

/** What Hotclub began it can go on with; what another tool began it cannot. */
function refuseForeign(failed: readonly HistoryRow[]): void {
  const foreign = failed.filter((row) => parseProgress(row.logs) === undefined)
  if (foreign.length === 0) return
  const [{ name }] = foreign as [HistoryRow]
  throw new HotclubError('HC_MIGRATION_HISTORY', {
    where: foreign.map((row) => row.name).join(', '),
    message: 'The history holds a migration that another tool began and did not finish.',
    hint: `Look at the database: if all of it was done run \`hotclub migrate resolve --applied ${name}\`, if you undid it run \`hotclub migrate resolve --rolled-back ${name}\`.`,
  })
}
