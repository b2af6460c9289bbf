/** What the arguments of a call say for certain of the rows that it is about. */
import type { Filter } from '../call/filter.ts'
import type { Names } from '../call/names.ts'
import { isPlain } from '../call/values.ts'
import type { Image } from '../changes.ts'

/** Columns that a condition pins to a value. */
export function valuesIn(names: Names, filter: Filter): Image {
  if (filter.kind === 'and') return Object.assign({}, ...filter.filters.map((inner) => valuesIn(names, inner))) as Image
  const columns = filter.kind === 'key' ? filter.columns : filter.kind === 'column' ? [filter] : []
  return Object.fromEntries(
    columns.flatMap(({ field, test }) => {
      const value = isPlain(test) && Object.keys(test).length === 1 ? test.equals : test
      // MySQL finds text in other words than those it was asked for: with other accents, in other case.
      const isExact = names.schema.provider === 'mysql' ? typeof value !== 'string' && isScalar(value) : isScalar(value)
      return isExact ? [[field.name, value]] : []
    }),
  )
}

/** Columns that are given a value, rather than something to do with the one they have. */
export function plainValues(columns: Readonly<Record<string, unknown>>): Image {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => isScalar(value)))
}

function isScalar(value: unknown): boolean {
  return value === null || value instanceof Date || ['number', 'bigint', 'string', 'boolean'].includes(typeof value)
}
