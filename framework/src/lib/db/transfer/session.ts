/** How a connection has to work while rows are written, and what the database could not check meanwhile. */
import { databaseMessage } from '../connection/open-error.ts'
import type { Connection } from '../connection/types.ts'
import type { RelationField } from '../../schema/types.ts'
import { loadError } from './load-error.ts'
import type { MovedModel } from './plan.ts'
import type { Target } from './target.ts'

/**
 * Turns the checks of references on, or off where rows cannot be in an order that satisfies them.
 *
 * @returns What sets the connection back
 */
export async function prepareSession(connection: Connection, { unchecked }: Target): Promise<() => Promise<void>> {
  const isChecked = unchecked.length === 0
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
      await replicaRole(connection, unchecked[0]!)
      return () => connection.exec('SET session_replication_role = DEFAULT')
  }
}

async function replicaRole(connection: Connection, { model, field }: Target['unchecked'][number]): Promise<void> {
  try {
    await connection.exec('SET session_replication_role = replica')
  } catch (cause) {
    throw loadError(
      `${model.model.name}.${field.name}`,
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
export async function requireSound(connection: Connection, { models, unchecked }: Target, file: string): Promise<void> {
  for (const { model, field } of unchecked) {
    const target = models.find((candidate) => candidate.model.name === field.type)!
    const count = await countOrphans(connection, model, field, target)
    if (count > 0)
      throw loadError(
        file,
        `${count} ${count === 1 ? 'row' : 'rows'} of ${model.model.name} refer by ${field.name} to a ${field.type} that is not there.`,
        'The rows are written. Mend the references in the database.',
      )
  }
}

async function countOrphans(connection: Connection, from: MovedModel, { relation }: RelationField, to: MovedModel): Promise<number> {
  const column = (model: MovedModel, name: string): string => connection.quote(model.fields.find((field) => field.name === name)!.column)
  const pairs = relation.fields.map((name, i) => [`a.${column(from, name)}`, `b.${column(to, relation.references[i]!)}`] as const)
  const [row] = await connection.rows<{ n: number }>(
    `SELECT count(*) AS n FROM ${connection.quote(from.model.table)} a WHERE ${pairs.map(([own]) => `${own} IS NOT NULL`).join(' AND ')}
     AND NOT EXISTS (SELECT 1 FROM ${connection.quote(to.model.table)} b WHERE ${pairs.map(([own, other]) => `${other} = ${own}`).join(' AND ')})`,
  )
  return row!.n
}
