/** The built-in parameter converters, and the definition of own ones. */
import type { ParamConverter } from './types.ts'

/** Built-in converter → the type of its parameter. */
export interface BuiltInParams {
  /** A safe integer in its shortest form: `7`, `-3`; not `07`, `+7` or `1e3`. */
  int: number
  /** ASCII letters, digits, `-` and `_`. */
  slug: string
  /** A lower-case UUID with hyphens. */
  uuid: string
  /** What is left of the path as one text, safe to join to a folder: no `.`, `..`, `\` or encoded `/`. Only as `[...name=path]`. */
  path: string
}

/** The converter that takes a whole remainder at once; all others convert one segment. */
export const PATH_CONVERTER = 'path'

const intPattern = /^(?:0|-?[1-9]\d{0,15})$/
const slugPattern = /^[A-Za-z0-9_-]+$/
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** One text for one value, so that a page has one URL. */
const int: ParamConverter<number> = {
  parse(text) {
    if (!intPattern.test(text)) return undefined
    const value = Number(text)
    return Number.isSafeInteger(value) ? value : undefined
  },
  format: String,
}

const slug: ParamConverter<string> = { parse: (text) => (slugPattern.test(text) ? text : undefined), format: String }

const uuid: ParamConverter<string> = { parse: (text) => (uuidPattern.test(text) ? text : undefined), format: String }

const path: ParamConverter<string> = {
  parse: (text) => (text === '' || text.split('/').every(isPlainName) ? text : undefined),
  format: String,
}

function isPlainName(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !text.includes('\\')
}

/** The converters every app has, from the narrowest to the widest. */
export const builtInConverters: Readonly<Record<keyof BuiltInParams, ParamConverter>> = {
  int: int as ParamConverter,
  uuid: uuid as ParamConverter,
  slug: slug as ParamConverter,
  path: path as ParamConverter,
}

/** Whether a converter of this name comes with the framework. */
export function isBuiltInConverter(name: string): name is keyof BuiltInParams {
  return Object.hasOwn(builtInConverters, name)
}

/**
 * Defines a parameter converter: the default export of `app/params/<name>.ts` serves `[x=<name>]`.
 *
 * `parse` gets decoded text and gives `undefined` where the route should not match; `format` gives the text for a URL,
 * which is encoded afterwards. `parse(format(value))` must accept every value. Both run on the server and in the browser,
 * so they import nothing that belongs to one side. A `parse` that throws is a fault: the request ends with 500.
 *
 * @returns The converter, its type carried to `params` and `href()`
 */
export function defineParam<T>(converter: ParamConverter<T>): ParamConverter<T> {
  return converter
}
