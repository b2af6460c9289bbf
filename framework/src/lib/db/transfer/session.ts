/** How a connection has to work while rows are written, and what the database could not check meanwhile. */
import { databaseMessage } from '../connection/open-error.ts'
import type { Connection } from '../connection/types.ts'
import { loadError } from './load-error.ts'
import type { Reference, Target } from './target.ts'

/**
 * Turns the checks of references on, or off where rows cannot be in an order that satisfies them.
 *
 * @returns What sets the connection back
 */
export async function prepareSession(connection: Connection, { circle }: Target): Promise<() => Promise<void>> {
  const isChecked = circle === undefined
  switch (connection.provider) {
    case 'sqlite':
      await connection.exec(`PRAGMA foreign_keys = ${isChecked ? 'ON' : 'OFF'}`)
      return () => connection.exec('PRAGMA foreign_keys = OFF')
    case 'mysql':
      // Otherwise a 0 would ask for the next number.
      await connection.exec(
        `SET @hotclub_sql_mode = @@sql_mode, sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO'), foreign_key_checks = ${isChecked ? 1 : 0}`,
      )
      return () => connection.exec('SET sql_mode = @hotclub_sql_mode, foreign_key_checks = 1')
    case 'postgresql':
      if (isChecked) return async () => {}
      await replicaRole(connection, circle)
      return () => connection.exec('SET session_replication_role = DEFAULT')
  }
}

async function replicaRole(connection: Connection, circle: string): Promise<void> {
  try {
    await connection.exec('SET session_replication_role = replica')
  } catch (cause) {
    throw loadError(
      circle,
      `Rows refer to each other in a circle, so the checks of references have to wait, which this user of PostgreSQL may not order: ${databaseMessage(cause)}`,
      'Load as a superuser, or GRANT SET ON PARAMETER session_replication_role TO the user.',
      cause,
    )
  }
}

/**
 * Checks the references that the database did not.
 *
 * @throws {HotclubError} `HC_LOAD` when a row refers to one that is not there
 */
export async function requireSound(connection: Connection, { circle, references }: Target, file: string): Promise<void> {
  if (circle === undefined) return
  for (const reference of references) {
    const count = await countOrphans(connection, reference)
    if (count > 0)
      throw loadError(
        file,
        `${count} ${count === 1 ? 'row refers' : 'rows refer'} by ${reference.name} to a ${reference.to.name} that is not there.`,
        'The rows are written. Mend the references in the database.',
      )
  }
}

async function countOrphans(connection: Connection, { table, columns, to }: Reference): Promise<number> {
  const q = connection.quote
  const [row] = await connection.rows<{ n: number }>(
    `SELECT count(*) AS n FROM ${q(table)} a WHERE ${columns.map((column) => `a.${q(column)} IS NOT NULL`).join(' AND ')} AND NOT EXISTS
     (SELECT 1 FROM ${q(to.table)} b WHERE ${columns.map((column, i) => `b.${q(to.columns[i]!)} = a.${q(column)}`).join(' AND ')})`,
  )
  return row!.n
}
