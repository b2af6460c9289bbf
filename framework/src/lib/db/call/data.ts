/** What is written to a row: its columns, and what is to be done with related rows. */
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import { parseFilter, parseOneRow, type Filter, type OneRow } from './filter.ts'
import { fieldOf, isToOne, targetOf, type Names } from './names.ts'
import { isPlain, listOf, objectOf, unreadable } from './values.ts'

export interface Data {
  readonly columns: Readonly<Record<string, unknown>>
  /** In the order in which they were written. */
  readonly writes: readonly RelationWrite[]
}

/** One thing to do with a row that is related, or is to be. Where a relation leads to one row, no condition means that one. */
export type RelationWrite = { readonly field: RelationField } & (
  | { readonly kind: 'create'; readonly data: Data; readonly skipDuplicates?: boolean }
  | { readonly kind: 'connect' | 'disconnect' | 'delete'; readonly row: OneRow }
  | { readonly kind: 'connectOrCreate'; readonly row: OneRow; readonly data: Data }
  | { readonly kind: 'set'; readonly rows: readonly OneRow[] }
  | { readonly kind: 'update'; readonly row: OneRow; readonly data: Data }
  | { readonly kind: 'upsert'; readonly row: OneRow; readonly create: Data; readonly update: Data }
  | { readonly kind: 'updateMany'; readonly filter: Filter; readonly data: Data }
  | { readonly kind: 'deleteMany'; readonly filter: Filter }
)

/** Reads the `data` of a call. */
export function parseData(names: Names, model: ModelMetadata, data: unknown): Data {
  const columns: Record<string, unknown> = {}
  const writes: RelationWrite[] = []
  for (const [name, value] of Object.entries(objectOf(data ?? {}, `The data of ${model.name}`))) {
    const field = fieldOf(names, model, name)
    if (value === undefined) continue
    if (field.kind !== 'relation') columns[name] = value
    else
      for (const [kind, given] of Object.entries(objectOf(value, `The data of ${model.name}.${name}`)))
        if (given !== undefined) writes.push(...parseWrites(names, field, kind, given))
  }
  return { columns, writes }
}

function parseWrites(names: Names, field: RelationField, kind: string, given: unknown): RelationWrite[] {
  const target = targetOf(names, field)
  const data = (value: unknown): Data => parseData(names, target, value)
  const row = (value: unknown): OneRow => parseOneRow(names, target, value)
  const parts = (value: unknown): Record<string, unknown> => objectOf(value, `The data of ${field.name}`)
  /** `true` or a condition for one row, a key for many; `false` for nothing. */
  const rows = (): OneRow[] => (given === false ? [] : listOf(given).map((value) => row(value === true ? undefined : value)))
  switch (kind) {
    case 'create':
      return listOf(given).map((value) => ({ field, kind, data: data(value) }))
    case 'createMany': {
      const { data: all, skipDuplicates } = parts(given)
      const isLenient = skipDuplicates === true ? { skipDuplicates } : {}
      return listOf(all).map((value) => ({ field, kind: 'create', data: data(value), ...isLenient }))
    }
    case 'connectOrCreate':
      return listOf(given).map((value) => ({ field, kind, row: row(parts(value).where), data: data(parts(value).create) }))
    case 'connect':
    case 'disconnect':
    case 'delete':
      return rows().map((one) => ({ field, kind, row: one }))
    case 'set':
      return [{ field, kind, rows: rows() }]
    case 'deleteMany':
      return listOf(given).map((value) => ({ field, kind, filter: parseFilter(names, target, value) }))
    case 'updateMany':
      return listOf(given).map((value) => ({
        field,
        kind,
        filter: parseFilter(names, target, parts(value).where),
        data: data(parts(value).data),
      }))
    case 'update':
      return listOf(given).map((value) => {
        const { where, data: inner } = isLong(field, value) ? value : { where: undefined, data: value }
        return { field, kind, row: row(where), data: data(inner) }
      })
    case 'upsert':
      return listOf(given).map((value) => {
        const { where, create, update } = parts(value)
        return { field, kind, row: row(where), create: data(create), update: data(update) }
      })
    default:
      return unreadable(kind, `the data of ${field.name}`)
  }
}

/** For one row, `update` takes the data itself, or `{ where, data }`. */
function isLong(field: RelationField, value: unknown): value is { where?: unknown; data: unknown } {
  if (!isPlain(value)) return false
  return !isToOne(field) || ('data' in value && Object.keys(value).every((name) => name === 'where' || name === 'data'))
}
