/** Writes the URL of a route. Runs on the server and in the browser, from the id alone. */
import { CHECKS } from '../core/checks.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import type { LinkableId, ParamsOf, SearchInputOf } from '../core/register.ts'
import { builtInConverters, isBuiltInConverter, PATH_CONVERTER } from './converters.ts'
import type { AnySearch } from './search-input.ts'
import { formatSearch } from './search-text.ts'
import { hasExtension, parseRouteId } from './segments.ts'
import type { ParamConverter, Segment } from './types.ts'

/** What follows the path. */
export interface HrefOptions<P extends LinkableId> {
  search?: SearchInputOf<P>
  /** With or without its `#`. */
  hash?: string
}

/** `params` and `search` may be left out where nothing in them is required. */
export type HrefArgs<P extends LinkableId> =
  {} extends SearchInputOf<P>
    ? {} extends ParamsOf<P>
      ? [params?: ParamsOf<P>, options?: HrefOptions<P>]
      : [params: ParamsOf<P>, options?: HrefOptions<P>]
    : [params: ParamsOf<P>, options: HrefOptions<P> & { search: SearchInputOf<P> }]

/** What `href()` has to know of an app beyond the ids. */
export interface HrefSettings {
  /** The app's own converters, by name. */
  converters?: Readonly<Record<string, ParamConverter>>
  /** `always` ends paths with a slash, as the server's policy does (default: no slash). */
  trailingSlash?: 'never' | 'always' | 'ignore'
}

let settings: HrefSettings = {}

/** Tells `href()` the app's converters and trailing-slash policy. Called once, by the server and by the browser's entry. */
export function configureHref(value: HrefSettings): void {
  settings = value
}

/**
 * Writes the URL of a route: `href('/movies/[id=int]', { id: 7 }, { search: { tab: 'cast' } })` gives `/movies/7?tab=cast`.
 *
 * Params go through their converters and are encoded. In the query, arrays repeat their parameter, dates are ISO texts,
 * and `undefined` and `null` leave theirs out.
 *
 * @param id The path of the route's file, without extension, groups and `index`
 * @param args The route's params, then `search` and `hash`
 * @throws {HotclubError} `HC_HREF` when a param is missing or does not fit its converter
 */
export function href<P extends LinkableId>(id: P, ...args: HrefArgs<P>): string {
  const [params, options] = args as [Record<string, unknown>?, { search?: AnySearch; hash?: string }?]
  const path = formatPath(id, params ?? {})
  const hash = options?.hash?.replace(/^#/, '')
  return path + formatSearch(options?.search) + (hash ? `#${encodeURIComponent(hash)}` : '')
}

const parsed = new Map<string, Segment[]>()

function segmentsOf(id: string): Segment[] {
  let segments = parsed.get(id)
  if (!segments) {
    segments = id.startsWith('/') ? parseRouteId(id) : undefined
    if (CHECKS && !segments)
      throw problem(id, `'${id}' is not the id of a route.`, `An id is the path of a route file, as in '/movies/[id=int]'.`)
    parsed.set(id, segments ?? [])
  }
  return segments ?? []
}

function formatPath(id: string, params: Record<string, unknown>): string {
  let path = ''
  let last: Segment | undefined
  for (const segment of segmentsOf(id))
    for (const text of textsOf(id, segment, params)) {
      path += `/${encodeSegment(id, text)}`
      last = segment
    }
  if (path === '') return '/'
  return settings.trailingSlash === 'always' && !hasExtension(last) ? `${path}/` : path
}

function textsOf(id: string, segment: Segment, params: Record<string, unknown>): string[] {
  if (segment.kind === 'static') return [segment.text]
  const { name, converter } = segment
  const value = Object.hasOwn(params, name) ? params[name] : undefined
  if (segment.kind === 'param') {
    if (value === undefined && segment.optional) return []
    return [segment.prefix + format(id, name, converter, value) + segment.suffix]
  }
  if (value === undefined) return []
  if (converter === PATH_CONVERTER) return value === '' ? [] : format(id, name, converter, value).split('/')
  if (CHECKS && !Array.isArray(value)) throw problem(id, `The parameter '${name}' of '${id}' takes an array, one value a segment.`)
  return (value as unknown[]).map((item) => format(id, name, converter, item))
}

function format(id: string, name: string, converterName: string | undefined, value: unknown): string {
  const converter = converterName === undefined ? undefined : converterOf(converterName)
  if (!CHECKS) return converter ? converter.format(value) : String(value)
  if (value === undefined || value === null) throw problem(id, `The parameter '${name}' of '${id}' is missing.`)
  const text = converter ? converter.format(value) : plainText(value)
  if (text === undefined)
    throw problem(
      id,
      `The parameter '${name}' of '${id}' is not a text or number.`,
      `Pass one, or register the converter '${converterName ?? ''}' with configureHref().`,
    )
  if (text === '' || (converter && converter.parse(text) === undefined))
    throw problem(id, `'${text}' does not fit the parameter '${name}' of '${id}'.`)
  return text
}

function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : undefined
}

function converterOf(name: string): ParamConverter | undefined {
  // The built-in ones write a value as it is.
  if (CHECKS && isBuiltInConverter(name)) return builtInConverters[name]
  const own = settings.converters
  return own && Object.hasOwn(own, name) ? own[name] : undefined
}

/** Encodes a segment, leaving what may stand in a path as it is, so that URLs stay legible. */
function encodeSegment(id: string, text: string): string {
  if (CHECKS && (text === '.' || text === '..' || /[\x00-\x1f\x7f]/.test(text) || !text.isWellFormed()))
    throw problem(id, `${JSON.stringify(text)} cannot be a segment of a URL ('${id}').`)
  return encodeURIComponent(text).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent)
}

function problem(id: string, message: string, hint = 'Pass every parameter of the id, as its converter takes it.'): HotclubError {
  return new HotclubError('HC_HREF', { where: `href('${id}')`, message, hint })
}
