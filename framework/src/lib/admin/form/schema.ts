/** The zod schema of a form, for the fields that somebody may change. */
import { z, type ZodType } from 'zod'
import { findField } from '../../db/call/names.ts'
import { fieldSchema } from '../../forms/model-field.ts'
import type { FieldMetadata } from '../../schema/types.ts'
import { isFilledIn, isReference, isValue, type ValueField } from '../fields.ts'
import type { AdminModel } from '../site.ts'
import type { Section } from './plan.ts'

/** Where to go once the row is saved. */
export const NEXT = '_then'
/** The row as it was when the form was opened, in short: so that two who edit at once do not undo each other's work. */
export const VERSION = '_version'

/** What a form's schema gives. */
export type FormValues = Record<string, unknown>

/** Makes the schema of a planned form. */
export function formSchema({ metadata }: AdminModel, sections: readonly Section[]): z.ZodObject<Record<string, ZodType>> {
  const shape: Record<string, ZodType> = {
    [NEXT]: z.enum(['list', 'stay', 'add']).optional().meta({ widget: 'hidden' }),
    [VERSION]: z.string().max(100).optional().meta({ widget: 'hidden' }),
  }
  for (const { fields } of sections)
    for (const { name, isEditable } of fields) if (isEditable) shape[name] = schemaOf(findField(metadata, name)!)
  return z.object(shape)
}

/** Widgets that offer choices. */
const CHOOSERS: readonly unknown[] = ['radio', 'select', 'checkboxes']

/** Choices that only a view of the app would know are left to the type of the column. */
function withoutChoices(field: ValueField, schema: ZodType): ZodType {
  const meta = schema.meta()
  const hasChoices = field.kind === 'enum' || field.type === 'Boolean'
  return hasChoices || !CHOOSERS.includes(meta?.['widget']) ? schema : schema.meta({ ...meta, widget: undefined })
}

function schemaOf(field: FieldMetadata): ZodType {
  if (isValue(field)) {
    const schema = withoutChoices(field, fieldSchema(field, field.label))
    return isFilledIn(field) ? schema.optional().meta(schema.meta() ?? {}) : schema
  }
  const { help } = field.documentation.annotations
  const meta = { title: field.label, ...(typeof help === 'string' ? { description: help } : {}) }
  if (!isReference(field))
    return z
      .array(z.string().max(1_000))
      .max(1_000)
      .meta({ ...meta, widget: 'checkboxes' })
  const key = z.string().min(1).max(1_000)
  return (field.isRequired ? key : key.nullable()).meta(meta)
}
