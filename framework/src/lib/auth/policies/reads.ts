/** Reads that see nothing of what is hidden. */
import { allOf, everything, nothing, type Filter } from '../../db/call/filter.ts'
import type { Aggregate } from '../../db/call/aggregate.ts'
import { printAggregate } from '../../db/call/aggregate.ts'
import { isToOne, targetOf } from '../../db/call/names.ts'
import { printOneRow } from '../../db/call/print-filter.ts'
import { printRead } from '../../db/call/print-read.ts'
import type { Read, Selection } from '../../db/call/read.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import { delegateOf, type Client, type Row } from './delegates.ts'
import type { Guard } from './guard.ts'
import { checkOrder, checkOrders, restrictFilter } from './restrict.ts'
import { keyColumns, loadRow, rowsAt, type LaterRow } from './to-one.ts'

export type ReadOperation = 'findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findFirstOrThrow' | 'findMany'
export type AggregateOperation = 'count' | 'aggregate' | 'groupBy'

/** What is left to do with the rows of a query. */
interface Rest {
  /** Rows that a query of their own looks for. */
  later: LaterRow[]
  /** Columns that were read for that alone. */
  extra: { path: readonly string[]; columns: readonly string[] }[]
}

/** Reads rows that the user may see. */
export async function readRows(guard: Guard, client: Client, operation: ReadOperation, read: Read): Promise<Row | Row[] | null> {
  checkOrder(guard, read.order)
  checkOrders(guard, read.selection)
  const rest: Rest = { later: [], extra: [] }
  const restricted = await restrictRead(guard, client, read, [], rest)
  const rows = await delegateOf(client, read.model)[operation](printRead(restricted))
  return await complete(guard, client, rows, rest)
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
  const restricted = await restrictSelection(guard, client, model, selection, [], rest)
  const rows = await delegateOf(client, model).findMany(printRead({ model, filter, order: [], distinct: [], selection: restricted }))
  return await complete(guard, client, rows, rest)
}

/** Reads figures over rows that the user may see. */
export async function readFigures(guard: Guard, client: Client, operation: AggregateOperation, query: Aggregate): Promise<unknown> {
  checkOrder(guard, query.order)
  const { cursor, filter } = await restrictRows(guard, client, query)
  const { cursor: _, ...rest } = query
  return await delegateOf(client, query.model)[operation](printAggregate({ ...rest, filter, ...(cursor ? { cursor } : {}) }))
}

async function restrictRead(guard: Guard, client: Client, read: Read, path: readonly string[], rest: Rest): Promise<Read> {
  const { cursor: _, ...others } = read
  return {
    ...others,
    ...(await restrictRows(guard, client, read)),
    selection: await restrictSelection(guard, client, read.model, read.selection, path, rest),
  }
}

/** A hidden row is no place to start from: as with one that does not exist, nothing follows. */
async function restrictRows(
  guard: Guard,
  client: Client,
  { model, filter, cursor }: { model: ModelMetadata; filter: Filter; cursor?: Filter },
): Promise<{ filter: Filter; cursor?: Filter }> {
  const visible = guard.rows(model, 'read')
  const restricted = allOf(restrictFilter(guard, filter), visible)
  if (!cursor) return { filter: restricted }
  if (visible === everything) return { filter: restricted, cursor }
  const start = await delegateOf(client, model).findUnique({ where: printOneRow({ key: cursor, filter: visible }) })
  return start ? { filter: restricted, cursor } : { filter: nothing }
}

async function restrictSelection(
  guard: Guard,
  client: Client,
  model: ModelMetadata,
  selection: Selection,
  path: readonly string[],
  rest: Rest,
): Promise<Selection> {
  const relations: Selection['relations'][number][] = []
  const needed = new Set<string>()
  for (const { field, read } of selection.relations) {
    const visible = guard.rows(read.model, 'read')
    if (isToOne(field) && visible !== everything) {
      // Prisma takes no condition here, so the row is looked for by a query of its own, as Prisma itself would.
      rest.later.push({ path, model, field, read })
      for (const column of keyColumns(field, guard.schema).here) needed.add(column)
    } else relations.push({ field, read: await restrictRead(guard, client, read, [...path, field.name], rest) })
  }
  const counts = selection.counts.map(({ field, filter }) => ({
    field,
    filter: allOf(restrictFilter(guard, filter), guard.rows(targetOf(guard, field), 'read')),
  }))
  if (!selection.columns) return { relations, counts }
  const extra = [...needed].filter((column) => !selection.columns!.includes(column))
  if (extra.length > 0) rest.extra.push({ path, columns: extra })
  return { columns: [...selection.columns, ...extra], relations, counts }
}

async function complete<T extends Row | Row[] | null>(guard: Guard, client: Client, rows: T, { later, extra }: Rest): Promise<T> {
  await Promise.all(later.map((item) => loadRow(guard, item, rowsAt(rows, item.path), (read) => readRows(guard, client, 'findMany', read))))
  for (const { path, columns } of extra) for (const row of rowsAt(rows, path)) for (const column of columns) delete row[column]
  return rows
}
