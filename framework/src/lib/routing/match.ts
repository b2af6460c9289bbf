/**
 * Finds the route of a path. Pure: the manifest's routes and converters in, a function out.
 *
 * Fully static paths are one `Map` lookup. All others walk a trie, one segment an edge, so a match costs what the path is
 * long, not what the app is large; a hostile path cannot make it try a node twice.
 */
import { HotclubError } from '../core/hotclub-error.ts'
import { builtInConverters, PATH_CONVERTER } from './converters.ts'
import { compareParams, compareRests } from './precedence.ts'
import { hasExtension } from './segments.ts'
import { shapeKey, shapesOf } from './shapes.ts'
import type { ParamConverter, RouteRecord, Segment } from './types.ts'

/** `never`: `/films/` redirects to `/films`; `always`: the other way; `ignore`: both answer. */
export type TrailingSlash = 'never' | 'always' | 'ignore'

export type MatchResult =
  | { kind: 'match'; route: RouteRecord; params: Record<string, unknown> }
  | { kind: 'none' }
  /** A route answers at `pathname`, which differs in its last slash: 308, with the query kept. */
  | { kind: 'redirect'; pathname: string }
  /** The path is not valid: broken percent-encoding, or characters that no URL may hold. 400. */
  | { kind: 'bad' }

export interface MatcherOptions {
  /** Default: `never`. */
  trailingSlash?: TrailingSlash
}

type ParamSegment = Extract<Segment, { kind: 'param' }>
type RestSegment = Extract<Segment, { kind: 'rest' }>

interface Leaf {
  route: RouteRecord
  /** Names for the values gathered on the way, in their order. */
  names: string[]
  /** `sitemap.xml`, `[slug].json`: a file's name, which never ends with a slash. */
  hasExtension: boolean
}

interface ParamBranch {
  segment: ParamSegment
  converter: ParamConverter | undefined
  node: TrieNode
}

interface RestBranch {
  segment: RestSegment
  converter: ParamConverter | undefined
  leaf: Leaf
}

interface TrieNode {
  statics: Map<string, TrieNode>
  /** In order of precedence. */
  params: ParamBranch[]
  rests: RestBranch[]
  leaf: Leaf | undefined
}

