/** Rewrites what a call asks, so that the answer is the one of a database without the rows that the user may not see. */
import { allOf, anyOf, everything, isEmpty, not, nothing, type Filter } from '../../db/call/filter.ts'
import { targetOf } from '../../db/call/names.ts'
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
