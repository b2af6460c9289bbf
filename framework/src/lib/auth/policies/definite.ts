/**
 * Makes a condition true or false for every row, never unknown.
 *
 * In SQL, `status = 'PUBLISHED'` is unknown where `status` is null, and `NOT` leaves it unknown. A row must not be neither visible nor hidden:
 * "films without a visible director" would then miss those whose director is hidden by a null.
 */
import { HotclubError } from '../../core/hotclub-error.ts'
import { allOf, anyOf, everything, not, nothing, type Filter } from '../../db/call/filter.ts'
import type { ColumnField } from '../../db/call/names.ts'
import { isFieldReference, isPlain } from '../../db/call/values.ts'

/** The rows for which a filter is true. */
export function whereTrue(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
      return filter.filters.length === 0 ? everything : allOf(...filter.filters.map(whereTrue))
    case 'or':
      return anyOf(...filter.filters.map(whereTrue))
    case 'not':
      return whereFalse(filter.filter)
    case 'column':
      return column(filter.field, filter.test, true)
    case 'key':
      return allOf(...filter.columns.map(({ field, test }) => column(field, test, true)))
    case 'relation':
      if (filter.quantifier === 'isNot') return whereFalse({ ...filter, quantifier: 'is' })
      if (filter.quantifier === 'every') return related(filter, 'none', whereFalse(filter.filter))
      return related(filter, filter.quantifier, whereTrue(filter.filter))
    case 'alone':
      return filter
    case 'unset':
      return nothing
  }
}

/** The rows for which a filter is false. */
function whereFalse(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
      return anyOf(...filter.filters.map(whereFalse))
    case 'or':
      return filter.filters.length === 0 ? everything : allOf(...filter.filters.map(whereFalse))
    case 'not':
      return whereTrue(filter.filter)
    case 'column':
      return column(filter.field, filter.test, false)
    case 'key':
      return anyOf(...filter.columns.map(({ field, test }) => column(field, test, false)))
    case 'relation':
      if (filter.quantifier === 'isNot') return whereTrue({ ...filter, quantifier: 'is' })
      if (filter.quantifier === 'is') return anyOf(alone(filter), related(filter, 'is', whereFalse(filter.filter)))
      if (filter.quantifier === 'every') return related(filter, 'some', whereFalse(filter.filter))
      return related(filter, filter.quantifier === 'some' ? 'none' : 'some', whereTrue(filter.filter))
    case 'alone':
      return not(filter)
    case 'unset':
      return nothing
  }
}

type Related = Extract<Filter, { kind: 'relation' }>

/** A relation that has to lead somewhere does, and Prisma does not take the question. */
function alone({ field }: Related): Filter {
  return field.isRequired ? nothing : { kind: 'alone', field }
}

function related({ field }: Related, quantifier: Related['quantifier'], filter: Filter): Filter {
  if (filter === nothing) return quantifier === 'none' ? everything : nothing
  return { kind: 'relation', field, quantifier, filter }
}

/** Where a column passes a test, or fails it; a null neither passes nor fails but where it is what is asked for. */
function column(field: ColumnField, test: unknown, passes: boolean): Filter {
  if (field.kind === 'unsupported' || field.type === 'Json' || field.isList)
    throw new HotclubError('HC_POLICY', {
      message: `A rule cannot ask about ${field.name}, ${field.isList ? 'a list' : 'whose type has no plain comparison'}.`,
      hint: 'Keep what rules need in a column of its own.',
    })
  if (!isPlain(test)) return compare(field, 'equals', test, passes, {})
  const { mode, ...operators } = test
  const parts = Object.entries(operators).map(([operator, value]) =>
    compare(field, operator, value, passes, mode === undefined ? {} : { mode }),
  )
  return passes ? allOf(...parts) : anyOf(...parts)
}

function compare(field: ColumnField, operator: string, value: unknown, passes: boolean, mode: object): Filter {
  if (value === undefined) return nothing
  if (isFieldReference(value))
    throw new HotclubError('HC_POLICY', {
      message: `A rule cannot compare ${field.name} with another column.`,
      hint: 'Compare with values, or with a column of a related row.',
    })
  if (operator === 'not' && value !== null) return column(field, isPlain(value) ? { ...value, ...mode } : value, !passes)
  // Prisma takes an empty list for a constant, whatever the column holds.
  if (Array.isArray(value) && value.length === 0 && (operator === 'in' || operator === 'notIn'))
    return passes === (operator === 'in') ? nothing : everything
  const leaf: Filter = { kind: 'column', field, test: { [operator]: value, ...mode } }
  const answer = passes ? leaf : not(leaf)
  return value === null || field.isRequired ? answer : allOf({ kind: 'column', field, test: { not: null } }, answer)
}
