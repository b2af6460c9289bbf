/** What fields are to the admin, worked out from the schema alone. */
import { textOf } from './text.ts'
import type { EnumField, FieldMetadata, ModelMetadata, RelationField, ScalarField } from '../schema/types.ts'

/** A column with a value that can be shown. */
export type ValueField = ScalarField | EnumField

/** Whether a field is a column that Prisma can read. */
export function isValue(field: FieldMetadata | undefined): field is ValueField {
  return field?.kind === 'scalar' || field?.kind === 'enum'
}

/** Whether a field leads to one row, by a key of its own. */
export function isReference(field: FieldMetadata | undefined): field is RelationField & { readonly isList: false } {
  return field?.kind === 'relation' && field.relation.fields.length > 0
}

/** Whether a field leads to rows that are linked, and live on without the link. */
export function isManyToMany(field: FieldMetadata | undefined): field is RelationField {
  return field?.kind === 'relation' && field.relation.cardinality === 'many-to-many'
}

/** Whether a field leads to rows that refer to this one. */
export function isChildren(field: FieldMetadata | undefined): field is RelationField {
  return field?.kind === 'relation' && field.relation.cardinality === 'one-to-many' && field.relation.fields.length === 0
}

/** Whether the database or Prisma fills a column in, so that nobody has to. */
export function isFilledIn(field: ValueField): boolean {
  return field.isUpdatedAt || field.default?.kind === 'function'
}

/** Columns whose content has no place in a list: long, or no text. */
export function isBulky(field: FieldMetadata): boolean {
  if (field.kind !== 'scalar') return false
  const isLong =
    /^(?:Text|MediumText|LongText)$/.test(field.nativeType?.name ?? '') || field.documentation.annotations['multiline'] === true
  return field.isList || field.type === 'Json' || field.type === 'Bytes' || isLong
}

/** What selects enough of a row to name it and to link to it. @param visible Whether the reader may see a field */
export function labelSelect(model: ModelMetadata, keys: readonly string[], visible: (field: string) => boolean): Record<string, true> {
  const names = model.labelField !== undefined && visible(model.labelField) ? [...keys, model.labelField] : keys
  return Object.fromEntries(names.map((name) => [name, true as const]))
}

/** What a row is called: the value of its label field, else its kind and key. */
export function labelOf(model: ModelMetadata, row: Readonly<Record<string, unknown>>, key: string): string {
  const value = model.labelField === undefined ? undefined : row[model.labelField]
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : textOf(value)
  return text.trim() === '' ? `${capitalize(model.singular)} ${key}` : text
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
