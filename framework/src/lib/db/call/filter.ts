/**
 * Conditions on rows: a `where` as a tree in which every name is resolved, and back.
 *
 * The tree keeps Prisma's own reading of odd forms: an empty object and `undefined` are no condition, and inside `OR` and `NOT` they are left out.
 */
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import { columnOf, fieldOf, isToOne, targetOf, type ColumnField, type Names } from './names.ts'
import { isFieldReference, isPlain, listOf, objectOf, unreadable } from './values.ts'

/** How rows are held against a condition on what they are related to; `is` and `isNot` for one row, the others for many. */
type Quantifier = 'some' | 'every' | 'none' | 'is' | 'isNot'

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  /** A column against a value or `{ operator: value }`. */
  | { readonly kind: 'column'; readonly field: ColumnField; readonly test: unknown }
  /** A key of several columns. */
  | { readonly kind: 'key'; readonly name: string; readonly columns: readonly { readonly field: ColumnField; readonly test: unknown }[] }
  | { readonly kind: 'relation'; readonly field: RelationField; readonly quantifier: Quantifier; readonly filter: Filter }
  /** A relation to one row that leads to none. */
  | { readonly kind: 'alone'; readonly field: RelationField }
  /** What was written as `undefined`: no condition. */
  | { readonly kind: 'unset' }

/** Every row: the constant that stands for itself also inside `or` and `not`, unlike an empty object. */
export const everything: Filter = { kind: 'not', filter: { kind: 'or', filters: [] } }
export const nothing: Filter = { kind: 'or', filters: [] }
/** No condition. */
export const unset: Filter = { kind: 'unset' }

/** Reads a `where`. */
export function parseFilter(names: Names, model: ModelMetadata, where: unknown): Filter {
  if (where === undefined) return unset
  const filters: Filter[] = []
  for (const [name, value] of Object.entries(objectOf(where, `A condition on ${model.name}`))) {
    if (name === 'AND' || name === 'OR' || name === 'NOT') {
      if (value === undefined) filters.push(unset)
      else
        filters.push(
          combine(
            name,
            listOf(value).map((item) => parseFilter(names, model, item)),
          ),
        )
    } else filters.push(parseField(names, model, name, value))
  }
  return filters.length === 1 ? filters[0]! : { kind: 'and', filters }
}

function combine(name: 'AND' | 'OR' | 'NOT', filters: readonly Filter[]): Filter {
  if (name === 'OR') return { kind: 'or', filters }
  return { kind: 'and', filters: name === 'AND' ? filters : filters.map((filter) => ({ kind: 'not', filter })) }
}

function parseField(names: Names, model: ModelMetadata, name: string, value: unknown): Filter {
  const key = [model.id, ...model.uniques].find((candidate) => candidate?.name === name && candidate.fields.length > 1)
  if (key) {
    const values = objectOf(value, `The key ${name} of ${model.name}`)
    return { kind: 'key', name, columns: key.fields.map((part) => ({ field: columnOf(names, model, part), test: values[part] })) }
  }
  const field = fieldOf(names, model, name)
  if (value === undefined) return unset
  if (field.kind === 'relation') return parseRelation(names, model, field, value)
  checkReferences(names, value)
  return isPlain(value) && Object.keys(value).length === 0 && !(field.type === 'Json') ? unset : { kind: 'column', field, test: value }
}

function parseRelation(names: Names, model: ModelMetadata, field: RelationField, value: unknown): Filter {
  if (value === null) return isToOne(field) ? { kind: 'alone', field } : unreadable('null', `a condition on ${model.name}.${field.name}`)
  const given = objectOf(value, `A condition on ${model.name}.${field.name}`)
  const target = targetOf(names, field)
  // `movie: { title: … }` is short for `movie: { is: { title: … } }`.
  const isShort = isToOne(field) && !('is' in given || 'isNot' in given)
  if (isShort && Object.keys(given).length === 0) return unset
  const filters = Object.entries(isShort ? { is: given } : given).map(([quantifier, inner]): Filter => {
    if (!isQuantifier(quantifier) || isToOne(field) !== (quantifier === 'is' || quantifier === 'isNot'))
      return unreadable(quantifier, `a condition on ${model.name}.${field.name}`)
    if (inner === undefined) return unset
    if (inner !== null) return { kind: 'relation', field, quantifier, filter: parseFilter(names, target, inner) }
    if (!isToOne(field)) return unreadable('null', `a condition on ${model.name}.${field.name}`)
    return quantifier === 'is' ? { kind: 'alone', field } : { kind: 'not', filter: { kind: 'alone', field } }
  })
  return filters.length === 1 ? filters[0]! : { kind: 'and', filters }
}

function isQuantifier(name: string): name is Quantifier {
  return name === 'some' || name === 'every' || name === 'none' || name === 'is' || name === 'isNot'
}

/** A column may be compared with another of its row; that one is named as well. */
export function checkReferences(names: Names, value: unknown): void {
  if (isFieldReference(value)) {
    const model = names.schema.models[value.modelName]
    if (model) columnOf(names, model, value.name)
  } else if (isPlain(value)) for (const inner of Object.values(value)) checkReferences(names, inner)
  else if (Array.isArray(value)) for (const inner of value) checkReferences(names, inner)
}

/** Whether a filter is no condition at all. */
export function isEmpty(filter: Filter): boolean {
  if (filter.kind === 'unset') return true
  if (filter.kind === 'not') return filter !== everything && isEmpty(filter.filter)
  return filter.kind === 'and' && filter.filters.every(isEmpty)
}

/** One row: the columns that name it, which are unique, and what else has to hold for it. */
export interface OneRow {
  readonly key: Filter
  readonly filter: Filter
}

/** Reads a `where` that names one row. Whether it does is Prisma's to say. */
export function parseOneRow(names: Names, model: ModelMetadata, where: unknown): OneRow {
  const filter = parseFilter(names, model, where)
  const parts = filter.kind === 'and' ? filter.filters : [filter]
  const isKey = (part: Filter): boolean => part.kind === 'key' || (part.kind === 'column' && (part.field.isId || part.field.isUnique))
  return {
    key: { kind: 'and', filters: parts.filter(isKey) },
    filter: { kind: 'and', filters: parts.filter((part) => !isKey(part)) },
  }
}

/** Rows that all of the filters let through. */
export function allOf(...filters: readonly Filter[]): Filter {
  const kept = filters.filter((filter) => filter !== everything && filter !== unset)
  if (kept.includes(nothing)) return nothing
  if (kept.length === 0) return filters.includes(everything) ? everything : unset
  return kept.length === 1 ? kept[0]! : { kind: 'and', filters: kept }
}

/** Rows that one of the filters lets through. */
export function anyOf(...filters: readonly Filter[]): Filter {
  if (filters.includes(everything)) return everything
  const kept = filters.filter((filter) => filter !== nothing)
  return kept.length === 0 ? nothing : kept.length === 1 ? kept[0]! : { kind: 'or', filters: kept }
}

/** Rows that a filter does not let through. */
export function not(filter: Filter): Filter {
  if (filter === everything) return nothing
  return filter === nothing ? everything : { kind: 'not', filter }
}
