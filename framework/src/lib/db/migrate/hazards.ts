import type { ColumnStructure, DatabaseStructure, IndexStructure, TableStructure } from '../structure/types.ts'

/** Something a plan does that rows may stand against. Names are those before the plan, its renames already made. */
export type Hazard =
  | { kind: 'drop-table'; table: string }
  | { kind: 'drop-column'; table: string; column: string }
  | { kind: 'change-type'; table: string; column: string; from: string; to: string }
  /** Values of an enum that are no more. */
  | { kind: 'drop-values'; table: string; column: string; values: string[] }
  /** A new column that must have a value, and nothing says which. */
  | { kind: 'add-required'; table: string; column: string }
  /** A column that may no longer be NULL, without a default to put there. */
  | { kind: 'make-required'; table: string; column: string }
  | { kind: 'add-unique'; table: string; columns: string[] }

/** What stands between two structures that rows might not survive. */
export function findHazards(from: DatabaseStructure, to: DatabaseStructure): Hazard[] {
  return from.tables.flatMap((table): Hazard[] => {
    const other = to.tables.find((candidate) => candidate.name === table.name)
    if (!other) return [{ kind: 'drop-table', table: table.name }]
    const gone = table.columns.filter((column) => !other.columns.some((candidate) => candidate.name === column.name))
    const known = (index: IndexStructure): boolean =>
      table.indexes.some((old) => old.isUnique && columnsOf(old).every((name) => columnsOf(index).includes(name)))
    const uniques = other.indexes.filter((index) => index.isUnique && !known(index))
    return [
      ...gone.map((column) => ({ kind: 'drop-column' as const, table: table.name, column: column.name })),
      ...other.columns.flatMap((column) =>
        columnHazards(
          { table: table.name, column: column.name },
          table.columns.find((candidate) => candidate.name === column.name),
          column,
          { from, to, needsValue: !column.isNullable && column.default === undefined && !numbersItself(other, column, to) },
        ),
      ),
      ...uniques.map((index) => ({ kind: 'add-unique' as const, table: table.name, columns: columnsOf(index) })),
    ]
  })
}

function columnHazards(
  place: { table: string; column: string },
  old: ColumnStructure | undefined,
  column: ColumnStructure,
  { from, to, needsValue }: { from: DatabaseStructure; to: DatabaseStructure; needsValue: boolean },
): Hazard[] {
  if (!old) return needsValue ? [{ kind: 'add-required', ...place }] : []
  const [before, after] = [enumValues(old, from), enumValues(column, to)]
  const lost = before && after ? before.filter((value) => !after.includes(value)) : []
  const isOtherType = old.type !== column.type && !(before && after)
  return [
    ...(isOtherType ? [{ kind: 'change-type' as const, ...place, from: old.type, to: column.type }] : []),
    ...(lost.length > 0 ? [{ kind: 'drop-values' as const, ...place, values: lost }] : []),
    ...(needsValue && old.isNullable ? [{ kind: 'make-required' as const, ...place }] : []),
  ]
}

/** The values of a column that is an enum: MySQL's stand in its type, PostgreSQL's in a type of their own. */
function enumValues({ type }: ColumnStructure, structure: DatabaseStructure): readonly string[] | undefined {
  if (structure.provider === 'postgresql') return structure.enums.find((item) => type === `"${item.name}"`)?.values
  if (structure.provider !== 'mysql' || !type.startsWith('ENUM(')) return undefined
  return [...type.matchAll(/'((?:[^']|'')*)'/g)].map(([, value]) => value!.replaceAll("''", "'"))
}

/** SQLite takes a primary key of one integer column for the number of the row. */
function numbersItself(table: TableStructure, column: ColumnStructure, { provider }: DatabaseStructure): boolean {
  const isKey = table.primaryKey?.columns.join() === column.name
  return column.isAutoIncrement || (provider === 'sqlite' && isKey && column.type === 'INTEGER')
}

function columnsOf(index: IndexStructure): string[] {
  return index.columns.map((column) => column.name!)
}
