/** Reads a query string with a route's `search` schema. */
import type { ZodType } from 'zod'
import { HttpError } from '../core/results.ts'

/** `data` of the 400 that a wrong query ends with: messages by parameter. */
export interface SearchErrorData {
  search: Record<string, string[]>
}

/**
 * Parses a query string.
 *
 * With a schema, an empty value counts as missing (a search form sends its empty fields too), a parameter that the schema
 * declares as an array gets all its values, and every other one its last. Give a field `.catch()` where a wrong value
 * should fall back; without it the request ends with 400. Without a schema the result holds each parameter's last value as text.
 *
 * @param schema The route's `search`; a zod object as a rule
 * @param query With or without its `?`
 * @throws {HttpError} 400 that names the wrong parameters, its `data` a {@link SearchErrorData}
 */
export function parseSearch(schema: ZodType | undefined, query: string): unknown {
  const pairs = query.length > 1 ? new URLSearchParams(query) : undefined
  if (!schema) return lastValues(pairs)
  const result = schema.safeParse(valuesFor(schema, pairs))
  if (result.success) return result.data
  const messages = new Map<string, string[]>()
  for (const { path, message } of result.error.issues) {
    const name = String(path[0] ?? '')
    messages.set(name, [...(messages.get(name) ?? []), message])
  }
  const sentences = [...messages].map(
    ([name, texts]) => `${name === '' ? 'The query' : `'${name}' in the query`} is not valid: ${texts.join('; ')}.`,
  )
  throw new HttpError<SearchErrorData>(400, sentences.join(' '), { data: { search: Object.fromEntries(messages) } })
}

/** A plain object would let `?__proto__=` through to whoever copies it. */
const unsafeName = '__proto__'

function lastValues(pairs: URLSearchParams | undefined): Record<string, string> {
  const values: Record<string, string> = {}
  if (pairs) for (const [name, value] of pairs) if (name !== unsafeName) values[name] = value
  return values
}

function valuesFor(schema: ZodType, pairs: URLSearchParams | undefined): Record<string, string | string[]> {
  const lists = listsOf(schema)
  const values: Record<string, string | string[]> = {}
  for (const [name, acceptsMissing] of lists) if (!acceptsMissing) values[name] = []
  if (pairs)
    for (const [name, value] of pairs) {
      if (value === '' || name === unsafeName) continue
      if (!lists.has(name)) values[name] = value
      else if (Object.hasOwn(values, name)) (values[name] as string[]).push(value)
      else values[name] = [value]
    }
  return values
}

/** The part of a zod schema's definition that is read here. */
interface Definition {
  type: string
  shape?: Record<string, ZodType>
  innerType?: ZodType
  in?: ZodType
  out?: ZodType
  getter?: () => ZodType
  left?: ZodType
  right?: ZodType
  options?: ZodType[]
}

const knownLists = new WeakMap<ZodType, Map<string, boolean>>()

/** Names of the schema's array fields → whether each may be missing. */
function listsOf(schema: ZodType): Map<string, boolean> {
  let lists = knownLists.get(schema)
  if (!lists) knownLists.set(schema, (lists = new Map(objectFields(schema).flatMap(listField))))
  return lists
}

function objectFields(schema: ZodType): Array<[string, ZodType]> {
  const { definition } = unwrap(schema)
  if (definition.shape) return Object.entries(definition.shape)
  const parts = definition.options ?? [definition.left, definition.right]
  return parts.flatMap((part) => (part ? objectFields(part) : []))
}

function listField([name, schema]: [string, ZodType]): Array<[string, boolean]> {
  const { definition, acceptsMissing } = unwrap(schema)
  return ['array', 'set', 'tuple'].includes(definition.type) ? [[name, acceptsMissing]] : []
}

/** Looks through optional, default, catch, pipe and the like. */
function unwrap(schema: ZodType): { definition: Definition; acceptsMissing: boolean } {
  let definition = schema.def as Definition
  let acceptsMissing = false
  for (;;) {
    // `z.preprocess` is a pipe whose first part only runs a function: the second one says what it takes.
    const isPreprocess = (definition.in?.def as Definition | undefined)?.type === 'transform'
    const inner = definition.innerType ?? (isPreprocess ? definition.out : definition.in) ?? definition.getter?.()
    if (!inner) return { definition, acceptsMissing }
    acceptsMissing ||= ['optional', 'default', 'prefault', 'catch'].includes(definition.type)
    definition = inner.def as Definition
  }
}
