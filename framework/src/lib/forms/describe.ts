/** Makes a form of a zod schema: which fields it has, how they are edited, and what a browser can check by itself. */
import type { ZodType } from 'zod'
import { HotclubError } from '../core/hotclub-error.ts'
import { toWords } from '../schema/documentation.ts'
import { choicesOf } from './choices.ts'
import { attributesOf } from './constraints.ts'
import { encodeForm } from './encode.ts'
import {
  type ArrayNode,
  type Choice,
  type FormNode,
  type LeafNode,
  type ObjectNode,
  RESERVED_FIELDS,
  type WidgetName,
} from '../view/form-node.ts'
import { memberName } from './names.ts'
import { chooseWidget } from './widget.ts'
import { checksOf, definitionOf, unwrap, type Unwrapped } from './zod-types.ts'
import { isTimeZone } from './zones.ts'

/** Schemas may refer to themselves; a form that shows all of one would have no end. */
const MAX_DEPTH = 8

/**
 * Describes the form that a schema takes.
 *
 * @param schema An object schema, refinements and transforms around it included
 * @throws {HotclubError} `HC_FORM_SCHEMA` where a field cannot be part of a form, with its name
 */
export function describeForm(schema: ZodType): ObjectNode {
  const node = describe(schema, '', 0)
  if (node.kind === 'object') return node
  throw new HotclubError('HC_FORM_SCHEMA', {
    message: `A form's schema is an object, and this one is '${definitionOf(unwrap(schema).schema).type}'.`,
    hint: 'Write z.object({ … }) with a field for each input.',
  })
}

function describe(schema: ZodType, name: string, depth: number): FormNode {
  const found = unwrap(schema)
  const base = {
    label: found.meta.title ?? toWords(lastPart(name)),
    ...(found.meta.description === undefined ? {} : { help: found.meta.description }),
    empty: found.empty,
  }
  const definition = definitionOf(found.schema)
  if (depth > MAX_DEPTH) throw refuse(name, 'It is nested too deeply, or refers to itself.', 'Put the inner part into a form of its own.')
  switch (definition.type) {
    case 'object': {
      const fields: Record<string, FormNode> = {}
      for (const [key, inner] of Object.entries(definition.shape!)) {
        checkKey(key, memberName(name, key), depth)
        fields[key] = describe(inner, memberName(name, key), depth + 1)
      }
      return { ...base, kind: 'object', fields }
    }
    case 'array':
      return describeArray(found, name, depth, base)
    case 'union':
      if (definition.discriminator !== undefined) {
        const variants = definition.options!.map((option) => describe(option, name, depth) as ObjectNode)
        const { discriminator } = definition
        const choices = variants.flatMap((variant) => (variant.fields[discriminator] as LeafNode).choices ?? [])
        for (const variant of variants)
          variant.fields[discriminator] = { ...(variant.fields[discriminator] as LeafNode), choices, widget: 'select' }
        const values = definition.options!.map((option) => choicesOf(definitionOf(option).shape![discriminator]!) ?? [])
        return {
          ...base,
          kind: 'variant',
          discriminator,
          variants: Object.fromEntries(variants.flatMap((variant, index) => values[index]!.map(({ value }) => [value, variant]))),
        }
      }
  }
  return describeLeaf(found, name, base)
}

type Base = Pick<LeafNode, 'label' | 'empty'> & { help?: string }

function describeArray(found: Unwrapped, name: string, depth: number, base: Base): FormNode {
  const { element } = definitionOf(found.schema)
  const inner = unwrap(element!)
  const choices = choicesOf(inner.schema, inner.meta.labels ?? found.meta.labels)
  const isFile = definitionOf(inner.schema).type === 'file'
  // A widget says that the list is edited as a whole: its choices come with the page.
  if (choices || isFile || found.meta.widget !== undefined) {
    const leaf = describeLeaf({ ...inner, meta: { ...inner.meta, ...found.meta }, initial: undefined }, name, base, choices)
    const widget = (found.meta.widget as WidgetName | undefined) ?? (isFile ? 'file' : 'checkboxes')
    const minimum = checksOf(found.schema).find(({ check }) => check === 'min_length')?.minimum ?? 0
    const node: LeafNode = { ...leaf, multiple: true, widget, required: base.empty === 'value' && minimum > 0 }
    return withInitial(node, found.initial ?? found.meta.initial)
  }
  const node: ArrayNode = { ...base, kind: 'array', item: describe(element!, `${name}[0]`, depth + 1) }
  for (const { check, minimum, maximum, length } of checksOf(found.schema)) {
    if (check === 'min_length') node.min = minimum!
    if (check === 'max_length') node.max = maximum!
    if (check === 'length_equals') node.min = node.max = length!
  }
  return node
}

