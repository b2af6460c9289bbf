import type { ZodType } from 'zod'
import { HotclubError } from '../core/hotclub-error.ts'
import type { LeafNode, WidgetName } from '../view/form-node.ts'
import { checksOf, definitionOf, type FieldMeta } from './zod-types.ts'

/** Texts that may get longer than this are written in a text area. */
const LONG_TEXT = 200

const widgets: readonly string[] = [
  'text',
  'email',
  'url',
  'tel',
  'password',
  'search',
  'color',
  'hidden',
  'number',
  'date',
  'time',
  'datetime',
  'textarea',
  'json',
  'checkbox',
  'select',
  'radio',
  'checkboxes',
  'file',
] satisfies WidgetName[]

const byFormat: Record<string, WidgetName> = { email: 'email', url: 'url', e164: 'tel', date: 'date', time: 'time', datetime: 'datetime' }

/** What a field is like, as far as its widget depends on it. */
export interface WidgetInput {
  schema: ZodType
  kind: LeafNode['kind']
  empty: LeafNode['empty']
  meta: FieldMeta
  name: string
}

/** Chooses what a field is edited with: what its schema asks for by `.meta({ widget })`, else what suits its type. */
export function chooseWidget({ schema, kind, empty, meta, name }: WidgetInput): WidgetName {
  if (meta.widget !== undefined) {
    if (widgets.includes(meta.widget)) return meta.widget as WidgetName
    throw new HotclubError('HC_FORM_SCHEMA', {
      where: `the field '${name}'`,
      message: `There is no widget '${meta.widget}'.`,
      hint: `Use one of ${widgets.join(', ')}, or pass a component of your own as <Field as={…}>.`,
    })
  }
  switch (kind) {
    case 'number':
    case 'bigint':
      return 'number'
    case 'boolean':
      // A box has no third state for "nobody has said".
      return empty === 'value' ? 'checkbox' : 'select'
    case 'date':
    case 'instant':
      return 'datetime'
    case 'choice':
      return 'select'
    case 'file':
      return 'file'
    case 'json':
      return 'json'
    case 'string':
      return textWidget(schema, name)
  }
}

function textWidget(schema: ZodType, name: string): WidgetName {
  const checks = checksOf(schema)
  const format = checks.map((check) => byFormat[check.format ?? '']).find((widget) => widget !== undefined)
  if (format) return format
  if (/password$/i.test(name)) return 'password'
  if (definitionOf(schema).type !== 'string') return 'text'
  const longest = checks.find(({ check }) => check === 'max_length')?.maximum
  return longest !== undefined && longest > LONG_TEXT ? 'textarea' : 'text'
}
