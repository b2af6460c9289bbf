import { openSqlite } from '../connection/sqlite.ts'
import { readSqlite } from '../structure/sqlite.ts'
import type { DatabaseStructure } from '../structure/types.ts'

/** What scripts for SQLite make of an empty database, in memory. */
export async function tryOnSqlite(scripts: readonly string[]): Promise<DatabaseStructure> {
  await using connection = (await openSqlite(':memory:', true))!
  for (const script of scripts) await connection.exec(script)
  return await readSqlite(connection)
}
