/** What can be seen of a database without the app's client. */
import type { ModelMetadata } from '../schema/types.ts'
import { hasTable } from './connection/catalog.ts'
import { openExisting } from './connection/connection.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { readStructure } from './structure/read.ts'
import type { MigrateOptions } from './migrate/status.ts'

/**
 * Whether no table of the app has a row: the moment at which the dev server seeds.
 *
 * @param except A table that is filled by itself, and does not count
 */
export async function isEmptyDatabase({ root, url }: MigrateOptions, except?: string): Promise<boolean> {
  await using connection = await openExisting(parseDatabaseUrl(url, root))
  if (!connection) return true
  for (const { name } of (await readStructure(connection)).tables)
    if (name !== except && (await connection.rows(`SELECT 1 FROM ${connection.quote(name)} LIMIT 1`)).length > 0) return false
  return true
}

/**
 * Reads some fields of every row of a model, without the client, which takes its time to load.
 *
 * @returns `undefined` where the database has no such table yet
 */
export async function readFields<N extends string>(
  { root, url }: MigrateOptions,
  { table, fields }: ModelMetadata,
  names: readonly N[],
): Promise<Array<Record<N, unknown>> | undefined> {
  await using connection = await openExisting(parseDatabaseUrl(url, root))
  if (!connection || !(await hasTable(connection, table))) return undefined
  const columns = names.map((name) => {
    const field = fields.find((candidate) => candidate.name === name)
    return `${connection.quote(field && 'column' in field ? field.column : name)} AS ${connection.quote(name)}`
  })
  return await connection.rows(`SELECT ${columns.join(', ')} FROM ${connection.quote(table)}`)
}
