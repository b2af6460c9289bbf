/** Rows at the far end of a relation to one, of which some may be hidden: those read as `null`. */
import { nothing } from '../../db/call/filter.ts'
import type { Read } from '../../db/call/read.ts'
import type { RelationField } from '../../schema/types.ts'
import type { Row } from '../../db/client/delegates.ts'
import type { Guard } from './guard.ts'
import { keyColumns, keyText, withKeys } from '../../db/write/row-key.ts'

/** A relation that is loaded after the rows it belongs to. */
export interface LaterRow {
  /** The relations that lead from the rows of the query to those. */
  path: readonly string[]
  field: RelationField
  read: Read
}

/** The rows that a path of relations leads to. */
export function rowsAt(rows: unknown, path: readonly string[]): Row[] {
  let found = [rows].flat().filter((row): row is Row => typeof row === 'object' && row !== null)
  for (const name of path) found = found.flatMap((row) => row[name]).filter((row): row is Row => typeof row === 'object' && row !== null)
  return found
}

/** Puts into each row the one that it is related to, or `null`. */
export async function loadRow(
  guard: Guard,
  { field, read }: LaterRow,
  rows: readonly Row[],
  load: (read: Read) => Promise<Row | Row[] | null>,
): Promise<void> {
  const { here, there } = keyColumns(field, guard.schema)
  const keys = new Map<string, readonly unknown[]>()
  for (const row of rows) {
    const values = here.map((column) => row[column])
    if (!values.includes(null)) keys.set(keyText(values), values)
  }
  const wanted = guard.rows(read.model, 'read') !== nothing && keys.size > 0
  const { columns } = read.selection
  const extra = columns ? there.filter((column) => !columns.includes(column)) : []
  const selection = columns ? { ...read.selection, columns: [...columns, ...extra] } : read.selection
  const found = wanted ? await load({ ...read, filter: withKeys(read.model, there, [...keys.values()]), selection }) : []
  const byKey = new Map(rowsAt(found, []).map((row) => [keyText(there.map((column) => row[column])), row]))
  for (const row of byKey.values()) for (const column of extra) delete row[column]
  for (const row of rows) row[field.name] = byKey.get(keyText(here.map((column) => row[column]))) ?? null
}
