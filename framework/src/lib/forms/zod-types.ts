/**
 * What is used of the inside of a zod schema, as zod shows it to libraries: a definition, and the checks that were added to it.
 * In one place, so that a new zod changes one file.
 */
import type { ZodType } from 'zod'

/** The parts of a definition that forms read. */
export interface Definition {
  type: string
  checks?: Array<{ _zod: { def: CheckDefinition } }>
  /** A format of the type itself: `z.email()`, `z.int()`. */
  format?: string
  pattern?: RegExp
  local?: boolean
  innerType?: ZodType
  defaultValue?: unknown
  element?: ZodType
  shape?: Record<string, ZodType>
  entries?: Record<string, string | number>
  values?: Array<string | number | boolean | bigint | null | undefined>
  options?: ZodType[]
  discriminator?: string
  in?: ZodType
  out?: ZodType
  getter?: () => ZodType
}

export interface CheckDefinition {
  check: string
  minimum?: number
  maximum?: number
  length?: number
  value?: number | bigint | Date
  inclusive?: boolean
  format?: string
  pattern?: RegExp
  mime?: string[]
}

export function definitionOf(schema: ZodType): Definition {
  return schema._zod.def as unknown as Definition
}

/** Every check of a schema; a format that is part of its type stands among them. */
export function checksOf(schema: ZodType): CheckDefinition[] {
  const { format, pattern, checks = [] } = definitionOf(schema)
  const own = format === undefined ? [] : [{ check: 'string_format', format, ...(pattern ? { pattern } : {}) }]
  return [...own, ...checks.map((check) => check._zod.def)]
}

/** A schema without what stands around it, and what that said. */
export interface Unwrapped {
  schema: ZodType
  /** What an empty field means to it. */
  empty: 'value' | 'null' | 'undefined'
  /** The value that takes the place of a missing one. */
  initial: unknown
  meta: FieldMeta
}

/**
 * What `.meta()` of a field may say to a form, beside zod's own `title` (the label) and `description` (the help).
 */
export interface FieldMeta {
  title?: string
  description?: string
  /** Another widget than the type suggests. */
  widget?: string
  placeholder?: string
  autoComplete?: string
  /** Labels of choices by value. */
  labels?: Record<string, string>
  /** Rows of a text area. */
  rows?: number
  step?: number | 'any'
  /** The zone in which a date's time of day is shown and read (default: UTC). */
  timeZone?: string
  /** What a new form shows. */
  initial?: unknown
}

/** Takes off `optional`, `nullable`, defaults, pipes and the like, down to the type that a form's value has. */
export function unwrap(schema: ZodType): Unwrapped {
  const found: Unwrapped = { schema, empty: 'value', initial: undefined, meta: {} }
  for (let depth = 0; depth < 50; depth++) {
    // What stands outside was said last.
    found.meta = { ...(found.schema.meta() as FieldMeta | undefined), ...found.meta }
    const definition = definitionOf(found.schema)
    switch (definition.type) {
      case 'nullable':
        found.empty = 'null'
        break
      case 'optional':
        if (found.empty === 'value') found.empty = 'undefined'
        break
      case 'nonoptional':
        found.empty = 'value'
        break
      case 'default':
      case 'prefault':
        found.initial ??= definition.defaultValue
        if (found.empty === 'value') found.empty = 'undefined'
        break
      case 'catch':
      case 'readonly':
        break
      case 'lazy':
        found.schema = definition.getter!()
        continue
      case 'pipe':
        // Of `preprocess`, the first half is a function that takes anything.
        found.schema = definitionOf(definition.in!).type === 'transform' ? definition.out! : definition.in!
        continue
      case 'union': {
        const options = definition.options!.filter((option) => !isNothing(option))
        if (options.length < definition.options!.length)
          found.empty = definition.options!.some((option) => definitionOf(option).type === 'null') ? 'null' : 'undefined'
        if (options.length !== 1) return found
        found.schema = options[0]!
        continue
      }
      default:
        return found
    }
    found.schema = definition.innerType!
  }
  return found
}

/** Whether a schema takes nothing but `null` or `undefined`. */
export function isNothing(schema: ZodType): boolean {
  return ['null', 'undefined', 'void'].includes(definitionOf(schema).type)
}
