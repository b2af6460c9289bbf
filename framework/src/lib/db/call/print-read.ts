import { everything, isEmpty } from './filter.ts'
import { printOrder } from './order.ts'
import { printFilter, printOneRow } from './print-filter.ts'
import type { Read, Selection } from './read.ts'

/** Writes a query as Prisma takes it. */
export function printRead(read: Read): Record<string, unknown> {
  const { key, filter, order, distinct, cursor } = read
  const args: Record<string, unknown> = {}
  if (key) args.where = printOneRow({ key, filter })
  else if (!isEmpty(filter) && filter !== everything) args.where = printFilter(filter)
  if (order.length > 0) args.orderBy = printOrder(order)
  if (distinct.length > 0) args.distinct = distinct
  if (cursor) args.cursor = printFilter(cursor)
  if (read.take !== undefined) args.take = read.take
  if (read.skip !== undefined) args.skip = read.skip
  return Object.assign(args, printSelection(read.selection))
}

/** Writes a selection as `select`, or as `include` where it has every column. */
export function printSelection({ columns, relations, counts }: Selection): Record<string, unknown> {
  const picked: Record<string, unknown> = {}
  for (const name of columns ?? []) picked[name] = true
  for (const { field, read } of relations) {
    const args = printRead(read)
    picked[field.name] = Object.keys(args).length === 0 ? true : args
  }
  if (counts.length > 0)
    picked._count = {
      select: Object.fromEntries(
        counts.map(({ field, filter }) => [field.name, isEmpty(filter) || filter === everything ? true : { where: printFilter(filter) }]),
      ),
    }
  if (columns) return { select: picked }
  return Object.keys(picked).length === 0 ? {} : { include: picked }
}
