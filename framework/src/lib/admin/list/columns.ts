/** Columns of a list: how each is shown, and whether it can be sorted by. */
import { findField } from '../../db/call/names.ts'
import type { FieldMetadata, SchemaMetadata } from '../../schema/types.ts'
import type { Access } from '../access.ts'
import { isBulky, isValue } from '../fields.ts'
import type { AdminModel } from '../site.ts'

/** How a value is shown. */
export type CellKind =
  | 'text'
  | 'long'
  | 'number'
  | 'money'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'enum'
  | 'json'
  | 'bytes'
  | 'list'
  | 'one'
  | 'many'

/** A column, as the view needs it. */
export interface Column {
  name: string
  label: string
  kind: CellKind
  sortable: boolean
  /** Of `money`: `USD`. */
  currency?: string
  /** Of `number`: `min`. */
  unit?: string
  /** Of `enum`: what each value is called. */
  labels?: Record<string, string>
  /** Of `one` and `many`: the address of the model they lead to; absent where the reader may not go there. */
  slug?: string
}

/** The columns of a list that the reader may see. */
export async function columnsOf(access: Access, model: AdminModel): Promise<Column[]> {
  const visible = model.columns.filter((name) => access.sees(model.metadata, name))
  return await Promise.all(visible.map((name) => toColumn(access, findField(model.metadata, name)!)))
}

/** How one field is shown. */
export async function toColumn(access: Access, field: FieldMetadata): Promise<Column> {
  const { annotations } = field.documentation
  const { name, label } = field
  if (field.kind === 'relation') {
    const target = access.site.byName(field.type)
    const slug = target && target.keys.length > 0 && (await access.may(target, 'view')) ? { slug: target.slug } : {}
    return { name, label, kind: field.isList ? 'many' : 'one', sortable: false, ...slug }
  }
  const currency = annotations['money']
  const unit = annotations['unit']
  return {
    name,
    label,
    kind: kindOf(field),
    sortable: isSortable(field),
    ...(typeof currency === 'string' ? { currency } : {}),
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(field.kind === 'enum' ? { labels: enumLabels(access.site.schema, field.type) } : {}),
  }
}

/** Whether rows can be put in the order of a field. */
export function isSortable(field: FieldMetadata | undefined): boolean {
  return isValue(field) && !(field.kind === 'scalar' && (field.isList || field.type === 'Json' || field.type === 'Bytes')) && !field.isList
}

function kindOf(field: FieldMetadata): CellKind {
  if (field.isList) return 'list'
  if (field.kind === 'enum') return 'enum'
  if (field.kind !== 'scalar') return 'text'
  switch (field.type) {
    case 'Int':
    case 'BigInt':
    case 'Float':
    case 'Decimal':
      return field.documentation.annotations['money'] === undefined ? 'number' : 'money'
    case 'Boolean':
      return 'boolean'
    case 'DateTime':
      return field.nativeType?.name === 'Date' || field.documentation.annotations['date'] ? 'date' : 'datetime'
    case 'Json':
      return 'json'
    case 'Bytes':
      return 'bytes'
    case 'String':
      return isBulky(field) ? 'long' : 'text'
  }
}

function enumLabels(schema: SchemaMetadata, name: string): Record<string, string> {
  return Object.fromEntries((schema.enums[name]?.values ?? []).map((value) => [value.name, value.label]))
}
