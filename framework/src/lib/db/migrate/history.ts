/** `_prisma_migrations`, with the columns and values that Prisma's own tools write. */
import { randomUUID } from 'node:crypto'
import type { Connection } from './connection.ts'
import type { Migration } from './folder.ts'

const table = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

/** A migration as the database remembers it. */
export interface HistoryRow {
  name: string
  checksum: string
  /** `failed`: begun by another tool and neither finished nor resolved. */
  state: 'applied' | 'failed'
}

/** What was applied or failed, in order; rolled back attempts are left out. */
export function readHistory(connection: Connection): HistoryRow[] {
  if (!hasTable(connection, '_prisma_migrations')) return []
  return connection
    .rows<{ migration_name: string; checksum: string; finished_at: unknown }>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY rowid',
    )
    .map((row) => ({ name: row.migration_name, checksum: row.checksum, state: row.finished_at === null ? 'failed' : 'applied' }))
}

/** Remembers a migration as applied, now. Creates the table first where it is missing. */
export function recordApplied(connection: Connection, migration: Migration, startedAt: number = Date.now()): void {
  connection.exec(table)
  connection.rows(
    `INSERT INTO _prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`,
    randomUUID(),
    migration.checksum,
    startedAt,
    Date.now(),
    migration.name,
  )
}

/** Takes back the memory of a migration, applied or failed. Returns whether there was any. */
export function recordRolledBack(connection: Connection, name: string, states: readonly HistoryRow['state'][]): boolean {
  const found = readHistory(connection).some((row) => row.name === name && states.includes(row.state))
  if (found)
    connection.rows(
      'UPDATE _prisma_migrations SET rolled_back_at = ? WHERE migration_name = ? AND rolled_back_at IS NULL',
      Date.now(),
      name,
    )
  return found
}

export function hasTable(connection: Connection, name: string): boolean {
  return connection.rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name).length > 0
}
