import { everything, isEmpty, type Filter, type OneRow } from './filter.ts'

/**
 * No row. It is written only where it stands by itself: inside the arrays of `AND` and `OR`, Prisma leaves it out, and `{ AND: [{ OR: [] }] }` is every row.
 */
const none: Readonly<Record<string, unknown>> = Object.freeze({ OR: [] })

/** Writes a filter as Prisma takes it. */
export function printFilter(filter: Filter): Readonly<Record<string, unknown>> {
  if (filter === everything) return {}
  switch (filter.kind) {
    case 'and':
      return merge(filter.filters.map(printFilter))
    case 'or': {
      const parts = filter.filters.map(printFilter).filter((part) => part !== none)
      return parts.length === 0 ? none : { OR: parts }
    }
    case 'not':
      return { NOT: printFilter(filter.filter) }
    case 'column':
      return { [filter.field.name]: filter.test }
    case 'key':
      return { [filter.name]: Object.fromEntries(filter.columns.map(({ field, test }) => [field.name, test])) }
    case 'relation':
      return { [filter.field.name]: { [filter.quantifier]: printFilter(filter.filter) } }
    case 'alone':
      return { [filter.field.name]: null }
    case 'unset':
      return {}
  }
}

/** Writes a `where` that names one row: at its top stands the key alone, as Prisma takes no conditions on unique columns there. */
export function printOneRow({ key, filter }: OneRow): Record<string, unknown> {
  if (isEmpty(filter) || filter === everything) return { ...printFilter(key) }
  const also = printFilter(filter)
  return { ...printFilter(key), ...(also === none ? none : { AND: [also] }) }
}

/** One object where no name comes twice; the others go under `AND`. */
function merge(parts: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  if (parts.includes(none)) return none
  const merged: Record<string, unknown> = {}
  const others: Record<string, unknown>[] = []
  for (const part of parts)
    if (Object.keys(part).some((name) => name in merged)) others.push(part)
    else Object.assign(merged, part)
  if (others.length > 0) merged.AND = 'AND' in merged ? [{ AND: merged.AND }, ...others] : others
  return merged
}
