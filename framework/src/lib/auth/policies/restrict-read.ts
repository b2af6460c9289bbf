import { allOf, everything, type Filter } from '../../db/call/filter.ts'
import { isToOne, targetOf } from '../../db/call/names.ts'
import type { Read, Selection } from '../../db/call/read.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import { keyColumns } from '../../db/write/row-key.ts'
import type { Guard } from './guard.ts'
import { restrictFilter } from './restrict-filter.ts'
import type { LaterRow } from './to-one.ts'

/** What is left to do with the rows of a query. */
export interface Rest {
  /** Rows that a query of their own looks for. */
  later: LaterRow[]
  /** Columns that are read for that alone. */
  extra: { path: readonly string[]; columns: readonly string[] }[]
}

/** Rewrites a query so that it reads only what the user may see; what it cannot read itself goes into `rest`. */
export function restrictRead(guard: Guard, read: Read, path: readonly string[], rest: Rest): Read {
  return { ...read, filter: restrictRows(guard, read), selection: restrictSelection(guard, read.model, read.selection, path, rest) }
}

/** The rows that are asked for, and that the user may see. */
export function restrictRows(guard: Guard, { model, filter }: { model: ModelMetadata; filter: Filter }): Filter {
  return allOf(restrictFilter(guard, filter), guard.rows(model, 'read'))
}

/** Rewrites what is read of rows, which stand at `path` in the result. */
export function restrictSelection(
  guard: Guard,
  model: ModelMetadata,
  selection: Selection,
  path: readonly string[],
  rest: Rest,
): Selection {
  const isPlain = selection.relations.length === 0 && selection.counts.length === 0
  if (isPlain && selection.columns?.length !== 0) return selection
  const relations: Selection['relations'][number][] = []
  const needed = new Set<string>()
  for (const { field, read } of selection.relations)
    if (isToOne(field) && guard.rows(read.model, 'read') !== everything) {
      // Prisma takes no condition here, so the row is looked for by a query of its own, as Prisma itself would.
      rest.later.push({ path, field, read })
      for (const column of keyColumns(field, guard.schema).here) needed.add(column)
    } else relations.push({ field, read: restrictRead(guard, read, [...path, field.name], rest) })
  const counts = selection.counts.map(({ field, filter }) => ({
    field,
    filter: restrictRows(guard, { model: targetOf(guard, field), filter }),
  }))
  const { columns } = selection
  if (!columns) return { relations, counts }
  // All that is left may be hidden, and Prisma cannot read nothing.
  if (columns.length + needed.size + relations.length + counts.length === 0)
    for (const column of (model.id ?? model.uniques[0])?.fields ?? []) needed.add(column)
  const extra = [...needed].filter((column) => !columns.includes(column))
  if (extra.length > 0) rest.extra.push({ path, columns: extra })
  return { columns: [...columns, ...extra], relations, counts }
}
