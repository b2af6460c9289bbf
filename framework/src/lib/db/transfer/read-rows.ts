/** Reads a table in pieces, in the order of its key: however many rows there are, a piece is held at a time. */
import type { Connection } from '../connection/types.ts'
import type { ColumnField } from './plan.ts'
import { selected, toFile, toParameter, type DatabaseValue, type FileValue } from './values.ts'

/** How many rows a piece has. */
const pieceSize = 1_000

/** What is read: a model's table, or that of a link. */
export interface Source {
  readonly table: string
  readonly fields: readonly ColumnField[]
  readonly key: readonly ColumnField[]
}

/** Yields rows as files keep them, some at a time. */
export async function* readRows(connection: Connection, { table, fields, key }: Source): AsyncGenerator<FileValue[][]> {
  const { provider } = connection
  const name = (field: ColumnField): string => connection.quote(field.column)
  const columns = fields.map((field, i) => `${selected(field, name(field), provider)} AS ${connection.quote(`c${i}`)}`)
  const positions = key.map((field) => fields.indexOf(field))
  const order = `ORDER BY ${key.map(name).join(', ')} LIMIT ${pieceSize}`
  let last: FileValue[] | undefined
  for (;;) {
    const after = last === undefined ? { sql: '', values: [] } : afterKey(key, last, connection)
    const rows = await connection.rows<Record<string, DatabaseValue>>(
      `SELECT ${columns.join(', ')} FROM ${connection.quote(table)}${after.sql} ${order}`,
      ...after.values,
    )
    const piece = rows.map((row) => fields.map((field, i) => toFile(field, row[`c${i}`]!)))
    if (piece.length > 0) yield piece
    if (piece.length < pieceSize) return
    last = positions.map((position) => piece.at(-1)![position]!)
  }
}

/** `a > 1 OR (a = 1 AND b > 2)`: written out, because MySQL finds no index for `(a, b) > (1, 2)`. */
function afterKey(key: readonly ColumnField[], last: readonly FileValue[], connection: Connection): { sql: string; values: unknown[] } {
  const parameters = key.map((field, i) => toParameter(field, last[i]!, connection.provider))
  const terms = key.map((field, i) =>
    [...key.slice(0, i).map((before) => `${connection.quote(before.column)} = ?`), `${connection.quote(field.column)} > ?`].join(' AND '),
  )
  return {
    sql: ` WHERE ${terms.map((term) => `(${term})`).join(' OR ')}`,
    values: key.flatMap((_, i) => parameters.slice(0, i + 1)),
  }
}
