import { parseDatabaseUrl } from '../database-url.ts'
import { openConnection, quote } from './connection.ts'
import { applyMigrations, type ApplyOptions, type ApplyResult } from './apply.ts'

/**
 * Removes everything from the database, the history included, and applies all migrations anew.
 *
 * The file itself stays, so that a running server goes on with the new tables.
 */
export async function resetDatabase(options: ApplyOptions): Promise<ApplyResult> {
  emptyDatabase(parseDatabaseUrl(options.url, options.root).file)
  return applyMigrations(options)
}

function emptyDatabase(file: string): void {
  using connection = openConnection(file)
  connection.transaction(() => {
    // Views and triggers first: they may name tables that would be gone.
    for (const type of ['trigger', 'view', 'table']) {
      const names = connection.rows<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC",
        type,
      )
      // A virtual table takes its shadow tables along.
      for (const { name } of names) connection.exec(`DROP ${type} IF EXISTS ${quote(name)}`)
    }
  })
  connection.exec('VACUUM')
}
