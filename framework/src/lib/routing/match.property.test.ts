/**
 * Holds the matcher against a reference that knows no trie: it tries every route in every way, and takes the way that
 * the precedence in `docs/reference/routing.md` puts first.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findConflicts } from './conflicts.ts'
import { createMatcher } from './match.ts'
import { parseRouteId } from './segments.ts'
import type { ParamConverter, RouteRecord, Segment } from './types.ts'

const year: ParamConverter = { parse: (text) => (/^\d{4}$/.test(text) ? Number(text) : undefined), format: String }

function convert(name: string | undefined, text: string): unknown {
  if (name === undefined) return text
  if (name === 'int') return /^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
  if (name === 'slug') return /^[\w-]+$/.test(text) ? text : undefined
  return year.parse(text)
}

/** One way in which a route takes a path: a rank for each segment, lower is better, and what it captures. */
interface Way {
  route: RouteRecord
  ranks: string[]
  params: Record<string, unknown>
}

const converterRank = (name: string | undefined): number => (name === undefined ? 3 : ['year', 'int', 'slug'].indexOf(name))

/** Sorts as text: group, then less fixed text later, then the wider converter later. */
function rank(segment: Segment): string {
  if (segment.kind === 'static') return '0'
  if (segment.kind === 'rest') return `5 ${converterRank(segment.converter)}`
  const group = (segment.optional ? 3 : 1) + (segment.converter === undefined ? 1 : 0)
  const { prefix, suffix } = segment
  return `${group} ${99 - prefix.length - suffix.length} ${99 - prefix.length} ${converterRank(segment.converter)} ${prefix} ${suffix}`
}

function waysOf(segments: Segment[], parts: string[], way: Way): Way[] {
  const [segment, ...after] = segments
  // A path that ends here is better than an empty rest.
  if (!segment) return parts.length === 0 ? [{ ...way, ranks: [...way.ranks, '-'] }] : []
  const next = { ...way, ranks: [...way.ranks, rank(segment)] }
  if (segment.kind === 'rest') {
    const values = parts.map((part) => convert(segment.converter, part))
    return values.includes(undefined) ? [] : [{ ...next, params: { ...way.params, [segment.name]: values } }]
  }
  const [part, ...others] = parts
  if (segment.kind === 'static') return part === segment.text ? waysOf(after, others, next) : []
  const ways: Way[] = []
  if (part !== undefined && part.startsWith(segment.prefix) && part.endsWith(segment.suffix)) {
    const text = part.slice(segment.prefix.length, part.length - segment.suffix.length)
    const value = part.length > segment.prefix.length + segment.suffix.length ? convert(segment.converter, text) : undefined
    if (value !== undefined) ways.push(...waysOf(after, others, { ...next, params: { ...way.params, [segment.name]: value } }))
  }
  if (segment.optional) ways.push(...waysOf(after, parts, way))
  return ways
}

function compareWays(a: Way, b: Way): number {
  for (const [index, rankOfA] of a.ranks.entries()) {
    const rankOfB = b.ranks[index] ?? ''
    if (rankOfA !== rankOfB) return rankOfA < rankOfB ? -1 : 1
  }
  return 0
}

/** Where leaving out one or the other optional segment looks the same, the earlier one has the value. */
function distinctWays(route: RouteRecord, parts: string[]): Way[] {
  const ways = waysOf(route.segments, parts, { route, ranks: [], params: {} })
  const look = ({ ranks }: Way): string => ranks.map((text) => text.replace(/^3/, '1').replace(/^4/, '2')).join('/')
  return ways.filter((way, index) => ways.findIndex((other) => look(other) === look(way)) === index)
}

function reference(routes: RouteRecord[], parts: string[]): Way | undefined {
  return routes.flatMap((route) => distinctWays(route, parts)).toSorted(compareWays)[0]
}

const segmentText = fc.constantFrom(
  'a',
  'b',
  'a.xml',
  '[p]',
  '[p=int]',
  '[p=slug]',
  '[p=year]',
  '[[p]]',
  '[[p=int]]',
  '[[p=year]]',
  '[p].xml',
  'x-[p]',
  'x-[p=int]',
  'x-[p].xml',
  '[p=slug].xml',
)
const rest = fc.constantFrom('', '[...p]', '[...p=int]', '[...p=slug]')

const routeId = fc.tuple(fc.array(segmentText, { maxLength: 4 }), rest).map(([texts, end]) => {
  const all = end === '' ? texts : [...texts, end]
  return `/${all.map((text, index) => text.replace(/p(?=[\]=])/, `p${index}`)).join('/')}`
})

const routeList = fc.array(routeId, { minLength: 1, maxLength: 10 }).map((ids) => {
  const routes: RouteRecord[] = []
  for (const [index, id] of ids.entries()) {
    const route: RouteRecord = { id, file: `routes/${index}.tsx`, kind: 'page', segments: parseRouteId(id)!, root: 'root.tsx', layouts: [] }
    if (findConflicts([...routes, route], []).length === 0) routes.push(route)
  }
  return routes
})

const part = fc.constantFrom('a', 'b', 'a.xml', '7', '07', '1994', 'x-7', 'x-a.xml', 'x-7.xml', '.xml', 'x-', 'é', 'a/b', '%')

describe('createMatcher', () => {
  it('agrees with the reference on every route list and path', () => {
    fc.assert(
      fc.property(routeList, fc.array(part, { maxLength: 5 }), (routes, parts) => {
        const result = createMatcher(routes, { year })(`/${parts.map(encodeURIComponent).join('/')}`)
        const expected = reference(routes, parts)

        expect(result.kind === 'match' ? [result.route.id, result.params] : result.kind).toEqual(
          expected ? [expected.route.id, expected.params] : 'none',
        )
      }),
      { numRuns: 3000 },
    )
  })

  it('does not care for the order of the routes', () => {
    fc.assert(
      fc.property(routeList, fc.array(part, { maxLength: 5 }), (routes, parts) => {
        const path = `/${parts.map(encodeURIComponent).join('/')}`

        expect(createMatcher(routes.toReversed(), { year })(path)).toEqual(createMatcher(routes, { year })(path))
      }),
    )
  })

  it('answers any text, and redirects only within the site, once', () => {
    const hostile = fc.array(
      fc.constantFrom('/', '//', '\\', '%2F', '%5C', '%00', '%', '..', '%2e', '.', 'a', 'evil.com', '\t', 'é', '%C3%A9', ':', '@'),
    )
    const routes = ['/', '/a', '/[x]', '/[x]/[y]', '/[...rest]'].map((id, index): RouteRecord => {
      return { id, file: `routes/${index}.tsx`, kind: 'page', segments: parseRouteId(id)!, root: 'root.tsx', layouts: [] }
    })
    const matchers = (['never', 'always', 'ignore'] as const).map((trailingSlash) => createMatcher(routes, {}, { trailingSlash }))
    const paths = fc.oneof(
      hostile.map((texts) => `/${texts.join('')}`),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(paths, fc.constantFrom(...matchers), (path, match) => {
        const result = match(path)
        if (result.kind !== 'redirect') return
        expect(result.pathname).toMatch(/^\/(?![/\\])/)
        expect(new URL(result.pathname, 'http://site.test').host).toBe('site.test')
        expect(match(result.pathname).kind).toBe('match')
      }),
      { numRuns: 2000 },
    )
  })
})
