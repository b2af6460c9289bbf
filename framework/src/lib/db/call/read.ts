/** Reading rows: which, in what order, and what of them and of what they are related to. */
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import { parseFilter, parseOneRow, unset, type Filter } from './filter.ts'
import { columnOf, fieldOf, isToOne, relationOf, targetOf, type Names } from './names.ts'
import { parseColumns, parseOrder, type Order } from './order.ts'
import { objectOf, unreadable } from './values.ts'

/** Rows of one model, and what is read of them. */
export interface Read {
  readonly model: ModelMetadata
  /** What names the one row that is read, in `findUnique`. */
  readonly key?: Filter
  readonly filter: Filter
  readonly order: readonly Order[]
  readonly distinct: readonly string[]
  /** The key of the row to start from. */
  readonly cursor?: Filter
  readonly take?: unknown
  readonly skip?: unknown
  readonly selection: Selection
}

/** What is read of each row. */
export interface Selection {
  /** `undefined` for every column of the model. */
  readonly columns?: readonly string[]
  readonly relations: readonly { readonly field: RelationField; readonly read: Read }[]
  /** How many rows of a relation there are. */
  readonly counts: readonly { readonly field: RelationField; readonly filter: Filter }[]
}

const selectionArguments = ['select', 'include', 'omit']
const readArguments = ['where', 'orderBy', 'cursor', 'take', 'skip', 'distinct', ...selectionArguments]

/** Reads the arguments of `findMany` and its like, and those of a relation in a selection. */
export function parseRead(names: Names, model: ModelMetadata, args: unknown, allowed: readonly string[] = readArguments): Read {
  if (args === undefined)
    return { model, filter: unset, order: [], distinct: [], selection: everyColumn(defaultColumns(names, model, none)) }
  const given = objectOf(args, `A query of ${model.name}`)
  for (const name of Object.keys(given)) if (!allowed.includes(name)) unreadable(name, `a query of ${model.name}`)
  return {
    model,
    filter: parseFilter(names, model, given.where),
    order: parseOrder(names, model, given.orderBy),
    distinct: parseColumns(names, model, given.distinct),
    ...(given.cursor === undefined ? {} : { cursor: parseFilter(names, model, given.cursor) }),
    ...(given.take === undefined ? {} : { take: given.take }),
    ...(given.skip === undefined ? {} : { skip: given.skip }),
    selection: parseSelection(names, model, given),
  }
}

/** Reads the arguments of `findUnique`. */
export function parseReadOne(names: Names, model: ModelMetadata, args: unknown): Read {
  const read = parseRead(names, model, args, ['where', ...selectionArguments])
  return { ...read, ...parseOneRow(names, model, objectOf(args, `A query of ${model.name}`).where) }
}

/** Reads `select`, or `include` and `omit`. */
export function parseSelection(names: Names, model: ModelMetadata, args: Record<string, unknown>): Selection {
  const isSelect = args.select !== undefined && args.select !== null
  if (!isSelect && !args.include && !args.omit) return everyColumn(defaultColumns(names, model, none))
  if (isSelect && args.include) unreadable('include', `a query of ${model.name} that has 'select'`)
  const picked = Object.entries(objectOf((isSelect ? args.select : args.include) ?? {}, `The selection of ${model.name}`))
  const omitted = omittedColumns(names, model, args.omit)
  const columns: string[] = []
  const relations: Selection['relations'][number][] = []
  let counts: Selection['counts'] = []
  for (const [name, value] of picked) {
    if (name === '_count') {
      if (value) counts = parseCounts(names, model, value)
      continue
    }
    // Named is named: a field that does not exist is a mistake also where it is not wanted.
    const field = isSelect ? fieldOf(names, model, name) : relationOf(names, model, name)
    if (!value) continue
    if (field.kind !== 'relation') columns.push(name)
    else relations.push({ field, read: parseRelated(names, field, value === true ? undefined : value) })
  }
  const kept = isSelect ? columns.filter((name) => !omitted.has(name)) : defaultColumns(names, model, omitted)
  return { ...everyColumn(kept), relations, counts }
}

const all: Selection = { relations: [], counts: [] }

/** A selection of nothing but columns. */
function everyColumn(columns: readonly string[] | undefined): Selection {
  return columns ? { ...all, columns } : all
}

/** One row takes no conditions: it is there or not. */
function parseRelated(names: Names, field: RelationField, args: unknown): Read {
  return parseRead(names, targetOf(names, field), args, isToOne(field) ? selectionArguments : readArguments)
}

const none: ReadonlySet<string> = new Set()

function omittedColumns(names: Names, model: ModelMetadata, omit: unknown): ReadonlySet<string> {
  if (!omit) return none
  const entries = Object.entries(objectOf(omit, `What is left out of ${model.name}`))
  for (const [name] of entries) columnOf(names, model, name)
  return new Set(entries.filter(([, value]) => value).map(([name]) => name))
}

/** Columns that are read where none are named, by who asks and by model; `undefined` for all. */
const visibleColumns = new WeakMap<Names, Map<ModelMetadata, readonly string[] | undefined>>()

/** `undefined` where nothing is left out. */
function defaultColumns(names: Names, model: ModelMetadata, omitted: ReadonlySet<string>): readonly string[] | undefined {
  let known = visibleColumns.get(names)
  if (!known) visibleColumns.set(names, (known = new Map()))
  if (!known.has(model)) {
    const all = columnNames(model)
    const visible = all.filter((name) => names.find(model, name))
    known.set(model, visible.length === all.length ? undefined : visible)
  }
  const columns = known.get(model)
  return omitted.size === 0 ? columns : (columns ?? columnNames(model)).filter((name) => !omitted.has(name))
}

function columnNames(model: ModelMetadata): string[] {
  return model.fields.filter((field) => field.kind === 'scalar' || field.kind === 'enum').map((field) => field.name)
}

function parseCounts(names: Names, model: ModelMetadata, value: unknown): Selection['counts'] {
  if (value === true) {
    const lists = model.fields.filter(
      (field): field is RelationField => field.kind === 'relation' && !isToOne(field) && names.find(model, field.name) !== undefined,
    )
    if (lists.length === 0) return unreadable('_count', `a query of ${model.name}`)
    return lists.map((field) => ({ field, filter: parseFilter(names, targetOf(names, field), undefined) }))
  }
  const { select } = objectOf(value, `The counts of ${model.name}`)
  return Object.entries(objectOf(select ?? {}, `The counts of ${model.name}`)).flatMap(([name, wanted]) => {
    const field = relationOf(names, model, name)
    if (!wanted) return []
    const where = wanted === true ? undefined : objectOf(wanted, `The count of ${model.name}.${name}`).where
    return [{ field, filter: parseFilter(names, targetOf(names, field), where) }]
  })
}
