/**
 * What a user sees, worked out the plain way: the rows and fields that the rules hide are taken out of a copy of the database, and the query
 * is asked of what is left. Shares no code with what it is held against.
 */
import type { FieldMetadata, ModelMetadata, RelationField, SchemaMetadata } from '../../schema/types.ts'
import { toPrisma, type Condition } from '../../db/_conditions.ts'
import type { Row, Value, World } from '../../db/_lab.ts'

type Truth = boolean | null

/** A database, or what is left of it. */
export class Database {
  readonly schema: SchemaMetadata
  readonly world: World

  constructor(schema: SchemaMetadata, world: World) {
    this.schema = schema
    this.world = world
  }

  /** The same without some rows. Keys that lead to them stay, and lead nowhere. */
  keep(isKept: (model: ModelMetadata, row: Row) => boolean): Database {
    const rows = Object.fromEntries(
      Object.values(this.schema.models).map((model) => [model.name, this.world.rows[model.name]!.filter((row) => isKept(model, row))]),
    )
    return new Database(this.schema, { rows, links: this.world.links })
  }

  field(model: ModelMetadata, name: string): FieldMetadata {
    return model.fields.find((field) => field.name === name)!
  }

  relation(model: ModelMetadata, name: string): { field: RelationField; target: ModelMetadata } {
    const field = this.field(model, name) as RelationField
    return { field, target: this.schema.models[field.type]! }
  }

  related(model: ModelMetadata, row: Row, name: string): Row[] {
    const { field, target } = this.relation(model, name)
    const rows = this.world.rows[target.name]!
    const { fields, name: relation } = field.relation
    if (fields.length > 0) return rows.filter((other) => other.id === row[fields[0]!])
    if (field.relation.cardinality === 'many-to-many') {
      const links = this.world.links[relation]!
      const ids = name.startsWith('to')
        ? links.filter(([from]) => from === row.id).map(([, to]) => to)
        : links.filter(([, to]) => to === row.id).map(([from]) => from)
      return rows.filter((other) => ids.includes(other.id))
    }
    const [key] = (this.field(target, field.relation.backField) as RelationField).relation.fields
    return rows.filter((other) => other[key!] === row.id)
  }

  test(model: ModelMetadata, row: Row, condition: Condition): Truth {
    switch (condition.is) {
      case 'all':
        return true
      case 'none':
        return false
      case 'and':
        return all(condition.of.map((inner) => this.test(model, row, inner)))
      case 'or':
        return negate(all(condition.of.map((inner) => negate(this.test(model, row, inner)))))
      case 'not':
        return negate(this.test(model, row, condition.of))
      case 'column':
        return compare(row[condition.name]!, condition)
      case 'alone':
        return this.related(model, row, condition.name).length === 0
      case 'related': {
        const { target } = this.relation(model, condition.name)
        const answers = this.related(model, row, condition.name).map((other) => this.test(target, other, condition.of))
        if (condition.quantifier === 'some') return answers.includes(true)
        if (condition.quantifier === 'none') return !answers.includes(true)
        if (condition.quantifier === 'every') return !answers.includes(false)
        const answer = answers.length === 0 ? false : answers[0]!
        return condition.quantifier === 'is' ? answer : negate(answer)
      }
    }
  }

  where(model: ModelMetadata, condition: Condition): Row[] {
    return this.world.rows[model.name]!.filter((row) => this.test(model, row, condition) === true)
  }
}

function all(answers: Truth[]): Truth {
  if (answers.includes(false)) return false
  return answers.includes(null) ? null : true
}

function negate(answer: Truth): Truth {
  return answer === null ? null : !answer
}

function compare(value: Value, { operator, value: wanted }: Extract<Condition, { is: 'column' }>): Truth {
  if (wanted === null) return operator === 'equals' ? value === null : value !== null
  // Prisma makes constants of these.
  if (Array.isArray(wanted) && wanted.length === 0) return operator === 'notIn'
  if (value === null) return null
  switch (operator) {
    case 'equals':
      return value === wanted
    case 'not':
      return value !== wanted
    case 'in':
      return (wanted as Value[]).includes(value)
    case 'notIn':
      return !(wanted as Value[]).includes(value)
    case 'gt':
      return value > (wanted as Value & {})
    case 'contains':
      return String(value).includes(String(wanted))
  }
}

