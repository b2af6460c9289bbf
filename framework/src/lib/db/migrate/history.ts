/** `_prisma_migrations`, with the columns and values that Prisma's own tools write. */
import { randomUUID } from 'node:crypto'
import { hasTable } from '../connection/catalog.ts'
import type { Connection } from '../connection/types.ts'
import type { Provider } from '../database-url.ts'
import type { Migration } from './folder.ts'
import { sqlTime } from './sql-time.ts'

const tables: Readonly<Record<Provider, string>> = {
  sqlite: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`,
  postgresql: `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`,
  mysql: `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             DATETIME(3),
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          DATETIME(3),
    started_at              DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    applied_steps_count     INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
}

/** A migration as the database remembers it. */
export interface HistoryRow {
  name: string
  checksum: string
  /** `failed`: begun and neither finished nor resolved. */
  state: 'applied' | 'failed'
  /** What became of one that failed, in whatever words its tool has. */
  logs: string | null
}

/** What was applied or failed, in order; rolled back attempts are left out. */
export async function readHistory(connection: Connection): Promise<HistoryRow[]> {
  if (!(await hasTable(connection, '_prisma_migrations'))) return []
  const order = connection.provider === 'sqlite' ? 'rowid' : 'started_at, migration_name'
  const rows = await connection.rows<{ migration_name: string; checksum: string; finished_at: unknown; logs: string | null }>(
    `SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY ${order}`,
  )
  return rows.map((row) => ({
    name: row.migration_name,
    checksum: row.checksum,
    state: row.finished_at === null ? 'failed' : 'applied',
    logs: row.logs,
  }))
}

/** Creates the table where it is missing. */
export async function ensureHistory(connection: Connection): Promise<void> {
  await connection.exec(tables[connection.provider])
}

/** Remembers a migration as applied, now. Creates the table first where it is missing. */
export async function recordApplied(connection: Connection, migration: Migration, startedAt: Date = new Date()): Promise<void> {
  await ensureHistory(connection)
  await connection.rows(
    `INSERT INTO _prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`,
    randomUUID(),
    migration.checksum,
    sqlTime(connection.provider, startedAt),
    sqlTime(connection.provider, new Date()),
    migration.name,
  )
}

/** Takes back the memory of a migration, applied or failed. Returns whether there was any. */
export async function recordRolledBack(connection: Connection, name: string): Promise<boolean> {
  const history = await readHistory(connection)
  if (!history.some((row) => row.name === name)) return false
  await connection.rows(
    'UPDATE _prisma_migrations SET rolled_back_at = ? WHERE migration_name = ? AND rolled_back_at IS NULL',
    sqlTime(connection.provider, new Date()),
    name,
  )
  return true
}
