/**
 * `_hotclub_dev`: the schema that a development database was brought to without a migration. While the table is there, the
 * database is ahead of its history; production databases never have it.
 */
import type { Connection } from './connection.ts'
import { hasTable } from './history.ts'

/** The schema the database was last brought to, or `undefined` when its history says everything. */
export function readMarker(connection: Connection): string | undefined {
  if (!hasTable(connection, '_hotclub_dev')) return undefined
  return connection.rows<{ schema: string }>('SELECT schema FROM _hotclub_dev')[0]?.schema
}

export function writeMarker(connection: Connection, schema: string): void {
  clearMarker(connection)
  connection.exec('CREATE TABLE _hotclub_dev (schema TEXT NOT NULL, synced_at DATETIME NOT NULL)')
  connection.rows('INSERT INTO _hotclub_dev (schema, synced_at) VALUES (?, ?)', schema, new Date().toISOString())
}

export function clearMarker(connection: Connection): void {
  connection.exec('DROP TABLE IF EXISTS _hotclub_dev')
}
