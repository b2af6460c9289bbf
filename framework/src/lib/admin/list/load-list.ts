/** One page of a list, with only what its columns show. */
import { findField } from '../../db/call/names.ts'
import type { Row } from '../../db/client/delegates.ts'
import type { FieldMetadata } from '../../schema/types.ts'
import type { Access } from '../access.ts'
import { isManyToMany, labelOf, labelSelect } from '../fields.ts'
import { keyOf, readKey, whereKey } from '../key.ts'
import type { AdminModel, Sort } from '../site.ts'
import { columnsOf, isSortable, type Column } from './columns.ts'
import { filtersOf, type Filter } from './filters.ts'
import { beyond, orderBy, totalOrder, type Side } from './page.ts'
import { searchWhere } from './search.ts'

/** Rows of a relation to many that a cell names. */
const NAMED = 3

/** A row that a cell leads to. */
export interface Linked {
  key: string
  label: string
}

/** A row of a list. */
export interface ListRow {
  key: string
  label: string
  /** One a column. `one` is a {@link Linked} or `null`, `many` has those it names and their number. */
  cells: unknown[]
}

/** A page of a list. */
export interface ListPage {
  columns: Column[]
  filters: Filter[]
  rows: ListRow[]
  q: string
  sort: Sort[]
  /** How many rows there are; comes after them. */
  count: Promise<number>
  /** The key that the next and the previous page begin at; absent at the ends. */
  after?: string
  before?: string
}

/** Reads a page of a list. @param query What the address says: `q`, `sort`, `f.<field>`, `after`, `before` */
export async function loadList(access: Access, model: AdminModel, query: URLSearchParams): Promise<ListPage> {
  const { metadata } = model
  const q = (query.get('q') ?? '').slice(0, 200)
  const [columns, { filters, where: conditions }] = await Promise.all([columnsOf(access, model), filtersOf(access, model, query)])
  const searched = searchWhere(access, metadata, model.search, q)
  const where = { AND: searched ? [...conditions, searched] : conditions }
  const sort = readSort(access, model, query.get('sort'))
  const order = totalOrder(sort, model.keys)
  const { side, row } = await startOf(access, model, order, query)
  const { provider } = access.site.schema
  const further = row ? beyond(access.site.schema, metadata, order, side, row) : {}
  const found =
    further && searched !== null
      ? await access.rows(metadata).findMany({
          where: { AND: [where, further] },
          select: selectOf(access, model, columns, order),
          orderBy: orderBy(metadata, order, side, provider),
          take: model.pageSize + 1,
        })
      : []
  const hasMore = found.length > model.pageSize
  const shown = found.slice(0, model.pageSize)
  if (side === 'before') shown.reverse()
  const rows = shown.map((item) => toRow(access, model, columns, item))
  const isFirst = row === undefined || (side === 'before' && !hasMore)
  const isLast = side === 'after' && !hasMore
  return {
    columns,
    filters,
    rows,
    q,
    sort,
    count: searched === null ? Promise.resolve(0) : (access.rows(metadata).count({ where }) as Promise<number>),
    ...(rows.length === 0 || isLast ? {} : { after: rows.at(-1)!.key }),
    ...(rows.length === 0 || isFirst ? {} : { before: rows[0]!.key }),
  }
}

/** The order that was asked for, as far as the reader may ask; else that of the model. */
function readSort(access: Access, { metadata, sort }: AdminModel, text: string | null): Sort[] {
  const isAllowed = ({ field }: Sort): boolean => isSortable(findField(metadata, field)) && access.sees(metadata, field)
  const asked = (text ?? '')
    .split(',')
    .filter((part) => part !== '' && part !== '-')
    .map((part): Sort => (part.startsWith('-') ? { field: part.slice(1), direction: 'desc' } : { field: part, direction: 'asc' }))
    .filter(isAllowed)
  const unique = asked.filter(({ field }, index) => asked.findIndex((other) => other.field === field) === index)
  return unique.length > 0 ? unique.slice(0, 3) : sort.filter(isAllowed)
}

/** The row that a page begins at, as far as the order needs it. One that is gone, or hidden, begins at the beginning. */
async function startOf(
  access: Access,
  { metadata, keys }: AdminModel,
  order: readonly Sort[],
  query: URLSearchParams,
): Promise<{ side: Side; row?: Row }> {
  const side: Side = query.has('before') ? 'before' : 'after'
  const key = keys.length > 0 ? readKey(metadata, query.get(side) ?? '') : undefined
  if (!key) return { side: 'after' }
  const select = Object.fromEntries(order.map(({ field }) => [field, true]))
  const row = await access.rows(metadata).findUnique({ where: whereKey(metadata, key), select })
  return row ? { side, row } : { side: 'after' }
}

function selectOf(access: Access, model: AdminModel, columns: readonly Column[], order: readonly Sort[]): object {
  const { metadata, keys } = model
  const select: Record<string, unknown> = labelSelect(metadata, [...keys, ...order.map(({ field }) => field)], (name) =>
    access.sees(metadata, name),
  )
  const counted: string[] = []
  for (const { name } of columns) {
    const field = findField(metadata, name)!
    if (field.kind !== 'relation') select[name] = true
    else if (!field.isList || isManyToMany(field))
      select[name] = { select: linkedSelect(access, field), ...(field.isList ? { take: NAMED } : {}) }
    if (field.kind === 'relation' && field.isList) counted.push(name)
  }
  if (counted.length > 0) select['_count'] = { select: Object.fromEntries(counted.map((name) => [name, true])) }
  return select
}

/** What a cell needs of a row at the other end. */
function linkedSelect(access: Access, field: FieldMetadata): object {
  const target = access.site.schema.models[field.type]!
  const keys = access.site.byName(field.type)?.keys ?? []
  const select = labelSelect(target, keys, (name) => access.sees(target, name))
  return Object.keys(select).length > 0 ? select : { [target.fields.find((candidate) => candidate.kind === 'scalar')!.name]: true }
}

function toRow(access: Access, { metadata, keys }: AdminModel, columns: readonly Column[], row: Row): ListRow {
  const key = keys.length > 0 ? keyOf(metadata, row) : ''
  return { key, label: labelOf(metadata, row, key), cells: columns.map((column) => toCell(access, metadata.fields, column, row)) }
}

function toCell(access: Access, fields: readonly FieldMetadata[], { name, kind }: Column, row: Row): unknown {
  const value = row[name]
  if (kind === 'bytes') return value instanceof Uint8Array ? value.byteLength : null
  if (kind === 'long' && typeof value === 'string') return value.slice(0, 200)
  if (kind !== 'one' && kind !== 'many') return value ?? null
  const { type } = fields.find((field) => field.name === name)!
  if (kind === 'one') return value ? linked(access, type, value as Row) : null
  const items = ((value ?? []) as Row[]).map((item) => linked(access, type, item))
  return { items, count: (row['_count'] as Record<string, number>)[name] ?? items.length }
}

/** Names a row at the other end of a relation. */
export function linked(access: Access, type: string, row: Row): Linked {
  const model = access.site.schema.models[type]!
  const key = (access.site.byName(type)?.keys.length ?? 0) > 0 ? keyOf(model, row) : ''
  return { key, label: labelOf(model, row, key) }
}
