/** The three kinds of databases as migrations, inspection and the moving of data see them: without the app's client. */
import { HotclubError } from '../../core/hotclub-error.ts'
import type { DatabaseTarget } from '../database-url.ts'
import { openMysql } from './mysql.ts'
import { openPostgres } from './postgresql.ts'
import { openSqlite } from './sqlite.ts'
import { targetName } from './open-error.ts'
import type { Connection } from './types.ts'

export type { Connection } from './types.ts'

export interface OpenOptions {
  /** Whether a file or database that is missing is created (default: `true`). */
  create?: boolean
}

/**
 * Opens a database to look into it or to change its schema.
 *
 * SQLite does not enforce foreign keys here: most changes of a table make it anew, and dropping the old one would cascade into the rows that
 * refer to it. Its transactions hold the write lock from their beginning, and wait for another process up to a minute.
 *
 * @throws {HotclubError} `HC_DATABASE_OPEN` when it cannot be opened, `HC_DATABASE_DRIVER` when its driver is not installed
 */
export async function openConnection(target: DatabaseTarget, { create = true }: OpenOptions = {}): Promise<Connection> {
  const connection = await open(target, create)
  if (connection) return connection
  throw new HotclubError('HC_DATABASE_OPEN', {
    where: targetName(target),
    message: 'There is no such database.',
    hint: 'Check DATABASE_URL. `hotclub migrate apply` creates the database.',
  })
}

/** Opens the database if there is one; otherwise as {@link openConnection}. */
export function openExisting(target: DatabaseTarget): Promise<Connection | undefined> {
  return open(target, false)
}

function open(target: DatabaseTarget, create: boolean): Promise<Connection | undefined> {
  if (target.provider === 'sqlite') return openSqlite(target.file, create)
  return target.provider === 'postgresql' ? openPostgres(target.url, create) : openMysql(target.url, create)
}
