/** Pages of a list, by the row they begin behind: as fast at the end of a long list as at its beginning. */
import { findField } from '../../db/call/names.ts'
import type { FieldMetadata, ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
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
 * @returns `undefined` where there can be none
 */
export function beyond(
  schema: SchemaMetadata,
  model: ModelMetadata,
  order: readonly Sort[],
  side: Side,
  row: Readonly<Record<string, unknown>>,
): object | undefined {
  const steps = order.flatMap((sort, index) => {
    const further = furtherThan(schema, model, sort, side, row[sort.field])
    if (!further) return []
    const same = order.slice(0, index).map(({ field }) => ({ [field]: row[field] }))
    return [{ AND: [...same, further] }]
  })
  if (steps.length === 0) return undefined
  const [first] = order
  // The first column as a bound of its own lets the database begin in the middle of its index.
  const isBounded = first !== undefined && order.length > 1 && findField(model, first.field)!.isRequired
  const bound = isBounded ? from(schema, model, first, side, row[first.field], true) : undefined
  return { AND: bound ? [bound, { OR: steps }] : [{ OR: steps }] }
}

function furtherThan(schema: SchemaMetadata, model: ModelMetadata, sort: Sort, side: Side, value: unknown): object | undefined {
  const { field } = sort
  const isNullable = !findField(model, field)!.isRequired
  // MySQL counts nothing as less than everything.
  const isNullLast = schema.provider !== 'mysql' || sort.direction === 'desc'
  const nullsAhead = side === 'after' ? isNullLast : !isNullLast
  if (value === null) return nullsAhead ? undefined : { [field]: { not: null } }
  const test = from(schema, model, sort, side, value, false)
  if (!isNullable || !nullsAhead) return test
  return test ? { OR: [test, { [field]: null }] } : { [field]: null }
}

/** A condition for the values from one on, with it or behind it; `undefined` where there are none. */
function from(
  schema: SchemaMetadata,
  model: ModelMetadata,
  sort: Sort,
  side: Side,
  value: unknown,
  isIncluded: boolean,
): object | undefined {
  const { field } = sort
  const isUp = isUpward(sort, side)
  const values = listed(schema, findField(model, field)!)
  if (!values) return { [field]: { [`${isUp ? 'gt' : 'lt'}${isIncluded ? 'e' : ''}`]: value } }
  const place = values.indexOf(value)
  const further = isUp ? values.slice(isIncluded ? place : place + 1) : values.slice(0, isIncluded ? place + 1 : place)
  if (further.length === 0) return undefined
  // Prisma has no list of booleans.
  return { OR: further.map((one) => ({ [field]: one })) }
}

/** All values of a field that Prisma does not compare by size, from the least to the greatest; `undefined` for one that it does. */
function listed(schema: SchemaMetadata, field: FieldMetadata): unknown[] | undefined {
  if (field.kind === 'scalar') return field.type === 'Boolean' ? [false, true] : undefined
  const values = [...(schema.enums[field.type]?.values ?? [])]
  // SQLite keeps enums as text; the servers put them in the order of the schema.
  if (schema.provider === 'sqlite') values.sort((a, b) => (a.stored < b.stored ? -1 : 1))
  return values.map(({ name }) => name)
}

function isUpward({ direction }: Sort, side: Side): boolean {
  return (direction === 'asc') === (side === 'after')
}

function turned(direction: Sort['direction']): Sort['direction'] {
  return direction === 'asc' ? 'desc' : 'asc'
}
