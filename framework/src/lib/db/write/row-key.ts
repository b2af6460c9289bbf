import { HotclubError } from '../../core/hotclub-error.ts'
import { allOf, anyOf, type Filter } from '../call/filter.ts'
import { findField, type ColumnField } from '../call/names.ts'
import type { KeyMetadata, ModelMetadata, RelationField, SchemaMetadata } from '../../schema/types.ts'
import type { Row } from '../client/delegates.ts'

/** The key by which rows of a model are told apart. */
function identity(model: ModelMetadata): KeyMetadata {
  const keys = [model.id, ...model.uniques]
  const key = keys.find((candidate) => candidate?.fields.every((name) => findField(model, name)?.isRequired))
  if (key) return key
  throw new HotclubError('HC_CALL', {
    where: `db.${model.delegate}`,
    message: `${model.name} has no key whose columns are all required.`,
    hint: 'Give it an id.',
  })
}

/** The columns of that key. */
export function identityColumns(model: ModelMetadata): readonly string[] {
  return identity(model).fields
}

/** What names a row in a `where` for one. */
export function keyOfRow(model: ModelMetadata, row: Row): Filter {
  const { name, fields } = identity(model)
  return keyFilter(
    model,
    name,
    fields,
    fields.map((column) => row[column]),
  )
}

/** A key with its values, for a `where` that takes one row. */
export function keyFilter(model: ModelMetadata, name: string, fields: readonly string[], values: readonly unknown[]): Filter {
  const columns = fields.map((column, index) => ({ field: findField(model, column) as ColumnField, test: values[index] }))
  return columns.length === 1 ? { kind: 'column', ...columns[0]! } : { kind: 'key', name, columns }
}

/** Rows of a model that have one of the keys. */
export function withKeys(model: ModelMetadata, columns: readonly string[], keys: readonly (readonly unknown[])[]): Filter {
  const fields = columns.map((name) => findField(model, name) as ColumnField)
  if (fields.length === 1) return { kind: 'column', field: fields[0]!, test: { in: keys.map(([value]) => value) } }
  return anyOf(...keys.map((values) => allOf(...fields.map((field, index): Filter => ({ kind: 'column', field, test: values[index] })))))
}

/** The columns that hold a relation together, here and in the other model, pairwise. */
export function keyColumns(field: RelationField, schema: SchemaMetadata): { here: readonly string[]; there: readonly string[] } {
  if (field.relation.fields.length > 0) return { here: field.relation.fields, there: field.relation.references }
  const back = findField(schema.models[field.type]!, field.relation.backField)
  return back?.kind === 'relation' ? { here: back.relation.references, there: back.relation.fields } : { here: [], there: [] }
}

/** Equal for equal keys, whatever their types. */
export function keyText(values: readonly unknown[]): string {
  return JSON.stringify(values.map((value) => (value instanceof Date ? value.toISOString() : String(value))))
}

/** Rows of a model that are those of a list. */
export function sameRows(model: ModelMetadata, rows: readonly Row[]): Filter {
  const columns = identityColumns(model)
  return withKeys(
    model,
    columns,
    rows.map((row) => columns.map((name) => row[name])),
  )
}

/** The key of a row as text. */
export function rowText(model: ModelMetadata, row: Row): string {
  return keyText(identityColumns(model).map((name) => row[name]))
}