/** A query as tests write it. */
export interface Query {
  where: Condition
  /** The id comes last, so that the order is never open. */
  orderBy: { name: string; down: boolean; of?: 'count' | string }[]
  cursor?: number
  skip?: number
  take?: number
  distinct?: string[]
  select?: string[]
  omit?: string[]
  relations: { name: string; query: Query }[]
  counts: { name: string; where: Condition }[]
}

export function toArgs(query: Query, isToOne: boolean, db: Database, model: ModelMetadata): Record<string, unknown> {
  const relations = Object.fromEntries(
    query.relations.map(({ name, query: inner }) => {
      const { field, target } = db.relation(model, name)
      return [name, toArgs(inner, !field.isList, db, target)]
    }),
  )
  const counts =
    query.counts.length === 0
      ? {}
      : { _count: { select: Object.fromEntries(query.counts.map(({ name, where }) => [name, { where: toPrisma(where) }])) } }
  const picked = { ...relations, ...counts }
  const selection = query.select
    ? { select: { ...Object.fromEntries(query.select.map((name) => [name, true])), ...picked } }
    : {
        ...(Object.keys(picked).length === 0 ? {} : { include: picked }),
        ...(query.omit ? { omit: Object.fromEntries(query.omit.map((name) => [name, true])) } : {}),
      }
  if (isToOne) return selection
  return {
    where: toPrisma(query.where),
    orderBy: [
      ...query.orderBy.map(({ name, down, of }) => {
        const direction = down ? 'desc' : 'asc'
        return { [name]: of === undefined ? direction : of === 'count' ? { _count: direction } : { [of]: direction } }
      }),
      { id: 'asc' },
    ],
    ...(query.cursor === undefined ? {} : { cursor: { id: query.cursor } }),
    ...(query.skip === undefined ? {} : { skip: query.skip }),
    ...(query.take === undefined ? {} : { take: query.take }),
    ...(query.distinct ? { distinct: query.distinct } : {}),
    ...selection,
  }
}

/** The rows that a query gives, as Prisma would give them. `columns` are those that exist. */
export function answer(
  db: Database,
  model: ModelMetadata,
  query: Query,
  columns: (model: ModelMetadata) => string[],
  from?: Row[],
): unknown[] {
  const kept = (from ?? db.world.rows[model.name]!).filter((row) => db.test(model, row, query.where) === true)
  const sorted = sort(db, model, kept, query)
  const distinct = query.distinct ? uniqueBy(sorted, query.distinct) : sorted
  const started = query.cursor === undefined ? distinct : fromCursor(db, model, distinct, query, from !== undefined)
  const skipped = started.slice(query.skip ?? 0)
  return (query.take === undefined ? skipped : skipped.slice(0, query.take)).map((row) => pick(db, model, row, query, columns))
}

function pick(
  db: Database,
  model: ModelMetadata,
  row: Row,
  query: Query,
  columns: (model: ModelMetadata) => string[],
): Record<string, unknown> {
  const names = query.select ?? columns(model).filter((name) => !query.omit?.includes(name))
  const result: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, row[name]]))
  for (const { name, query: inner } of query.relations) {
    const { field, target } = db.relation(model, name)
    const rows = db.related(model, row, name)
    if (field.isList) result[name] = answer(db, target, inner, columns, rows)
    else result[name] = rows[0] ? pick(db, target, rows[0], inner, columns) : null
  }
  if (query.counts.length > 0)
    result._count = Object.fromEntries(
      query.counts.map(({ name, where }) => {
        const { target } = db.relation(model, name)
        return [name, db.related(model, row, name).filter((other) => db.test(target, other, where) === true).length]
      }),
    )
  return result
}

