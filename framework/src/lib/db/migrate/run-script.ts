import { HotclubError } from '../../core/hotclub-error.ts'
import { foreignKeyProblems, type Connection } from './connection.ts'
import { controlsTransaction, splitStatements, type Statement } from './statements.ts'

/**
 * Runs a migration's SQL inside the transaction that is open, and checks that every reference still has its row.
 *
 * @param where What the SQL is, for the error: a file
 * @throws {HotclubError} `HC_MIGRATION_FAILED` naming the statement and the database's own message; the caller rolls back
 */
export function runScript(connection: Connection, sql: string, where: string): void {
  const statements = splitStatements(sql)
  const control = statements.find(controlsTransaction)
  if (control)
    throw failure(
      where,
      control,
      'A migration runs in a transaction of its own and must not begin or end one.',
      'Remove this statement: all of a migration is kept, or nothing.',
    )
  const before = foreignKeyProblems(connection)
  for (const statement of statements) {
    try {
      connection.rows(statement.sql)
    } catch (cause) {
      throw failure(
        where,
        statement,
        `The database says: ${cause instanceof Error ? cause.message : String(cause)}`,
        'Nothing was changed: schema, data and history are as before. Mend the SQL and run `hotclub migrate apply` again.',
        cause,
      )
    }
  }
  const broken = [...foreignKeyProblems(connection)].filter(([key, count]) => count > (before.get(key) ?? 0))
  if (broken.length > 0)
    throw new HotclubError('HC_MIGRATION_FAILED', {
      where,
      message: `After it, rows would refer to rows that do not exist: ${broken.map(([key, count]) => `${key} (${count})`).join(', ')}.`,
      hint: 'Nothing was changed. Remove or mend those rows in the migration, or before it.',
    })
}

function failure(where: string, statement: Statement, message: string, hint: string, cause?: unknown): HotclubError {
  const text = statement.sql.length > 600 ? `${statement.sql.slice(0, 600)} …` : statement.sql
  return new HotclubError('HC_MIGRATION_FAILED', {
    where: `${where}:${statement.line}`,
    message: `${message}\n  ${text.replaceAll('\n', '\n  ')}`,
    hint,
    cause,
  })
}
