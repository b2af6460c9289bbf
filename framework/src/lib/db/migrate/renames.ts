/**
 * Renames of tables and columns. A diff only sees something go and something come; told that both are one, it is given the
 * old schema with the new names mapped in (`@map`, `@@map`), and what is left of the difference is done after the rename.
 */
import { quote } from './connection.ts'
import type { Structure, Table } from './structure.ts'

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
export function renameSql({ table, column, to }: Rename): string {
  return column === undefined
    ? `ALTER TABLE ${quote(table)} RENAME TO ${quote(to)};`
    : `ALTER TABLE ${quote(table)} RENAME COLUMN ${quote(column)} TO ${quote(to)};`
}

/** The renames that a migration's SQL makes. */
export function renamesIn(sql: string): Rename[] {
  return [...sql.matchAll(/^ALTER TABLE "((?:[^"]|"")+)" RENAME (?:COLUMN "((?:[^"]|"")+)" )?TO "((?:[^"]|"")+)";?$/gm)]
    .filter(([, table]) => !table!.startsWith('new_'))
    .map(([, table, column, to]) => (column === undefined ? { table: table!, to: to! } : { table: table!, column, to: to! }))
}

/** Everything that may be a rename: a table or column that goes while one of the same shape comes. */
export function possibleRenames(from: Structure, to: Structure): Rename[] {
  const gone = [...from.values()].filter((table) => !to.has(table.name))
  const come = [...to.values()].filter((table) => !from.has(table.name))
  const tables = gone.flatMap((table) =>
    come.filter((other) => shape(other) === shape(table)).map((other) => ({ table: table.name, to: other.name })),
  )
  const columns = [...from.values()].flatMap((table) => {
    const other = to.get(table.name)
    return other ? columnRenames(table, other) : []
  })
  return [...tables, ...columns]
}

function columnRenames(from: Table, to: Table): Rename[] {
  const gone = from.columns.filter((column) => !to.columns.some((other) => other.name === column.name))
  const come = to.columns.filter((column) => !from.columns.some((other) => other.name === column.name))
  return gone.flatMap((column) =>
    come.filter((other) => other.type === column.type).map((other) => ({ table: from.name, column: column.name, to: other.name })),
  )
}

function shape(table: Table): string {
  return table.columns
    .map((column) => `${column.name} ${column.type}`)
    .toSorted()
    .join()
}

/**
 * The statements that rename tables between the models of many-to-many relations: those are called after both models, and
 * their columns A and B stand in the order of the models' names.
 *
 * @param to What they are called under the new names of the models
 */
export function joinTableRenames(from: Structure, to: Structure): string[] {
  const isJoin = (table: Table): boolean => table.name.startsWith('_') && table.columns.map((column) => column.name).join() === 'A,B'
  const taken = new Set(from.keys())
  return [...from.values()].flatMap((table) => {
    if (!isJoin(table) || to.has(table.name)) return []
    const keys = table.foreignKeys.join()
    const swapped = table.foreignKeys
      .map((key) => key.replace(/^\((A|B)\)/, (_, column: string) => (column === 'A' ? '(B)' : '(A)')))
      .toSorted()
      .join()
    const free = [...to.values()].filter((other) => isJoin(other) && !taken.has(other.name))
    const other =
      free.find((candidate) => candidate.foreignKeys.join() === keys) ?? free.find((candidate) => candidate.foreignKeys.join() === swapped)
    if (!other) return []
    taken.add(other.name)
    const swap =
      other.foreignKeys.join() === keys
        ? []
        : [
            ['A', '_'],
            ['B', 'A'],
            ['_', 'B'],
          ]
    return [
      renameSql({ table: table.name, to: other.name }),
      ...swap.map(([column, name]) => renameSql({ table: other.name, column: column!, to: name! })),
    ]
  })
}

/**
 * Returns a schema in which a table or column has a new name in the database: a field keeps its name, a model takes the new
 * one where the target schema has a model of that name, for then other tables are called after it.
 * `undefined` when no model or field has the old name (as of a table between two models).
 */
export function withRename(schema: string, rename: Rename, target: string): string | undefined {
  const lines = schema.split('\n')
  for (const [start, end] of modelBlocks(lines)) {
    const body = lines.slice(start, end + 1)
    const mapLine = body.findIndex((line) => /^\s*@@map\(/.test(line))
    const modelName = /^\s*model\s+(\w+)/.exec(body[0]!)![1]!
    const table = mapLine === -1 ? modelName : mapped(body[mapLine]!)
    if (table !== rename.table) continue
    if (rename.column === undefined) {
      if (mapLine === -1 && new RegExp(`^\\s*model\\s+${rename.to}\\s*\\{`, 'm').test(target))
        return renameModel(lines, modelName, rename.to)
      if (mapLine !== -1) body.splice(mapLine, 1)
      body.splice(body.length - 1, 0, `  @@map(${JSON.stringify(rename.to)})`)
    } else {
      const field = body.findIndex((line, i) => i > 0 && /^\s*\w+\s+\w/.test(line) && columnOf(line) === rename.column)
      if (field === -1) return undefined
      const bare = body[field]!.replace(/\s*\/\/.*$/, '').replace(/(?<!@)@map\([^)]*\)/, '')
      body[field] = `${bare.trimEnd()} @map(${JSON.stringify(rename.to)})`
    }
    return [...lines.slice(0, start), ...body, ...lines.slice(end + 1)].join('\n')
  }
  return undefined
}

function renameModel(lines: string[], name: string, to: string): string {
  const place = new RegExp(`^(\\s*(?:model|\\w+)\\s+)${name}\\b`)
  return lines.map((line) => line.replace(place, (_, before: string) => before + to)).join('\n')
}

function modelBlocks(lines: string[]): [start: number, end: number][] {
  return lines.flatMap((line, start): [number, number][] => {
    if (!/^\s*model\s+\w+\s*\{/.test(line)) return []
    const length = lines.slice(start).findIndex((other) => /^\s*\}/.test(other))
    return length === -1 ? [] : [[start, start + length]]
  })
}

function columnOf(line: string): string {
  const code = line.replace(/\s*\/\/.*$/, '')
  return /(?<!@)@map\(/.test(code) ? mapped(code) : /^\s*(\w+)/.exec(code)![1]!
}

function mapped(line: string): string {
  return /@map\(\s*(?:name:\s*)?"([^"]*)"/.exec(line)?.[1] ?? ''
}
