/** Which fields a form has, under which headings, and which of them can be changed by whom. */
import { findField } from '../../db/call/names.ts'
import type { FieldMetadata } from '../../schema/types.ts'
import type { Access } from '../access.ts'
import { builtInRules, filledIn } from '../accounts-rules.ts'
import { isFilledIn, isManyToMany, isReference, isValue } from '../fields.ts'
import { toColumn, type Column } from '../list/columns.ts'
import type { AdminModel } from '../site.ts'

/** A field of a form. */
export interface PlannedField {
  name: string
  /** How its value is shown where it cannot be changed. */
  column: Column
  isEditable: boolean
  /** Whether it fills itself in: a key, a time of bookkeeping. */
  isKept: boolean
}

/** Fields that stand together; `title` is empty for those without a heading. */
export interface Section {
  title: string
  fields: PlannedField[]
}

/**
 * Plans the form of a model for one user.
 *
 * @param action `read` for a form in which nothing can be changed
 */
export async function planForm(access: Access, model: AdminModel, action: 'create' | 'update' | 'read'): Promise<Section[]> {
  const writable = action === 'read' ? new Set<string>() : access.writable(model.metadata, action)
  const sections = model.sections ?? [{ title: '', fields: defaultFields(model) }]
  const planned = await Promise.all(
    sections.map(async ({ title, fields }) => ({
      title,
      fields: (await Promise.all(fields.map((name) => planField(access, model, name, action, writable)))).filter(
        (field) => field !== undefined,
      ),
    })),
  )
  return planned.filter(({ fields }) => fields.length > 0)
}

/** Whether the user may add a row, and the form asks for all that a new one needs. */
export async function mayAdd(access: Access, model: AdminModel): Promise<boolean> {
  return (await access.may(model, 'add')) && isComplete(model, await planForm(access, model, 'create'))
}

/** Whether a form asks for every column that neither the database nor the admin fills in. */
function isComplete({ metadata }: AdminModel, sections: readonly Section[]): boolean {
  const asked = new Set(sections.flatMap(({ fields }) => fields.filter(({ isEditable }) => isEditable).map(({ name }) => name)))
  const covered = new Set(filledIn(metadata))
  for (const field of metadata.fields)
    if (asked.has(field.name)) for (const name of isReference(field) ? field.relation.fields : [field.name]) covered.add(name)
  return metadata.fields.every((field) => {
    if (field.kind === 'relation' || !field.isRequired || field.isList || field.default || field.isUpdatedAt) return true
    return covered.has(field.name)
  })
}

/** Every field that says something of the row by itself. */
function defaultFields({ metadata }: AdminModel): string[] {
  return metadata.fields
    .filter((field) => {
      if (field.kind === 'relation') return !field.isList || isManyToMany(field)
      return isValue(field) && !field.isForeignKey
    })
    .map(({ name }) => name)
}

async function planField(
  access: Access,
  model: AdminModel,
  name: string,
  action: 'create' | 'update' | 'read',
  writable: ReadonlySet<string>,
): Promise<PlannedField | undefined> {
  const field = findField(model.metadata, name)
  if (!field || field.kind === 'unsupported' || !access.sees(model.metadata, name)) return undefined
  const column = await toColumn(access, field)
  const isEditable = !model.readonly.includes(name) && isWritable(model, field, column, action, writable)
  // What a new row cannot be given has no value yet either.
  if (action === 'create' && !isEditable) return undefined
  return { name, column, isEditable, isKept: isValue(field) && (isFilledIn(field) || field.isId) }
}

function isWritable(
  { metadata, sections }: AdminModel,
  field: FieldMetadata,
  column: Column,
  action: 'create' | 'update' | 'read',
  writable: ReadonlySet<string>,
): boolean {
  if (action === 'read' || builtInRules(metadata)?.readonly) return false
  if (field.kind === 'relation') {
    if (column.slug === undefined) return false
    if (isReference(field)) return field.relation.fields.every((name) => writable.has(name) && !isFixedKey(name))
    return isManyToMany(field) && writable.has(field.name)
  }
  if (!isValue(field) || !writable.has(field.name) || (field.kind === 'scalar' && field.type === 'Bytes')) return false
  if (isFixedKey(field.name)) return false
  // Times of bookkeeping and generated keys fill themselves in, unless the form was told to have them.
  return sections === undefined ? !isFilledIn(field) : !field.isUpdatedAt

  /** A key names the row in addresses and in other rows; once given it stays. */
  function isFixedKey(name: string): boolean {
    return action === 'update' && (metadata.id?.fields.includes(name) ?? false)
  }
}
