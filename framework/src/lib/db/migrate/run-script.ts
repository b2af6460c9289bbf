import type { Connection } from '../connection/types.ts'
import { refusalOf, statementFailure } from './failure.ts'
import { checkingForeignKeys } from './foreign-key-check.ts'
import { controlsTransaction, splitStatements, type Statement } from './statements.ts'

/** The statements of a script that runs as a part of something greater. */
export interface Script {
  statements: readonly Statement[]
  /** What it is, for errors: a file. */
  where: string
}

/**
 * Reads a script into its statements.
 *
 * @throws {HotclubError} `HC_MIGRATION_FAILED` for one that begins or ends a transaction
 */
export function readScript(sql: string, where: string, { provider }: Pick<Connection, 'provider'>): Script {
  const statements = splitStatements(sql, provider)
  const control = statements.find(controlsTransaction)
  if (!control) return { statements, where }
  throw statementFailure(
    where,
    control,
    'A migration runs in a transaction of its own and must not begin or end one.',
    'Remove this statement: all of a migration is kept, or nothing.',
  )
}

/**
 * Runs a script inside the transaction that is open, and checks that every reference still has its row.
 *
 * @throws {HotclubError} `HC_MIGRATION_FAILED` naming the statement and the database's own message; the caller rolls back
 */
export async function runScript(connection: Connection, { statements, where }: Script): Promise<void> {
  await checkingForeignKeys(connection, where, async () => {
    for (const [index, statement] of statements.entries()) {
      try {
        await connection.rows(statement.sql)
      } catch (cause) {
        throw statementFailure(where, statement, refusalOf(cause), hintAfter(connection, index), cause)
      }
    }
  })
}

/** MySQL keeps what it has done, in a transaction or not. */
function hintAfter({ provider }: Connection, done: number): string {
  if (provider !== 'mysql' || done === 0)
    return 'Nothing was changed: schema, data and history are as before. Mend the SQL and run `hotclub migrate apply` again.'
  return `MySQL keeps what the ${done === 1 ? 'statement' : `${done} statements`} before it did. If this is a development database, \`hotclub migrate reset\` makes it anew.`
}
