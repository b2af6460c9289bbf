import { createRequire } from 'node:module'
import { HotclubError } from '../../core/hotclub-error.ts'
import type { DatabaseTarget } from '../database-url.ts'

/** A database as messages call it: without user, password and options. */
export function targetName(target: DatabaseTarget): string {
  if (target.provider === 'sqlite') return target.file
  const { host, pathname } = target.url
  return `${target.provider}://${host}${pathname}`
}

/** The error of a database that cannot be opened. */
export function openError(target: DatabaseTarget, cause: unknown): HotclubError {
  return new HotclubError('HC_DATABASE_OPEN', {
    where: targetName(target),
    message: `The database could not be opened: ${databaseMessage(cause)}`,
    hint:
      target.provider === 'sqlite'
        ? 'Check that DATABASE_URL names a SQLite file and that its folder may be written to.'
        : 'Check that the server runs and that host, port, user, password and name in DATABASE_URL are right.',
    cause,
  })
}

/** What a database says is wrong, without what its driver adds. */
export function databaseMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('sqlMessage' in error && typeof error.sqlMessage === 'string') return error.sqlMessage
  // Node tries every address of a host, and puts the failures of all into one without a message.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(databaseMessage).join('; ')
  return error.message
}

/**
 * Loads a driver that an app has only if it needs it.
 *
 * @throws {HotclubError} `HC_DATABASE_DRIVER` when it is not installed
 */
export function requireDriver<T>(name: string): T {
  try {
    return createRequire(import.meta.url)(name) as T
  } catch (cause) {
    throw new HotclubError('HC_DATABASE_DRIVER', {
      where: 'DATABASE_URL',
      message: `The package '${name}', which this kind of database needs, is not installed.`,
      hint: `Run \`npm install ${name}\`.`,
      cause,
    })
  }
}
