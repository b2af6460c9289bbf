/** The order of rows: an `orderBy` as a list in which every name is resolved, and back. */
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import { columnOf, fieldOf, isToOne, targetOf, type ColumnField, type Names } from './names.ts'
import { isPlain, listOf, objectOf, unreadable } from './values.ts'

export type Order =
  /** `asc`, or an object that says where nulls go. */
  | { readonly kind: 'column'; readonly field: ColumnField; readonly direction: unknown }
  /** By a column of the row that this one belongs to. */
  | { readonly kind: 'relation'; readonly field: RelationField; readonly order: readonly Order[] }
  /** By the number of related rows. */
  | { readonly kind: 'count'; readonly field: RelationField; readonly direction: unknown }

/** Reads an `orderBy` of rows. */
export function parseOrder(names: Names, model: ModelMetadata, orderBy: unknown): readonly Order[] {
  if (orderBy === undefined) return []
  return listOf(orderBy).flatMap((item) =>
    Object.entries(objectOf(item, `The order of ${model.name}`)).flatMap(([name, value]): Order[] => {
      if (value === undefined) return []
      const field = fieldOf(names, model, name)
      if (field.kind !== 'relation') return [{ kind: 'column', field, direction: value }]
      if (isToOne(field)) return [{ kind: 'relation', field, order: parseOrder(names, targetOf(names, field), value) }]
      return isPlain(value) && Object.keys(value).every((key) => key === '_count')
        ? [{ kind: 'count', field, direction: value._count }]
        : unreadable(name, `the order of ${model.name}`)
    }),
  )
}

/** Writes an order as Prisma takes it. */
export function printOrder(orders: readonly Order[]): Record<string, unknown>[] {
  return orders.flatMap((order) => {
    if (order.kind === 'relation') return printOrder(order.order).map((inner) => ({ [order.field.name]: inner }))
    return [{ [order.field.name]: order.kind === 'count' ? { _count: order.direction } : order.direction }]
  })
}

/** Reads a list of columns: `distinct`, `by`. */
export function parseColumns(names: Names, model: ModelMetadata, columns: unknown): readonly string[] {
  return columns === undefined ? [] : listOf(columns).map((name) => columnOf(names, model, String(name)).name)
}
