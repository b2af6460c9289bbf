import type { ZodType } from 'zod'
import type { InputAttributes, LeafNode, WidgetName } from '../view/form-node.ts'
import { checksOf, type CheckDefinition, definitionOf, type FieldMeta } from './zod-types.ts'
import { toHtmlPattern } from './html-pattern.ts'
import { toWall } from './zones.ts'

/** What a field is like, as far as its HTML depends on it. */
export interface ConstraintInput {
  schema: ZodType
  kind: LeafNode['kind']
  widget: WidgetName
  meta: FieldMeta
  name: string
}

/** Names that browsers can fill in, by the last part of a field's name. */
const fillable: Record<string, string> = {
  name: 'name',
  firstName: 'given-name',
  lastName: 'family-name',
  email: 'email',
  phone: 'tel',
  tel: 'tel',
  url: 'url',
  website: 'url',
  organization: 'organization',
  company: 'organization',
  street: 'street-address',
  address: 'street-address',
  postalCode: 'postal-code',
  zip: 'postal-code',
  city: 'address-level2',
  country: 'country-name',
  birthday: 'bday',
  username: 'username',
  password: 'current-password',
  newPassword: 'new-password',
  code: 'one-time-code',
}

/** The attributes that let a browser check and help by itself: never stricter than the schema, which has the last word on the server. */
export function attributesOf(input: ConstraintInput): InputAttributes {
  const { schema, kind, widget, meta, name } = input
  const attributes: InputAttributes = {}
  const checks = checksOf(schema)
  if (kind === 'string') textLimits(checks, widget, attributes)
  if (kind === 'number' || kind === 'bigint' || kind === 'date') rangeLimits(checks, input, attributes)
  if (kind === 'number' || kind === 'bigint') numberStep(checks, input, attributes)
  if (kind === 'date' && widget !== 'date') attributes.step = 'any'
  if (kind === 'file') {
    const mime = checks.find(({ check }) => check === 'mime_type')?.mime
    if (mime) attributes.accept = mime.join(',')
  }
  const part = name
    .replaceAll(/\[\d+\]/g, '')
    .split('.')
    .at(-1)!
  if (kind === 'string' && widget !== 'hidden') {
    const auto =
      meta.autoComplete ??
      (Object.hasOwn(fillable, part) ? fillable[part] : widget === 'email' || widget === 'url' || widget === 'tel' ? widget : undefined)
    // A list asks for others, not for the person at the keyboard.
    if (auto !== undefined && (meta.autoComplete !== undefined || !name.includes('['))) attributes.autoComplete = auto
  } else if (meta.autoComplete !== undefined) attributes.autoComplete = meta.autoComplete
  if (widget === 'email' || widget === 'url' || widget === 'tel') attributes.inputMode = widget
  if (meta.placeholder !== undefined) attributes.placeholder = meta.placeholder
  if (meta.rows !== undefined) attributes.rows = meta.rows
  if (meta.step !== undefined) attributes.step = String(meta.step)
  return attributes
}

function textLimits(checks: CheckDefinition[], widget: WidgetName, attributes: InputAttributes): void {
  // Browsers count what is typed; a schema that trims first counts less, so its least length cannot be theirs.
  const trims = checks.some(({ check }) => check === 'overwrite')
  for (const { check, minimum, maximum, length } of checks) {
    if (check === 'max_length' && !trims) attributes.maxLength = maximum!
    if (check === 'min_length' && minimum! > 1) attributes.minLength = minimum!
    if (check === 'length_equals') Object.assign(attributes, { minLength: length }, trims ? {} : { maxLength: length })
  }
  if (['textarea', 'email', 'url', 'date', 'time', 'datetime', 'hidden', 'color'].includes(widget)) return
  const pattern = checks.filter((check) => check.pattern && check.check === 'string_format').map((check) => toHtmlPattern(check.pattern!))
  // An input has room for one; several together are left to the server.
  if (pattern.length === 1 && pattern[0] !== undefined && !trims) attributes.pattern = pattern[0]
}

function rangeLimits(checks: CheckDefinition[], { kind, widget, meta, schema }: ConstraintInput, attributes: InputAttributes): void {
  const isWhole = kind === 'bigint' || isInteger(schema)
  const text = (value: number | bigint | Date, shift: 1 | -1, inclusive: boolean): string => {
    if (value instanceof Date) return widget === 'date' ? value.toISOString().slice(0, 10) : toWall(value, meta.timeZone)
    if (inclusive || !isWhole) return String(value)
    return typeof value === 'bigint' ? String(value + BigInt(shift)) : String(value + shift)
  }
  for (const { check, value, inclusive = true } of checks) {
    if (check === 'greater_than') attributes.min = text(value!, 1, inclusive)
    if (check === 'less_than') attributes.max = text(value!, -1, inclusive)
  }
}

function numberStep(checks: CheckDefinition[], { kind, schema }: ConstraintInput, attributes: InputAttributes): void {
  const multiple = checks.find(({ check }) => check === 'multiple_of')?.value
  const isWhole = kind === 'bigint' || isInteger(schema)
  attributes.inputMode = isWhole ? 'numeric' : 'decimal'
  // Without a step, browsers take whole numbers only. A step counts from `min`, a multiple from 0.
  if (multiple !== undefined && (attributes.min === undefined || Number(attributes.min) % Number(multiple) === 0))
    attributes.step = String(multiple)
  else if (!isWhole) attributes.step = 'any'
  // Phones hide the minus sign on the numeric keypad.
  if (attributes.min === undefined || Number(attributes.min) < 0) delete attributes.inputMode
}

function isInteger(schema: ZodType): boolean {
  return definitionOf(schema).type === 'number' && checksOf(schema).some(({ format }) => format !== undefined && /int/.test(format))
}
