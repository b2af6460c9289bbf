/** Figures over rows: `count`, `aggregate`, `groupBy`. */
import type { ModelMetadata } from '../../schema/types.ts'
import { checkReferences, parseFilter, type Filter } from './filter.ts'
import { columnOf, type Names } from './names.ts'
import { parseColumns, parseOrder, printOrder, type Order } from './order.ts'
import { printFilter } from './print-filter.ts'
import { isPlain, listOf, objectOf, unreadable } from './values.ts'

/** Rows, and the figures that are wanted of them. */
export interface Aggregate {
  readonly model: ModelMetadata
  readonly filter: Filter
  /** Of the rows that are taken; the order of groups is in `rest`. */
  readonly order: readonly Order[]
  readonly cursor?: Filter
  /** The other arguments, as they came: names of columns, figures and numbers. */
  readonly rest: Readonly<Record<string, unknown>>
}

const figures = new Set(['_count', '_avg', '_sum', '_min', '_max'])

/** Reads the arguments of `count`, `aggregate` and `groupBy`. */
export function parseAggregate(names: Names, model: ModelMetadata, operation: 'count' | 'aggregate' | 'groupBy', args: unknown): Aggregate {
  const given = args === undefined ? {} : objectOf(args, `A query of ${model.name}`)
  const { where, cursor, ...others } = given
  const isGroup = operation === 'groupBy'
  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(others)) {
    if (value === undefined || (name === 'orderBy' && !isGroup)) continue
    if (name === 'by' || name === 'distinct') parseColumns(names, model, value)
    else if (name === 'orderBy') checkGroupOrder(names, model, value)
    else if (name === 'having') checkHaving(names, model, value)
    else if (operation === 'count' ? name === 'select' : figures.has(name)) checkFigure(names, model, value)
    else if (name !== 'take' && name !== 'skip') unreadable(name, `a query of ${model.name}`)
    rest[name] = value
  }
  return {
    model,
    filter: parseFilter(names, model, where),
    order: isGroup ? [] : parseOrder(names, model, given.orderBy),
    ...(cursor === undefined ? {} : { cursor: parseFilter(names, model, cursor) }),
    rest,
  }
}

/** Writes an aggregate as Prisma takes it. */
export function printAggregate({ filter, order, cursor, rest }: Aggregate): Record<string, unknown> {
  return {
    where: printFilter(filter),
    ...(order.length === 0 ? {} : { orderBy: printOrder(order) }),
    ...(cursor === undefined ? {} : { cursor: printFilter(cursor) }),
    ...rest,
  }
}

/** `true` or `{ stars: true, _all: true }`. */
function checkFigure(names: Names, model: ModelMetadata, value: unknown): void {
  if (isPlain(value)) for (const name of Object.keys(value)) if (name !== '_all') columnOf(names, model, name)
}

/** By a column, or by a figure of one. */
function checkGroupOrder(names: Names, model: ModelMetadata, value: unknown): void {
  for (const item of listOf(value))
    for (const [name, inner] of Object.entries(objectOf(item, 'The order of groups')))
      if (figures.has(name)) checkFigure(names, model, inner)
      else columnOf(names, model, name)
}

function checkHaving(names: Names, model: ModelMetadata, value: unknown): void {
  for (const [name, inner] of Object.entries(objectOf(value, 'A condition on groups')))
    if (name === 'AND' || name === 'OR' || name === 'NOT') for (const item of listOf(inner)) checkHaving(names, model, item ?? {})
    else {
      columnOf(names, model, name)
      checkReferences(names, inner)
    }
}
