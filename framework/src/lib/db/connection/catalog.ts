/** Short questions about what a database has. */
import type { Provider } from '../database-url.ts'
import type { Connection } from './types.ts'

const tables: Readonly<Record<Provider, string>> = {
  sqlite: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
  postgresql: 'SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = ?',
  mysql: 'SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
}

const columns: Readonly<Record<Provider, string>> = {
  sqlite: 'SELECT name FROM pragma_table_info(?)',
  postgresql: 'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?',
  mysql: 'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?',
}

export async function hasTable(connection: Connection, name: string): Promise<boolean> {
  return (await connection.rows(tables[connection.provider], name)).length > 0
}

/** The names of a table's columns; none where there is no such table. */
export async function columnNames(connection: Connection, table: string): Promise<Set<string>> {
  return new Set((await connection.rows<{ name: string }>(columns[connection.provider], table)).map((row) => row.name))
}
