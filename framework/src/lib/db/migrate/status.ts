import { openExisting } from '../connection/connection.ts'
import type { Connection } from '../connection/types.ts'
import { parseDatabaseUrl } from '../database-url.ts'
import { readMarker } from './dev-marker.ts'
import { readMigrations, type Migration } from './folder.ts'
import { readHistory, type HistoryRow } from './history.ts'

/** Which project and which of its databases a command works on. */
export interface MigrateOptions {
  /** The project's folder. */
  root: string
  /** `DATABASE_URL`. */
  url: string | undefined
}

/** How the folder and the database stand to each other; names in order. */
export interface MigrationStatus {
  applied: string[]
  pending: string[]
  /** Applied, and the file has changed since. */
  edited: string[]
  /** Applied, and no longer in the folder. */
  missing: string[]
  /** Begun and not finished. */
  failed: HistoryRow[]
  /** Whether the database holds schema changes from development that no migration has yet. */
  isAhead: boolean
}

/**
 * Compares the migrations in the folder with the history in the database. A database that does not exist yet has none.
 */
export async function migrationStatus({ root, url }: MigrateOptions): Promise<MigrationStatus> {
  const migrations = readMigrations(root)
  await using connection = await openExisting(parseDatabaseUrl(url, root))
  return await compare(migrations, connection)
}

/** {@link migrationStatus} on a connection that is open. */
export async function compare(migrations: readonly Migration[], connection: Connection | undefined): Promise<MigrationStatus> {
  const history = connection ? await readHistory(connection) : []
  const applied = history.filter((row) => row.state === 'applied')
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  const names = new Set(applied.map((row) => row.name))
  return {
    applied: applied.map((row) => row.name),
    pending: migrations.filter((migration) => !names.has(migration.name)).map((migration) => migration.name),
    edited: applied.filter((row) => byName.has(row.name) && byName.get(row.name)!.checksum !== row.checksum).map((row) => row.name),
    missing: applied.filter((row) => !byName.has(row.name)).map((row) => row.name),
    failed: history.filter((row) => row.state === 'failed'),
    isAhead: connection !== undefined && (await readMarker(connection)) !== undefined,
  }
}
