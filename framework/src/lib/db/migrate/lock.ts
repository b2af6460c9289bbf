import { createHash } from 'node:crypto'
import type { Connection } from '../connection/types.ts'

/** The lock of `prisma migrate`, so that the two do not run at once either. */
const postgresLock = 72_707_369

/**
 * Runs a change while nobody else migrates the same database. SQLite needs no lock of its own: whoever changes something holds its write
 * lock, and looks again once it is there.
 *
 * @param onWait Called once where another process is at it, before waiting for its end
 */
export async function withMigrationLock<T>(connection: Connection, onWait: () => void, change: () => Promise<T>): Promise<T> {
  if (connection.provider === 'sqlite') return await change()
  const lock = connection.provider === 'postgresql' ? postgresLocks : await mysqlLocks(connection)
  if (!(await holds(connection, lock.attempt))) {
    onWait()
    await connection.rows(lock.wait)
  }
  try {
    return await change()
  } finally {
    // A connection that is gone has given it back by itself.
    await connection.rows(lock.release).catch(() => {})
  }
}

const postgresLocks = {
  attempt: `SELECT pg_try_advisory_lock(${postgresLock}) AS held`,
  wait: `SELECT pg_advisory_lock(${postgresLock})`,
  release: `SELECT pg_advisory_unlock(${postgresLock})`,
}

/** MySQL's locks have names, for all databases of the server together. */
async function mysqlLocks(connection: Connection): Promise<typeof postgresLocks> {
  const [row] = await connection.rows<{ name: string }>('SELECT DATABASE() AS name')
  const name = `'hotclub_${createHash('sha1').update(row!.name).digest('hex')}'`
  const year = 31_536_000
  return {
    attempt: `SELECT GET_LOCK(${name}, 0) AS held`,
    wait: `SELECT GET_LOCK(${name}, ${year})`,
    release: `SELECT RELEASE_LOCK(${name})`,
  }
}

async function holds(connection: Connection, sql: string): Promise<boolean> {
  const [row] = await connection.rows<{ held: boolean | number }>(sql)
  return Boolean(row!.held)
}
