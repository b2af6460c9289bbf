import { isDriverAdapterError } from '@prisma/driver-adapter-utils'

/** What the database says of a transaction instead of committing it. Prisma hands it on as it comes from the driver. */
const refusals = ['TransactionWriteConflict', 'UniqueConstraintViolation', 'ForeignKeyConstraintViolation', 'NullConstraintViolation']

/**
 * Whether an error is what the database, or Prisma before it, has answered, so that nothing was written. After any other, as when the connection is lost, nobody
 * knows.
 */
export function isAnswer(error: unknown): boolean {
  if (isDriverAdapterError(error)) return refusals.includes(error.cause.kind)
  if (!(error instanceof Error)) return false
  if (error.name === 'PrismaClientValidationError') return true
  // P1…: the connection. P2010: whatever went wrong with raw SQL. P2028: a transaction that ended otherwise than it was told to.
  const code = codeOf(error)
  return code !== undefined && code.startsWith('P2') && code !== 'P2010' && code !== 'P2028'
}

/** Whether the database has given up a transaction in favour of another, so that the same may well succeed now. */
export function isConflict(error: unknown): boolean {
  return codeOf(error) === 'P2034' || (isDriverAdapterError(error) && error.cause.kind === 'TransactionWriteConflict')
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
