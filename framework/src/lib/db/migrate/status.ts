import { parseDatabaseUrl } from '../database-url.ts'
import { openExisting, type Connection } from './connection.ts'
import { readMarker } from './dev-marker.ts'
import { readMigrations, type Migration } from './folder.ts'
import { readHistory } from './history.ts'

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
  /** Begun by another tool and not finished. */
  failed: string[]
  /** Whether the database holds schema changes from development that no migration has yet. */
  isAhead: boolean
}

/**
 * Compares the migrations in the folder with the history in the database. A database that does not exist yet has none.
 */
export function migrationStatus({ root, url }: MigrateOptions): MigrationStatus {
  const migrations = readMigrations(root)
  using connection = openExisting(parseDatabaseUrl(url, root).file)
  return compare(migrations, connection)
}

/** {@link migrationStatus} on a connection that is open. */
export function compare(migrations: readonly Migration[], connection: Connection | undefined): MigrationStatus {
  const history = connection ? readHistory(connection) : []
  const applied = history.filter((row) => row.state === 'applied')
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  const names = new Set(applied.map((row) => row.name))
  return {
    applied: applied.map((row) => row.name),
    pending: migrations.filter((migration) => !names.has(migration.name)).map((migration) => migration.name),
    edited: applied.filter((row) => byName.has(row.name) && byName.get(row.name)!.checksum !== row.checksum).map((row) => row.name),
    missing: applied.filter((row) => !byName.has(row.name)).map((row) => row.name),
    failed: history.filter((row) => row.state === 'failed').map((row) => row.name),
    isAhead: connection !== undefined && readMarker(connection) !== undefined,
  }
}
