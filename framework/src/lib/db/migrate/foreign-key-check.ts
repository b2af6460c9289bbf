import { HotclubError } from '../../core/hotclub-error.ts'
import type { Connection } from '../connection/types.ts'

/**
 * Runs a change and checks that every reference still has its row: SQLite does not while a schema is changed, the servers do it themselves.
 *
 * @throws {HotclubError} `HC_MIGRATION_FAILED`; the caller rolls back
 */
export async function checkingForeignKeys<T>(connection: Connection, where: string, change: () => Promise<T>): Promise<T> {
  if (connection.provider !== 'sqlite') return await change()
  const before = await foreignKeyProblems(connection)
  const result = await change()
  const after = await foreignKeyProblems(connection)
  const broken = [...after].filter(([key, count]) => count > (before.get(key) ?? 0))
  if (broken.length === 0) return result
  throw new HotclubError('HC_MIGRATION_FAILED', {
    where,
    message: `After it, rows would refer to rows that do not exist: ${broken.map(([key, count]) => `${key} (${count})`).join(', ')}.`,
    hint: 'Nothing was changed. Remove or mend those rows in the migration, or before it.',
  })
}

/** Rows that refer to rows which do not exist, as `table → parent` with how many there are. */
async function foreignKeyProblems(connection: Connection): Promise<Map<string, number>> {
  const problems = new Map<string, number>()
  for (const { table, parent } of await connection.rows<{ table: string; parent: string }>('PRAGMA foreign_key_check'))
    problems.set(`${table} → ${parent}`, (problems.get(`${table} → ${parent}`) ?? 0) + 1)
  return problems
}
