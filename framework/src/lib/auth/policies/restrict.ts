/** Rewrites what a call asks, so that the answer is the one of a database without the rows that the user may not see. */
import { HotclubError } from '../../core/hotclub-error.ts'
import { allOf, anyOf, everything, isEmpty, not, nothing, type Filter } from '../../db/call/filter.ts'
import { targetOf } from '../../db/call/names.ts'
import type { Order } from '../../db/call/order.ts'
import type { Selection } from '../../db/call/read.ts'
import type { Guard } from './guard.ts'

type Related = Extract<Filter, { kind: 'relation' }>

/** A condition that does not see hidden related rows. */
export function restrictFilter(guard: Guard, filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
      return allOf(...filter.filters.map((inner) => restrictFilter(guard, inner)))
    case 'or':
      // Prisma leaves empty conditions out of OR; one that became `everything` must not be taken for such.
      return anyOf(...filter.filters.filter((inner) => !isEmpty(inner)).map((inner) => restrictFilter(guard, inner)))
    case 'not':
      return isEmpty(filter.filter) ? filter : not(restrictFilter(guard, filter.filter))
    case 'relation':
      return restrictRelated(guard, filter)
    case 'alone': {
      const visible = guard.rows(targetOf(guard, filter.field), 'read')
      return visible === everything ? filter : not(withRow(filter.field, 'is', visible))
    }
    case 'column':
    case 'key':
    case 'unset':
      return filter
  }
}

function restrictRelated(guard: Guard, { field, quantifier, filter }: Related): Filter {
  const visible = guard.rows(targetOf(guard, field), 'read')
  const inner = restrictFilter(guard, filter)
  if (visible === everything) return { kind: 'relation', field, quantifier, filter: inner }
  switch (quantifier) {
    case 'some':
    case 'is':
      return withRow(field, quantifier, allOf(visible, inner))
    case 'none':
      return not(withRow(field, 'some', allOf(visible, inner)))
    case 'isNot':
      return not(withRow(field, 'is', allOf(visible, inner)))
    case 'every':
      return isEmpty(filter) ? everything : not(withRow(field, 'some', allOf(visible, not(inner))))
  }
}

function withRow(field: Related['field'], quantifier: 'some' | 'is', filter: Filter): Filter {
  return filter === nothing ? nothing : { kind: 'relation', field, quantifier, filter }
}

/**
 * Lets an order pass that tells nothing of hidden rows.
 *
 * @throws {HotclubError} `HC_CALL` for an order by related rows of which some may be hidden: their place would tell what they hold
 */
export function checkOrder(guard: Guard, orders: readonly Order[]): void {
  for (const order of orders) {
    if (order.kind === 'column') continue
    const target = targetOf(guard, order.field)
    if (guard.rows(target, 'read') !== everything)
      throw new HotclubError('HC_CALL', {
        where: `orderBy ${order.field.name}`,
        message: `Rows cannot be sorted by '${order.field.name}' here: the user may not see every ${target.singular}, and the order would tell of hidden ones.`,
        hint: 'Sort by a column of the row itself, or read without `as` what the user may know of everything.',
      })
    if (order.kind === 'relation') checkOrder(guard, order.order)
  }
}

/** Checks the order of all that a selection reads, whether or not there are rows to read it of. */
export function checkOrders(guard: Guard, { relations }: Selection): void {
  for (const { read } of relations) {
    checkOrder(guard, read.order)
    checkOrders(guard, read.selection)
  }
}
