/** What has to be renamed along with tables and columns: keys and indexes are called after them. Sequences keep their names; nothing asks for those. */
import { quoteName } from '../connection/quote.ts'
import type { DatabaseStructure, ForeignKeyStructure, IndexStructure, TableStructure } from '../structure/types.ts'

/**
 * The statements that give the keys and indexes of tables that were renamed the names they are to have.
 *
 * @param from The structure as it is after the renames
 * @param to The same tables, as a schema with the new names makes them
 */
export function nameChanges(from: DatabaseStructure, to: DatabaseStructure): string[] {
  return from.tables.flatMap((table) => {
    const other = to.tables.find((candidate) => candidate.name === table.name)
    if (!other) return []
    return from.provider === 'sqlite' ? sqliteChanges(table, other) : postgresChanges(table, other)
  })
}

function quote(name: string): string {
  return quoteName('postgresql', name)
}

/** SQLite cannot rename an index. Its other keys have no names. */
function sqliteChanges(from: TableStructure, to: TableStructure): string[] {
  const same = (index: IndexStructure) => (other: IndexStructure) => indexSql(from, index) === indexSql(to, other)
  return [
    ...from.indexes.filter((index) => !to.indexes.some(same(index))).map((index) => `DROP INDEX ${quote(index.name)};`),
    ...to.indexes.filter((index) => !from.indexes.some(same(index))).map((index) => indexSql(to, index)),
  ]
}

function postgresChanges(from: TableStructure, to: TableStructure): string[] {
  const table = quote(from.name)
  const constraint = (name: string, next: string): string[] =>
    name === next ? [] : [`ALTER TABLE ${table} RENAME CONSTRAINT ${quote(name)} TO ${quote(next)};`]
  const keys = from.foreignKeys.flatMap((key) => {
    const other = to.foreignKeys.find((candidate) => keyShape(candidate) === keyShape(key))
    return other ? constraint(key.name!, other.name!) : []
  })
  return [...primaryKeyChanges(from, to, constraint), ...keys, ...indexRenames(from, to)]
}

function primaryKeyChanges(from: TableStructure, to: TableStructure, rename: (name: string, next: string) => string[]): string[] {
  const [key, next] = [from.primaryKey, to.primaryKey]
  if (!key || !next) return []
  if (key.columns.join() === next.columns.join()) return rename(key.name!, next.name!)
  // The columns of a table between two models have changed places.
  return [
    `ALTER TABLE ${quote(from.name)} DROP CONSTRAINT ${quote(key.name!)};`,
    `ALTER TABLE ${quote(from.name)} ADD CONSTRAINT ${quote(next.name!)} PRIMARY KEY (${next.columns.map(quote).join(', ')});`,
  ]
}

function indexRenames(from: TableStructure, to: TableStructure): string[] {
  const free = [...to.indexes]
  const take = (fits: (other: IndexStructure) => boolean): IndexStructure | undefined => {
    const at = free.findIndex(fits)
    return at === -1 ? undefined : free.splice(at, 1)[0]
  }
  const changes = from.indexes.flatMap((index) => {
    const other = take((candidate) => indexSql(to, { ...candidate, name: '' }) === indexSql(from, { ...index, name: '' }))
    if (!other) return [`DROP INDEX ${quote(index.name)};`]
    return other.name === index.name ? [] : [`ALTER INDEX ${quote(index.name)} RENAME TO ${quote(other.name)};`]
  })
  return [...changes, ...free.map((index) => indexSql(to, index))]
}

function indexSql(table: TableStructure, index: IndexStructure): string {
  const columns = index.columns.map(({ name, isDescending }) => `${quote(name!)}${isDescending ? ' DESC' : ''}`)
  const using = index.method === 'btree' ? '' : ` USING ${index.method.toUpperCase()}`
  return `CREATE ${index.isUnique ? 'UNIQUE ' : ''}INDEX ${quote(index.name)} ON ${quote(table.name)}${using}(${columns.join(', ')});`
}

function keyShape(key: ForeignKeyStructure): string {
  return JSON.stringify([key.columns, key.table, key.references])
}
