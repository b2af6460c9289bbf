import { openConnection, quote, type Connection } from './connection.ts'

interface Column {
  name: string
  type: string
  isRequired: boolean
  /** The default as SQL; `null` without one. */
  default: string | null
  /** Position in the primary key, from 1; 0 when it is no part of it. */
  primaryKey: number
}

export interface Index {
  name: string
  isUnique: boolean
  columns: string[]
  /** The statement that makes it. */
  sql: string
}

export interface Table {
  name: string
  columns: Column[]
  indexes: Index[]
  foreignKeys: string[]
}

/** What a database is made of, without rows. */
export type Structure = Map<string, Table>

/** Tables that belong to Hotclub, Prisma or SQLite, not to the app's schema. */
const internal = /^(_prisma_migrations|_hotclub_.*|sqlite_.*)$/

/** Reads the tables of the app. */
export function readStructure(connection: Connection): Structure {
  const names = connection
    .rows<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .map((row) => row.name)
  return new Map(names.filter((name) => !internal.test(name)).map((name) => [name, readTable(connection, name)]))
}

function readTable(connection: Connection, name: string): Table {
  const columns = connection.rows<{ name: string; type: string; notnull: number; dflt_value: string | null; pk: number }>(
    `PRAGMA table_info(${quote(name)})`,
  )
  const indexes = connection.rows<{ name: string; unique: number; sql: string }>(
    `SELECT l.name, l."unique", m.sql FROM pragma_index_list(?) l JOIN sqlite_master m ON m.type = 'index' AND m.name = l.name
     WHERE m.sql IS NOT NULL ORDER BY l.name`,
    name,
  )
  const keys = connection.rows<{ id: number; table: string; from: string; to: string; on_update: string; on_delete: string }>(
    `PRAGMA foreign_key_list(${quote(name)})`,
  )
  const keyIds = [...new Set(keys.map((key) => key.id))]
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type.toUpperCase(),
      isRequired: column.notnull !== 0,
      default: column.dflt_value,
      primaryKey: column.pk,
    })),
    indexes: indexes.map((index) => ({
      name: index.name,
      isUnique: index.unique !== 0,
      columns: connection
        .rows<{ name: string | null }>('SELECT name FROM pragma_index_info(?)', index.name)
        .map((column) => column.name ?? ''),
      sql: index.sql,
    })),
    foreignKeys: keyIds
      .map((id) => {
        const parts = keys.filter((key) => key.id === id)
        const [first] = parts
        return `(${parts.map((part) => part.from).join(', ')}) → ${first!.table} (${parts.map((part) => part.to).join(', ')}) ${first!.on_delete}/${first!.on_update}`
      })
      .toSorted(),
  }
}

/** The structure that a script makes of an empty database. */
export function structureOf(...scripts: string[]): Structure {
  using connection = openConnection(':memory:')
  for (const script of scripts) connection.exec(script)
  return readStructure(connection)
}

/** How two structures differ, in words; empty when they are the same. The order of columns does not count. */
export function compareStructures(left: Structure, right: Structure): string[] {
  const differences: string[] = []
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(name), right.get(name)]
    if (!a || !b) differences.push(`table ${name} is ${a ? 'too much' : 'missing'}`)
    else if (describe(a) !== describe(b)) differences.push(`table ${name} is\n${describe(a)}\ninstead of\n${describe(b)}`)
  }
  return differences
}

function describe(table: Table): string {
  const columns = table.columns.toSorted((a, b) => a.name.localeCompare(b.name)).map((column) => JSON.stringify(column))
  const indexes = table.indexes.map((index) => normalizeSql(index.sql))
  return [...columns, ...indexes, ...table.foreignKeys].join('\n')
}

/** Statements that turn the indexes of one structure into those of another. */
export function indexChanges(from: Structure, to: Structure): string[] {
  const before = [...from.values()].flatMap((table) => table.indexes)
  const after = [...to.values()].flatMap((table) => table.indexes)
  const same = (a: Index) => (b: Index) => a.name === b.name && normalizeSql(a.sql) === normalizeSql(b.sql)
  return [
    ...before.filter((index) => !after.some(same(index))).map((index) => `DROP INDEX ${quote(index.name)};`),
    ...after.filter((index) => !before.some(same(index))).map((index) => `${index.sql};`),
  ]
}

function normalizeSql(sql: string): string {
  return sql.replaceAll(/["\s]+/g, ' ').trim()
}
