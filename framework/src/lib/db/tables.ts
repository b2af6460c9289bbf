/** What can be seen of a database without the app's client. */
import type { ModelMetadata } from '../schema/types.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { openExisting, quote } from './migrate/connection.ts'
import { readStructure } from './migrate/structure.ts'
import type { MigrateOptions } from './migrate/status.ts'

/**
 * Whether no table of the app has a row: the moment at which the dev server seeds.
 *
 * @param except A table that is filled by itself, and does not count
 */
export function isEmptyDatabase({ root, url }: MigrateOptions, except?: string): boolean {
  using connection = openExisting(parseDatabaseUrl(url, root).file)
  if (!connection) return true
  return [...readStructure(connection).keys()]
    .filter((table) => table !== except)
    .every((table) => connection.rows(`SELECT 1 FROM ${quote(table)} LIMIT 1`).length === 0)
}

/**
 * Reads some fields of every row of a model, without the client, which takes its time to load.
 *
 * @returns `undefined` where the database has no such table yet
 */
export function readFields<N extends string>(
  { root, url }: MigrateOptions,
  { table, fields }: ModelMetadata,
  names: readonly N[],
): Array<Record<N, unknown>> | undefined {
  using connection = openExisting(parseDatabaseUrl(url, root).file)
  if (!connection || !readStructure(connection).has(table)) return undefined
  const columns = names.map((name) => {
    const field = fields.find((candidate) => candidate.name === name)
    return `${quote(field && 'column' in field ? field.column : name)} AS ${quote(name)}`
  })
  return connection.rows(`SELECT ${columns.join(', ')} FROM ${quote(table)}`)
}