/** Anything but printable ASCII, and what a browser would read as the start of another part or host. */
const notInPaths = /[^\x21-\x7e]|[\\?#]/
const control = /[\x00-\x1f\x7f]/
const plainText = /^[\x21-\x7e]*$/

/**
 * Builds the function that finds a path's route, with converted parameters.
 *
 * It takes the path as it came, still percent-encoded and without the query. Each segment is decoded by itself, so an
 * encoded slash never separates. A converter that throws makes it throw.
 *
 * @param routes Without conflicts, as the scan gives them; their order does not matter
 * @param converters The app's own; the built-in ones are always there
 * @throws {HotclubError} `HC_ROUTE_PARAM` when a route uses a converter that is not there
 */
export function createMatcher(
  routes: readonly RouteRecord[],
  converters: Readonly<Record<string, ParamConverter>> = {},
  options: MatcherOptions = {},
): (pathname: string) => MatchResult {
  const policy = options.trailingSlash ?? 'never'
  const statics = new Map<string, RouteRecord>()
  const root = createNode()
  const known = new Set<string>()
  for (const route of routes)
    for (const shape of shapesOf(route.segments)) {
      const key = shapeKey(shape)
      if (known.has(key)) continue
      known.add(key)
      const leaf = insert(root, route, shape, converters)
      for (const path of staticPaths(shape, leaf, policy)) statics.set(path, route)
    }
  order(root)

  return (pathname) => {
    const route = statics.get(pathname)
    return route ? { kind: 'match', route, params: {} } : walk(root, pathname, policy)
  }
}

function walk(root: TrieNode, pathname: string, policy: TrailingSlash): MatchResult {
  if (pathname.charCodeAt(0) !== 47 || notInPaths.test(pathname)) return { kind: 'bad' }
  const hasSlash = pathname.length > 1 && pathname.endsWith('/')
  const raw = split(pathname, hasSlash ? pathname.length - 1 : pathname.length)
  const isEncoded = pathname.includes('%')
  const parts = isEncoded ? decode(raw) : raw
  if (!parts) return { kind: 'bad' }
  if (parts.some(isNoName)) return { kind: 'none' }

  // File names may be composed or decomposed; parameters keep the text they were given.
  const keys = isEncoded ? parts.map((part) => part.normalize('NFC')) : parts
  const values: unknown[] = []
  const leaf = find(root, parts, keys, 0, values)
  if (!leaf) return { kind: 'none' }
  if (policy !== 'ignore' && parts.length > 0) {
    const wantsSlash = policy === 'always' && !leaf.hasExtension
    // Safe to send back: no empty segment and no backslash got this far, so it cannot name another host.
    if (wantsSlash !== hasSlash) return { kind: 'redirect', pathname: wantsSlash ? `${pathname}/` : pathname.slice(0, -1) }
  }
  const params: Record<string, unknown> = {}
  for (let i = 0; i < values.length; i++) params[leaf.names[i]!] = values[i]
  return { kind: 'match', route: leaf.route, params }
}

/** The segments up to `end`. By hand, since it takes half the time of `split('/')`, which is most of a match. */
function split(pathname: string, end: number): string[] {
  const parts: string[] = []
  for (let from = 1; pathname.length > 1;) {
    const slash = pathname.indexOf('/', from)
    if (slash === -1 || slash >= end) {
      parts.push(pathname.slice(from, end))
      break
    }
    parts.push(pathname.slice(from, slash))
    from = slash + 1
  }
  return parts
}

function isNoName(part: string): boolean {
  return part === '' || part === '.' || part === '..'
}

/** Every edge takes one segment, so a node is only ever tried at its own depth: no path visits a node twice. */
function find(node: TrieNode, parts: string[], keys: string[], at: number, values: unknown[]): Leaf | undefined {
  if (at === parts.length) {
    if (node.leaf) return node.leaf
  } else {
    const next = node.statics.get(keys[at]!)
    const found = next && find(next, parts, keys, at + 1, values)
    if (found) return found
    for (const branch of node.params) {
      const value = takeParam(branch, parts[at]!)
      if (value === undefined) continue
      values.push(value)
      const leaf = find(branch.node, parts, keys, at + 1, values)
      if (leaf) return leaf
      values.pop()
    }
  }
  for (const branch of node.rests) {
    const value = takeRest(branch, parts, at)
    if (value === undefined) continue
    values.push(value)
    return branch.leaf
  }
  return undefined
}

function takeParam({ segment: { prefix, suffix }, converter }: ParamBranch, part: string): unknown {
  let text = part
  if (prefix !== '' || suffix !== '') {
    if (part.length <= prefix.length + suffix.length || !part.startsWith(prefix) || !part.endsWith(suffix)) return undefined
    text = part.slice(prefix.length, part.length - suffix.length)
  }
  return converter ? converter.parse(text) : text
}

function takeRest({ segment, converter }: RestBranch, parts: string[], at: number): unknown {
  const rest = parts.slice(at)
  if (!converter) return rest
  if (segment.converter === PATH_CONVERTER) return rest.some((part) => part.includes('/')) ? undefined : converter.parse(rest.join('/'))
  const values: unknown[] = []
  for (const part of rest) {
    const value = converter.parse(part)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

function decode(raw: string[]): string[] | undefined {
  try {
    const parts = raw.map(decodeURIComponent)
    return parts.some((part) => control.test(part)) ? undefined : parts
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function createNode(): TrieNode {
  return { statics: new Map(), params: [], rests: [], leaf: undefined }
}

function insert(root: TrieNode, route: RouteRecord, shape: Segment[], converters: Readonly<Record<string, ParamConverter>>): Leaf {
  const names = shape.flatMap((segment) => (segment.kind === 'static' ? [] : [segment.name]))
  const leaf: Leaf = { route, names, hasExtension: hasExtension(shape.at(-1)) }
  let node = root
  for (const segment of shape) {
    if (segment.kind === 'static') {
      let next = node.statics.get(segment.text)
      if (!next) node.statics.set(segment.text, (next = createNode()))
      node = next
    } else if (segment.kind === 'param') {
      let branch = node.params.find((other) => compareParams(other.segment, segment) === 0)
      if (!branch) node.params.push((branch = { segment, converter: converterOf(segment, route, converters), node: createNode() }))
      node = branch.node
    } else {
      node.rests.push({ segment, converter: converterOf(segment, route, converters), leaf })
      return leaf
    }
  }
  node.leaf = leaf
  return leaf
}

function order(node: TrieNode): void {
  node.params.sort((a, b) => compareParams(a.segment, b.segment))
  node.rests.sort((a, b) => compareRests(a.segment, b.segment))
  for (const next of node.statics.values()) order(next)
  for (const branch of node.params) order(branch.node)
}

function converterOf(
  segment: ParamSegment | RestSegment,
  route: RouteRecord,
  own: Readonly<Record<string, ParamConverter>>,
): ParamConverter | undefined {
  if (segment.converter === undefined) return undefined
  for (const known of [builtInConverters, own] as const)
    if (Object.hasOwn(known, segment.converter)) return (known as Readonly<Record<string, ParamConverter>>)[segment.converter]
  throw new HotclubError('HC_ROUTE_PARAM', {
    where: `app/${route.file}`,
    message: `There is no converter '${segment.converter}'.`,
    hint: `Define it in app/params/${segment.converter}.ts with defineParam().`,
  })
}

/** The raw paths a shape without parameters is asked for most often; other spellings go through the trie. */
function staticPaths(shape: Segment[], leaf: Leaf, policy: TrailingSlash): string[] {
  let path = ''
  for (const segment of shape) {
    if (segment.kind !== 'static' || !plainText.test(segment.text) || /[%\\?#]/.test(segment.text)) return []
    path += `/${segment.text}`
  }
  if (path === '') return ['/']
  if (policy === 'ignore') return [path, `${path}/`]
  return [policy === 'always' && !leaf.hasExtension ? `${path}/` : path]
}
