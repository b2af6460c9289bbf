/** Reads that see nothing of what is hidden. */
import { printAggregate, type Aggregate } from '../../db/call/aggregate.ts'
import type { Filter } from '../../db/call/filter.ts'
import { printRead } from '../../db/call/print-read.ts'
import type { Read, Selection } from '../../db/call/read.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import { hasCursor, withVisibleCursors } from './cursors.ts'
import { delegateOf, type Client, type Row } from '../../db/client/delegates.ts'
import type { Guard } from './guard.ts'
import { checkOrder, checkOrders } from './order.ts'
import { restrictRead, restrictRows, restrictSelection, type Rest } from './restrict-read.ts'
import { loadRow, rowsAt } from './to-one.ts'

export type ReadOperation = 'findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findFirstOrThrow' | 'findMany'
export type AggregateOperation = 'count' | 'aggregate' | 'groupBy'

/** Reads rows that the user may see. */
export async function readRows(guard: Guard, client: Client, operation: ReadOperation, read: Read): Promise<Row | Row[] | null> {
  checkOrder(guard, read.order)
  checkOrders(guard, read.selection)
  const rest: Rest = { later: [], extra: [] }
  const restricted = restrictRead(guard, hasCursor(read) ? await withVisibleCursors(guard, client, read) : read, [], rest)
  const rows = await delegateOf(client, read.model)[operation](printRead(restricted))
  if (rest.later.length + rest.extra.length > 0) await complete(guard, client, rows, rest)
  return rows
}

/**
 * Reads what a call gives back of the rows that it wrote: all that the user may see of such rows. That they can be read is not asked, or nobody could send a
 * message that only its receiver may read.
 */
export async function readWritten(
  guard: Guard,
  client: Client,
  model: ModelMetadata,
  filter: Filter,
  selection: Selection,
): Promise<Row[]> {
  checkOrders(guard, selection)
  const rest: Rest = { later: [], extra: [] }
  const read = await withVisibleCursors(guard, client, { model, filter, order: [], distinct: [], selection })
  const restricted = { ...read, selection: restrictSelection(guard, model, read.selection, [], rest) }
  const rows = await delegateOf(client, model).findMany(printRead(restricted))
  await complete(guard, client, rows, rest)
  return rows
}

/** Reads figures over rows that the user may see. */
export async function readFigures(guard: Guard, client: Client, operation: AggregateOperation, query: Aggregate): Promise<unknown> {
  checkOrder(guard, query.order)
  const started = await withVisibleCursors(guard, client, query)
  return await delegateOf(client, query.model)[operation](printAggregate({ ...started, filter: restrictRows(guard, started) }))
}

/** Adds the rows that had to be looked for by a query of their own, and takes away what was read for that alone. */
async function complete(guard: Guard, client: Client, rows: Row | Row[] | null, { later, extra }: Rest): Promise<void> {
  await Promise.all(later.map((item) => loadRow(guard, item, rowsAt(rows, item.path), (read) => readRows(guard, client, 'findMany', read))))
  for (const { path, columns } of extra) for (const row of rowsAt(rows, path)) for (const column of columns) delete row[column]
}
