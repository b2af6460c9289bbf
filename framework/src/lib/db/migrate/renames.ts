/**
 * Renames of tables and columns. A diff only sees something go and something come; told that both are one, it is given the
 * old schema with the new names mapped in (`@map`, `@@map`), and what is left of the difference is done after the rename.
 */
import { quoteName } from '../connection/quote.ts'
import type { Provider } from '../database-url.ts'
import type { DatabaseStructure, TableStructure } from '../structure/types.ts'

export interface Rename {
  /** The table as it is called before. */
  table: string
  /** The column as it is called before; absent where the table itself is renamed. */
  column?: string
  to: string
}

/** `Movie.title → name`, as people read it and as `--rename` takes it (`Movie.title:name`). */
export function renameLabel({ table, column, to }: Rename): string {
  return column === undefined ? `${table} → ${to}` : `${table}.${column} → ${to}`
}

/**
 * Reads `--rename Movie.title:name` (a column) or `--rename Movie:Film` (a table).
 *
 * @returns `undefined` when the text is neither
 */
export function parseRename(text: string): Rename | undefined {
  const [, table, column, to] = /^([^.:]+)(?:\.([^.:]+))?:([^.:]+)$/.exec(text) ?? []
  if (table === undefined || to === undefined) return undefined
  return column === undefined ? { table, to } : { table, column, to }
}

/** The SQL of a rename. */
export function renameSql({ table, column, to }: Rename, provider: Provider): string {
  const quote = (name: string): string => quoteName(provider, name)
  return column === undefined
    ? `ALTER TABLE ${quote(table)} RENAME TO ${quote(to)};`
    : `ALTER TABLE ${quote(table)} RENAME COLUMN ${quote(column)} TO ${quote(to)};`
}

const quotedName = '(?:"((?:[^"]|"")+)"|`((?:[^`]|``)+)`)'
const renameStatement = new RegExp(`^ALTER TABLE ${quotedName} RENAME (?:COLUMN ${quotedName} )?TO ${quotedName};?$`, 'gm')

/** The renames that a migration's SQL makes, whichever database it is for. */
export function renamesIn(sql: string): Rename[] {
  return [...sql.matchAll(renameStatement)].flatMap(([, ...names]): Rename[] => {
    const [table, column, to] = [names[0] ?? names[1]!, names[2] ?? names[3], names[4] ?? names[5]!]
    // SQLite makes a table anew under such a name.
    if (table.startsWith('new_')) return []
    return [column === undefined ? { table, to } : { table, column, to }]
  })
}

/** Everything that may be a rename: a table or column that goes while one of the same shape comes. */
export function possibleRenames(from: DatabaseStructure, to: DatabaseStructure): Rename[] {
  const has = (structure: DatabaseStructure, { name }: TableStructure): boolean => structure.tables.some((table) => table.name === name)
  const gone = from.tables.filter((table) => !has(to, table))
  const come = to.tables.filter((table) => !has(from, table))
  const tables = gone.flatMap((table) =>
    come.filter((other) => shape(other) === shape(table)).map((other) => ({ table: table.name, to: other.name })),
  )
  const columns = from.tables.flatMap((table) => {
    const other = to.tables.find((candidate) => candidate.name === table.name)
    return other ? columnRenames(table, other) : []
  })
  return [...tables, ...columns]
}

function columnRenames(from: TableStructure, to: TableStructure): Rename[] {
  const gone = from.columns.filter((column) => !to.columns.some((other) => other.name === column.name))
  const come = to.columns.filter((column) => !from.columns.some((other) => other.name === column.name))
  return gone.flatMap((column) =>
    come.filter((other) => other.type === column.type).map((other) => ({ table: from.name, column: column.name, to: other.name })),
  )
}

function shape(table: TableStructure): string {
  return table.columns
    .map((column) => `${column.name} ${column.type}`)
    .toSorted()
    .join()
}

/**
 * The renames of tables between the models of many-to-many relations: those are called after both models, and
 * their columns A and B stand in the order of the models' names.
 *
 * @param from With the models' tables under their new names
 * @param to What the tables are called then
 */
export function joinTableRenames(from: DatabaseStructure, to: DatabaseStructure): Rename[] {
  const isJoin = (table: TableStructure): boolean =>
    table.name.startsWith('_') && table.columns.map((column) => column.name).join() === 'A,B'
  const taken = new Set(from.tables.map((table) => table.name))
  return from.tables.flatMap((table): Rename[] => {
    if (!isJoin(table) || to.tables.some((other) => other.name === table.name)) return []
    const ends = endsOf(table)
    const free = to.tables.filter((other) => isJoin(other) && !taken.has(other.name))
    const same = free.find((other) => endsOf(other).join() === ends.join())
    const other = same ?? free.find((candidate) => endsOf(candidate).join() === ends.toReversed().join())
    if (!other) return []
    taken.add(other.name)
    const swap = [
      ['A', '_'],
      ['B', 'A'],
      ['_', 'B'],
    ].map(([column, name]) => ({ table: other.name, column: column!, to: name! }))
    return [{ table: table.name, to: other.name }, ...(same ? [] : swap)]
  })
}

/** The tables that A and B of a table between two models refer to. */
function endsOf(table: TableStructure): [a: string | undefined, b: string | undefined] {
  const end = (column: string): string | undefined => table.foreignKeys.find((key) => key.columns[0] === column)?.table
  return [end('A'), end('B')]
}

/** A structure after a rename, the names of keys and indexes aside. */
export function renameStructure(structure: DatabaseStructure, { table, column, to }: Rename): DatabaseStructure {
  const newName = (name: string): string => (name === column ? to : name)
  const columnsOf = (owner: string, names: readonly string[]): readonly string[] =>
    column !== undefined && owner === table ? names.map(newName) : names
  const tableOf = (name: string): string => (column === undefined && name === table ? to : name)
  return {
    ...structure,
    tables: structure.tables.map((old) => ({
      name: tableOf(old.name),
      columns: old.columns.map((each) => ({ ...each, name: columnsOf(old.name, [each.name])[0]! })),
      ...(old.primaryKey ? { primaryKey: { ...old.primaryKey, columns: columnsOf(old.name, old.primaryKey.columns) } } : {}),
      indexes: old.indexes.map((index) => ({
        ...index,
        columns: index.columns.map((each) => ({ ...each, name: columnsOf(old.name, [each.name!])[0]! })),
      })),
      foreignKeys: old.foreignKeys.map((key) => ({
        ...key,
        columns: columnsOf(old.name, key.columns),
        table: tableOf(key.table),
        references: columnsOf(key.table, key.references),
      })),
    })),
  }
}
