import { HotclubError } from '../../core/hotclub-error.ts'
import { databaseMessage } from '../connection/open-error.ts'
import type { Statement } from './statements.ts'

/** The error of a statement that a migration cannot be run with, or that the database refused. */
export function statementFailure(where: string, statement: Statement, message: string, hint: string, cause?: unknown): HotclubError {
  const text = statement.sql.length > 600 ? `${statement.sql.slice(0, 600)} …` : statement.sql
  return new HotclubError('HC_MIGRATION_FAILED', {
    where: `${where}:${statement.line}`,
    message: `${message}\n  ${text.replaceAll('\n', '\n  ')}`,
    hint,
    cause,
  })
}

/** What the database said of a statement, as a sentence. */
export function refusalOf(cause: unknown): string {
  return `The database says: ${databaseMessage(cause)}`
}
