import { describe, expect, it } from 'vitest'
import conditional from '../../../test/vectors/conditional_get.json' with { type: 'json' }
import vectors from '../../../test/vectors/http_headers.json' with { type: 'json' }
import { mergeCacheControl, type CacheDirectives } from './cache-control.ts'
import { evaluateConditions } from './conditions.ts'
import { parseEtags, quoteEtag } from './etag.ts'
import { httpDate, parseHttpDate } from './http-date.ts'
import { mergeVary } from './vary.ts'

interface HeaderCase {
  fn: string
  args: unknown[]
  kwargs?: CacheDirectives
  before?: { Vary: string | null; 'Cache-Control': string | null }
  expected?: unknown
  raises?: string
  source: string
}

const cases = vectors.cases as unknown as HeaderCase[]
const of = (name: string): HeaderCase[] => cases.filter(({ fn }) => fn === name)
/** Nothing here has such a thing yet, or it stands elsewhere: `parse_cookie` is `cookie.ts`, file names are `safe-filename.ts`. */
const elsewhere = [
  'base36_to_int',
  'int_to_base36',
  'content_disposition_header',
  'parse_accept_lang_header',
  'parse_cookie',
  'parse_header_parameters',
  'request.accepts',
  'request.get_preferred_type',
]

describe('headers as Django reads and writes them', () => {
  it('leaves out no kind of case', () => {
    const here = ['http_date', 'parse_http_date', 'parse_etags', 'quote_etag', 'patch_vary_headers', 'patch_cache_control']
    expect([...new Set(cases.map(({ fn }) => fn))].toSorted()).toEqual([...here, ...elsewhere].toSorted())
  })

  it.each(of('http_date'))('writes a date: $source', ({ args, expected }) => {
    expect(httpDate(new Date((args[0] as number) * 1_000))).toBe(expected)
  })

  it.each(of('parse_http_date'))('reads a date: $args', ({ args, expected }) => {
    expect(parseHttpDate(args[0] as string)).toBe(expected === undefined ? undefined : (expected as number) * 1_000)
  })

  it.each([
    ['Sunday, 06-Nov-94 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
    ['Sun, 06 Nov 1994 24:49:37 GMT', undefined],
    ['Mon, 32 Oct 2010 16:56:23 GMT', undefined],
    ['Sun, 29 Feb 2026 16:56:23 GMT', undefined],
    ['yesterday', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseHttpDate(text)).toBe(expected)
  })

  it.each(of('parse_etags'))('reads tags: $args', ({ args, expected }) => {
    expect(parseEtags(args[0] as string)).toEqual(expected)
  })

  it.each(of('quote_etag'))('quotes a tag: $args', ({ args, expected }) => {
    expect(quoteEtag(args[0] as string)).toBe(expected)
  })

  it.each(of('patch_vary_headers'))('adds $args to Vary $before.Vary', ({ before, args, expected }) => {
    expect(mergeVary(before!.Vary ?? undefined, args[0] as string[])).toBe((expected as { Vary: string }).Vary)
  })

  it.each(of('patch_cache_control'))('adds $kwargs to Cache-Control $before', ({ before, kwargs, expected }) => {
    // Of one call that says both `private` and `public`, Django keeps both; here the later one counts.
    const control = (expected as { 'Cache-Control': string })['Cache-Control'].replace('private, public', 'public')
    expect(mergeCacheControl(before!['Cache-Control'] ?? undefined, kwargs!)).toBe(control)
  })

  it('takes a directive away', () => {
    expect(mergeCacheControl('max-age=5, public', { public: false, maxAge: 9 })).toBe('max-age=5')
  })
})

interface ConditionalCase {
  method: string
  request_headers: Record<string, string>
  etag: string | null
  last_modified: number | null
  view_status: number | null
  expected_status: 304 | 412 | null
  source: string
}

const conditions = conditional.cases as unknown as ConditionalCase[]
/** Of other answers there is no version: `server/conditional.test.ts` has those cases. */
const isGood = ({ view_status }: ConditionalCase): boolean => view_status === null || (view_status >= 200 && view_status < 300)

describe('conditional requests, as Django decides them', () => {
  it.each(conditions.filter(isGood))('$method $request_headers, $etag, $last_modified: $expected_status', (vector) => {
    const headers = Object.fromEntries(Object.entries(vector.request_headers).map(([name, value]) => [name.toLowerCase(), value]))
    const decided = evaluateConditions(
      { method: vector.method, header: (name) => headers[name] },
      {
        etag: vector.etag ?? undefined,
        lastModified: vector.last_modified === null ? undefined : new Date(vector.last_modified * 1_000),
      },
    )
    expect(decided ?? null).toBe(vector.expected_status)
  })
})
