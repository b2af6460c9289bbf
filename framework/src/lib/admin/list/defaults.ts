/** What a list shows of a model that nobody has said anything about. */
import { findField } from '../../db/call/names.ts'
import type { FieldMetadata, ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
import { isSecret } from '../accounts-rules.ts'
import { isBulky, isReference, isValue } from '../fields.ts'
import type { Sort } from '../site.ts'

/** Columns a list begins with; more are a click away. */
const MOST = 7

/**
 * Chooses columns: what names the row, then what tells rows apart at a glance (states, relations, dates), then the other values in the
 * order of the schema.
 */
export function defaultColumns(schema: SchemaMetadata, model: ModelMetadata): string[] {
  const first = model.labelField ?? model.id?.fields[0]
  const fields = model.fields.filter((field) => field.name !== first && isWorthAColumn(schema, model, field))
  const ranked = fields.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, first === undefined ? MOST : MOST - 1)
  const chosen = new Set(ranked.map(({ name }) => name))
  const inOrder = model.fields.map(({ name }) => name).filter((name) => chosen.has(name))
  return first === undefined ? inOrder : [first, ...inOrder]
}

function isWorthAColumn(schema: SchemaMetadata, model: ModelMetadata, field: FieldMetadata): boolean {
  if (isSecret(model, field.name)) return false
  if (isReference(field)) return schema.models[field.type] !== undefined
  if (!isValue(field) || isBulky(field) || field.isForeignKey) return false
  const { annotations } = field.documentation
  // Addresses and times of bookkeeping are for the form; a key of several columns tells something, a number does not.
  if (annotations['slug'] !== undefined || field.isUpdatedAt) return false
  return !field.isId || (model.id?.fields.length ?? 0) > 1
}

function rankOf(field: FieldMetadata): number {
  if (field.kind === 'enum') return 0
  if (isReference(field)) return 1
  if (field.kind !== 'scalar') return 5
  if (field.type === 'Boolean') return 2
  if (field.type === 'DateTime') return field.default === undefined ? 1 : 2
  return field.type === 'String' ? 4 : 3
}

/** What the search box looks into: what names the row, and every other text that is unique. */
export function defaultSearch(model: ModelMetadata): string[] {
  const texts = model.fields.filter(
    (field) => field.kind === 'scalar' && field.type === 'String' && !field.isList && !isSecret(model, field.name),
  )
  return texts.filter((field) => field.name === model.labelField || ('isUnique' in field && field.isUnique)).map(({ name }) => name)
}

/** What can be filtered by: columns with few values, dates, and relations to one. */
export function defaultFilters(model: ModelMetadata, columns: readonly string[]): string[] {
  return columns.filter((name) => {
    const field = findField(model, name)
    return field?.kind === 'enum' || isReference(field) || (field?.kind === 'scalar' && /^(?:Boolean|DateTime)$/.test(field.type))
  })
}

/** The newest first, where the key is a number that grows or a date tells; else by what names the row. */
export function defaultSort(model: ModelMetadata, keys: readonly string[]): Sort[] {
  const [key] = keys
  const field = key === undefined ? undefined : findField(model, key)
  if (keys.length === 1 && field?.kind === 'scalar' && field.default?.kind === 'function' && field.default.name === 'autoincrement')
    return [{ field: key!, direction: 'desc' }]
  const created = model.fields.find(
    (candidate) => candidate.kind === 'scalar' && candidate.type === 'DateTime' && candidate.default?.kind === 'function',
  )
  if (created) return [{ field: created.name, direction: 'desc' }]
  return model.labelField === undefined ? [] : [{ field: model.labelField, direction: 'asc' }]
}
