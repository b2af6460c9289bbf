/** Pages of a list, by the row they begin behind: as fast at the end of a long list as at its beginning. */
import { findField } from '../../db/call/names.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import type { Sort } from '../site.ts'

/** Which way from the row. */
export type Side = 'after' | 'before'

/** The order of a list, which is the same each time: the key decides between rows that are alike. */
export function totalOrder(sort: readonly Sort[], keys: readonly string[]): Sort[] {
  const direction = sort.at(-1)?.direction ?? 'desc'
  const rest = keys.filter((key) => !sort.some(({ field }) => field === key))
  return [...sort, ...rest.map((field): Sort => ({ field, direction }))]
}

/** A Prisma `orderBy`. Rows that have nothing there come last, where the database can say so. */
export function orderBy(model: ModelMetadata, order: readonly Sort[], side: Side, provider: string): object[] {
  return order.map(({ field, direction }) => {
    const sort = side === 'before' ? turned(direction) : direction
    if (findField(model, field)!.isRequired || provider === 'mysql') return { [field]: sort }
    return { [field]: { sort, nulls: side === 'before' ? 'first' : 'last' } }
  })
}

/**
 * A condition for the rows on one side of a row.
 *
 * @param row Has the fields of `order`
 */
export function beyond(
  model: ModelMetadata,
  order: readonly Sort[],
  side: Side,
  row: Readonly<Record<string, unknown>>,
  provider: string,
): object {
  const steps = order.flatMap((sort, index) => {
    const further = furtherThan(model, sort, side, row[sort.field], provider)
    if (!further) return []
    const same = order.slice(0, index).map(({ field }) => ({ [field]: row[field] }))
    return [{ AND: [...same, further] }]
  })
  const [first] = order
  // The first column as a bound of its own lets the database begin in the middle of its index.
  const isBounded = first !== undefined && order.length > 1 && findField(model, first.field)!.isRequired
  const bound = isBounded ? [{ [first.field]: { [isUpward(first, side) ? 'gte' : 'lte']: row[first.field] } }] : []
  return { AND: [...bound, { OR: steps }] }
}

function furtherThan(model: ModelMetadata, sort: Sort, side: Side, value: unknown, provider: string): object | undefined {
  const { field } = sort
  const isNullable = !findField(model, field)!.isRequired
  // MySQL counts nothing as less than everything.
  const isNullLast = provider !== 'mysql' || sort.direction === 'desc'
  const nullsAhead = side === 'after' ? isNullLast : !isNullLast
  if (value === null) return nullsAhead ? undefined : { [field]: { not: null } }
  const test = { [field]: { [isUpward(sort, side) ? 'gt' : 'lt']: value } }
  return isNullable && nullsAhead ? { OR: [test, { [field]: null }] } : test
}

function isUpward({ direction }: Sort, side: Side): boolean {
  return (direction === 'asc') === (side === 'after')
}

function turned(direction: Sort['direction']): Sort['direction'] {
  return direction === 'asc' ? 'desc' : 'asc'
}