function describeLeaf(found: Unwrapped, name: string, base: Base, choices = choicesOf(found.schema, found.meta.labels)): LeafNode {
  const { schema, meta } = found
  const kind = kindOf(found, name, choices)
  // With a default, an empty text is a text, and a missing box is a box that nobody ticked.
  const empty = found.initial !== undefined && (kind === 'string' || kind === 'boolean') ? 'value' : base.empty
  const widget = chooseWidget({ schema, kind, empty, meta, name })
  if (meta.timeZone !== undefined && !isTimeZone(meta.timeZone))
    throw refuse(name, `'${meta.timeZone}' is no time zone.`, "Use a name such as 'Europe/Paris'.")
  const isTrue = kind === 'boolean' && definitionOf(schema).type === 'literal'
  const node: LeafNode = {
    ...base,
    empty,
    kind,
    widget,
    required: isTrue || (base.empty === 'value' && kind !== 'boolean' && (kind !== 'string' || !takesEmpty(schema))),
    attributes: attributesOf({ schema, kind, widget, meta, name }),
    ...(choices && kind !== 'boolean' ? { choices } : {}),
    ...(meta.timeZone === undefined ? {} : { timeZone: meta.timeZone }),
  }
  const size = checksOf(schema).find(({ check }) => check === 'max_size')?.maximum
  if (size !== undefined) node.maxSize = size
  return withInitial(node, found.initial ?? meta.initial)
}

function withInitial(node: LeafNode, value: unknown): LeafNode {
  // A default that is computed differs each time; it is the server's to fill in.
  if (value === undefined || value === null || node.kind === 'file') return node
  const initial = encodeForm({ kind: 'object', label: '', empty: 'value', fields: { value: node } }, { value }).get('value')
  return initial ? { ...node, initial: initial as string[] } : node
}

function kindOf({ schema }: Unwrapped, name: string, choices: Choice[] | undefined): LeafNode['kind'] {
  const { type, values, format, local } = definitionOf(schema)
  if (type === 'literal' && values!.length === 1 && values![0] === true) return 'boolean'
  if (choices) return 'choice'
  switch (type) {
    case 'string':
      return checksOf(schema).some((check) => check.format === 'datetime') && !(format === 'datetime' && local) ? 'instant' : 'string'
    case 'template_literal':
    case 'custom':
      return 'string'
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'date':
    case 'file':
      return type
    case 'any':
    case 'unknown':
    case 'record':
    case 'tuple':
    case 'union':
    case 'intersection':
      return 'json'
    default:
      throw refuse(
        name,
        `Its type is '${type}', which no form can send.`,
        'Leave it out of the schema, or take another type and .transform() it.',
      )
  }
}

/** Whether the schema is content with an empty text. One that has to ask somebody is taken to be not. */
function takesEmpty(schema: ZodType): boolean {
  try {
    return schema.safeParse('').success
  } catch {
    return false
  }
}

function checkKey(key: string, name: string, depth: number): void {
  if (/[.[\]]/.test(key) || key === '' || key === '__proto__')
    throw refuse(name, 'A name may not hold dots or brackets: forms use them to reach into objects and lists.', 'Rename the field.')
  if (depth === 0 && RESERVED_FIELDS.includes(key)) throw refuse(name, `Forms use the name '${key}' themselves.`, 'Rename the field.')
}

function refuse(name: string, message: string, hint: string): HotclubError {
  return new HotclubError('HC_FORM_SCHEMA', { where: `the field '${name}'`, message, hint })
}

function lastPart(name: string): string {
  return name
    .replaceAll(/\[\d+\]/g, '')
    .split('.')
    .at(-1)!
}
