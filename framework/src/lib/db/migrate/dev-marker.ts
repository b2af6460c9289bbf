/**
 * `_hotclub_dev`: the schema that a development database was brought to without a migration. While the table is there, the
 * database is ahead of its history; production databases never have it.
 */
import { hasTable } from '../connection/catalog.ts'
import type { Connection } from '../connection/types.ts'
import { sqlTime } from './sql-time.ts'

/** The schema the database was last brought to, or `undefined` when its history says everything. */
export async function readMarker(connection: Connection): Promise<string | undefined> {
  if (!(await hasTable(connection, '_hotclub_dev'))) return undefined
  const [row] = await connection.rows<{ text: string }>(`SELECT ${connection.quote('schema')} AS text FROM _hotclub_dev`)
  return row?.text
}

export async function writeMarker(connection: Connection, schema: string): Promise<void> {
  await clearMarker(connection)
  const { provider } = connection
  const time = provider === 'postgresql' ? 'TIMESTAMPTZ' : provider === 'mysql' ? 'DATETIME(3)' : 'DATETIME'
  const text = provider === 'mysql' ? 'LONGTEXT' : 'TEXT'
  const name = connection.quote('schema')
  await connection.exec(`CREATE TABLE _hotclub_dev (${name} ${text} NOT NULL, synced_at ${time} NOT NULL)`)
  await connection.rows(`INSERT INTO _hotclub_dev (${name}, synced_at) VALUES (?, ?)`, schema, sqlTime(provider, new Date()))
}

export async function clearMarker(connection: Connection): Promise<void> {
  await connection.exec('DROP TABLE IF EXISTS _hotclub_dev')
}
