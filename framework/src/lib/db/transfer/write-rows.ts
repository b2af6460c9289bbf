import type { Connection } from '../connection/types.ts'
import type { ColumnField } from './plan.ts'
import { toParameter, type FileValue } from './values.ts'

/** A row of a file, and where it stands there. */
export interface FileRow {
  values: FileValue[]
  /** From 1. */
  line: number
}

/** Where rows go. */
export interface Sink {
  /** The model or link, for messages. */
  readonly name: string
  readonly table: string
  readonly fields: readonly ColumnField[]
  /** Fields that stay empty in this pass. */
  readonly later: readonly ColumnField[]
  readonly key: readonly ColumnField[]
}

/** How many values one statement may have: SQLite takes 32,766, PostgreSQL 65,535. */
const maxParameters = 30_000

/** Inserts rows, as many in one statement as it takes. */
export async function insertRows(connection: Connection, sink: Sink, rows: readonly FileRow[]): Promise<void> {
  const { table, fields, later } = sink
  const size = Math.max(1, Math.floor(maxParameters / fields.length))
  const columns = fields.map((field) => connection.quote(field.column)).join(', ')
  // An identity column takes given values only when told to.
  const overriding = connection.provider === 'postgresql' ? ' OVERRIDING SYSTEM VALUE' : ''
  const row = `(${fields.map(() => '?').join(', ')})`
  for (let start = 0; start < rows.length; start += size) {
    const some = rows.slice(start, start + size)
    const parameters = some.flatMap(({ values }) =>
      fields.map((field, i) => (later.includes(field) ? null : toParameter(field, values[i]!, connection.provider))),
    )
    await connection.rows(
      `INSERT INTO ${connection.quote(table)} (${columns})${overriding} VALUES ${some.map(() => row).join(', ')}`,
      ...parameters,
    )
  }
}

/** Writes what {@link insertRows} has left empty. */
export async function completeRows(connection: Connection, sink: Sink, rows: readonly FileRow[]): Promise<void> {
  const { table, fields, later, key } = sink
  const equals = (field: ColumnField): string => `${connection.quote(field.column)} = ?`
  const sql = `UPDATE ${connection.quote(table)} SET ${later.map(equals).join(', ')} WHERE ${key.map(equals).join(' AND ')}`
  for (const { values } of rows) {
    const parameter = (field: ColumnField): unknown => toParameter(field, values[fields.indexOf(field)]!, connection.provider)
    if (later.some((field) => values[fields.indexOf(field)] !== null)) await connection.rows(sql, ...[...later, ...key].map(parameter))
  }
}