function sort(db: Database, model: ModelMetadata, rows: Row[], { orderBy }: Query): Row[] {
  const keysOf = (row: Row): Value[] =>
    orderBy.map(({ name, of }) => {
      if (of === undefined) return row[name]!
      const related = db.related(model, row, name)
      return of === 'count' ? related.length : (related[0]?.[of] ?? null)
    })
  return rows.toSorted((a, b) => {
    const [left, right] = [keysOf(a), keysOf(b)]
    for (const [at, { down }] of orderBy.entries()) {
      const order = order2(left[at]!, right[at]!, db.schema.provider === 'postgresql')
      if (order !== 0) return down ? -order : order
    }
    return a.id - b.id
  })
}

/** SQLite and MySQL have nulls first, PostgreSQL last. */
function order2(a: Value, b: Value, nullsLast: boolean): number {
  if (a === b) return 0
  if (a === null) return nullsLast ? 1 : -1
  if (b === null) return nullsLast ? -1 : 1
  return a < b ? -1 : 1
}

function uniqueBy(rows: Row[], names: string[]): Row[] {
  const seen = new Set<string>()
  return rows.filter((row) => {
    const key = JSON.stringify(names.map((name) => row[name]))
    return seen.has(key) ? false : seen.add(key)
  })
}

/** From the place of a row on, whether or not the conditions let it through. */
function fromCursor(db: Database, model: ModelMetadata, rows: Row[], query: Query, isRelated: boolean): Row[] {
  const start = db.world.rows[model.name]!.find(({ id }) => id === query.cursor)
  if (!start || (isRelated && !rows.includes(start))) return []
  const ordered = sort(db, model, rows.includes(start) ? rows : [...rows, start], query)
  return ordered.slice(ordered.indexOf(start)).filter((row) => rows.includes(row))
}

/** Whether a query names a field for which `isNamed` is true. */
export function names(db: Database, model: ModelMetadata, query: Query, isNamed: (model: ModelMetadata, name: string) => boolean): boolean {
  const own = [...(query.select ?? []), ...(query.omit ?? []), ...(query.distinct ?? []), ...query.orderBy.map(({ name }) => name)]
  const related = (name: string): ModelMetadata => db.relation(model, name).target
  return (
    own.some((name) => isNamed(model, name)) ||
    conditionNames(db, model, query.where, isNamed) ||
    query.orderBy.some(({ name, of }) => of !== undefined && of !== 'count' && isNamed(related(name), of)) ||
    query.counts.some(({ name, where }) => isNamed(model, name) || conditionNames(db, related(name), where, isNamed)) ||
    query.relations.some(({ name, query: inner }) => {
      // Of one row, nothing is asked but what is read of it.
      const asked = db.field(model, name).isList ? inner : { ...inner, where: { is: 'all' as const }, orderBy: [], distinct: [] }
      return isNamed(model, name) || names(db, related(name), asked, isNamed)
    })
  )
}

function conditionNames(
  db: Database,
  model: ModelMetadata,
  condition: Condition,
  isNamed: (model: ModelMetadata, name: string) => boolean,
): boolean {
  switch (condition.is) {
    case 'all':
    case 'none':
      return false
    case 'and':
    case 'or':
      return condition.of.some((inner) => conditionNames(db, model, inner, isNamed))
    case 'not':
      return conditionNames(db, model, condition.of, isNamed)
    case 'column':
    case 'alone':
      return isNamed(model, condition.name)
    case 'related':
      return isNamed(model, condition.name) || conditionNames(db, db.relation(model, condition.name).target, condition.of, isNamed)
  }
}

/** What `aggregate` gives for a column of numbers. */
export function figures(rows: Row[], column: string): object {
  const values = rows.map((row) => row[column]).filter((value) => typeof value === 'number')
  const sum = values.reduce((total, value) => total + value, 0)
  const isEmpty = values.length === 0
  return {
    _count: { _all: rows.length, [column]: values.length },
    _sum: { [column]: isEmpty ? null : sum },
    _avg: { [column]: isEmpty ? null : sum / values.length },
    _min: { [column]: isEmpty ? null : Math.min(...values) },
    _max: { [column]: isEmpty ? null : Math.max(...values) },
  }
}
