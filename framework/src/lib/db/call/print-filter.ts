import { everything, isEmpty, type Filter, type OneRow } from './filter.ts'

/** Writes a filter as Prisma takes it. */
export function printFilter(filter: Filter): Record<string, unknown> {
  if (filter === everything) return {}
  switch (filter.kind) {
    case 'and':
      return merge(filter.filters.map(printFilter))
    case 'or':
      return { OR: filter.filters.map(printFilter) }
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
  return { ...printFilter(key), ...(isEmpty(filter) || filter === everything ? {} : { AND: [printFilter(filter)] }) }
}

/** One object where no name comes twice; the others go under `AND`. */
function merge(parts: readonly Record<string, unknown>[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {}
  const others: Record<string, unknown>[] = []
  for (const part of parts)
    if (Object.keys(part).some((name) => name in merged)) others.push(part)
    else Object.assign(merged, part)
  if (others.length > 0) merged.AND = 'AND' in merged ? [{ AND: merged.AND }, ...others] : others
  return merged
}
