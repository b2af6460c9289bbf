import { HotclubError } from '../../core/hotclub-error.ts'
import { everything } from '../../db/call/filter.ts'
import { targetOf } from '../../db/call/names.ts'
import type { Order } from '../../db/call/order.ts'
import type { Selection } from '../../db/call/read.ts'
import type { Guard } from './guard.ts'

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
