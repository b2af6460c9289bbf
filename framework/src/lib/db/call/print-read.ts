import { everything, isEmpty } from './filter.ts'
import { printOrder } from './order.ts'
import { printFilter, printOneRow } from './print-filter.ts'
import type { Read, Selection } from './read.ts'

/** Writes a query as Prisma takes it. */
export function printRead(read: Read): Record<string, unknown> {
  return {
    ...printWhere(read),
    ...(read.order.length === 0 ? {} : { orderBy: printOrder(read.order) }),
    ...(read.distinct.length === 0 ? {} : { distinct: read.distinct }),
    ...(read.cursor === undefined ? {} : { cursor: printFilter(read.cursor) }),
    ...(read.take === undefined ? {} : { take: read.take }),
    ...(read.skip === undefined ? {} : { skip: read.skip }),
    ...printSelection(read.selection),
  }
}

function printWhere({ key, filter }: Read): { where?: Record<string, unknown> } {
  if (key) return { where: printOneRow({ key, filter }) }
  return isEmpty(filter) || filter === everything ? {} : { where: printFilter(filter) }
}

/** Writes a selection as `select`, or as `include` where it has every column. */
function printSelection({ columns, relations, counts }: Selection): Record<string, unknown> {
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
