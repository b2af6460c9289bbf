import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { isHotclubError } from '../core/hotclub-error.ts'
import { configureHref, href } from './href.ts'
import { createMatcher } from './match.ts'
import { parseRouteId } from './segments.ts'
import type { ParamConverter } from './types.ts'

afterEach(() => configureHref({}))

/** The message of the HC_HREF error that `work` ends with. */
function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (isHotclubError(error) && error.code === 'HC_HREF') return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

const released: ParamConverter<Date> = {
  parse: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : undefined),
  format: (date) => date.toISOString().slice(0, 10),
}

describe('href', () => {
  it('writes static paths and parameters', () => {
    expect(href('/')).toBe('/')
    expect(href('/about')).toBe('/about')
    expect(href('/movies/[id=int]/cast', { id: 7 })).toBe('/movies/7/cast')
    expect(href('/feed-[n=int].xml', { n: 3 })).toBe('/feed-3.xml')
  })

  it('leaves out optional segments and empty rests', () => {
    expect(href('/[[lang]]/about')).toBe('/about')
    expect(href('/[[lang]]/about', { lang: 'de' })).toBe('/de/about')
    expect(href('/[[lang]]')).toBe('/')
    expect(href('/docs/[...rest]', { rest: [] })).toBe('/docs')
    expect(href('/docs/[...rest]', { rest: ['a b', 'c/d'] })).toBe('/docs/a%20b/c%2Fd')
    expect(href('/files/[...file=path]', { file: 'a/b c.txt' })).toBe('/files/a/b%20c.txt')
  })

  it('encodes what would mean something else, and leaves the rest legible', () => {
    expect(href('/[x]', { x: 'a/b?c#d%é' })).toBe('/a%2Fb%3Fc%23d%25%C3%A9')
    expect(href('/[x]', { x: 'me@home,1+1=2;$&:' })).toBe('/me@home,1+1=2;$&:')
    expect(href('/[x]', { x: '/evil.com' })).toBe('/%2Fevil.com')
    expect(href('/über uns')).toBe('/%C3%BCber%20uns')
    expect(href('/c++')).toBe('/c++')
  })

  it('writes the query: arrays repeat, dates are ISO, nothing stands for undefined and null', () => {
    const search = { q: 'a b&c', tag: ['x', 'y'], at: new Date(0), n: 10n, on: true, no: undefined, nil: null, none: [] }

    expect(href('/', {}, { search })).toBe('/?q=a+b%26c&tag=x&tag=y&at=1970-01-01T00%3A00%3A00.000Z&n=10&on=true')
    expect(href('/', {}, { search: { a: undefined }, hash: 'top' })).toBe('/#top')
    expect(href('/', {}, { hash: '#a b' })).toBe('/#a%20b')
  })

  it('formats through own converters where they are known, and takes texts and numbers elsewhere', () => {
    expect(href('/on/[day=released]', { day: '1979-05-25' })).toBe('/on/1979-05-25')
    expect(refusal(() => href('/on/[day=released]', { day: new Date(0) }))).toBe(
      "The parameter 'day' of '/on/[day=released]' is not a text or number.",
    )

    configureHref({ converters: { released: released as ParamConverter } })
    expect(href('/on/[day=released]', { day: new Date('1979-05-25') })).toBe('/on/1979-05-25')
  })

  it('follows the trailing-slash policy', () => {
    configureHref({ trailingSlash: 'always' })

    expect(href('/')).toBe('/')
    expect(href('/about')).toBe('/about/')
    expect(href('/sitemap.xml')).toBe('/sitemap.xml')
    expect(href('/[slug].json', { slug: 'a' })).toBe('/a.json')
    expect(href('/.well-known/[name]', { name: 'a.b' }, { search: { q: 1 } })).toBe('/.well-known/a.b/?q=1')
  })

  it('refuses what no URL of the route can say', () => {
    expect(refusal(() => href('/movies/[id=int]'))).toBe("The parameter 'id' of '/movies/[id=int]' is missing.")
    expect(refusal(() => href('/movies/[id=int]', { id: 7.5 }))).toBe("'7.5' does not fit the parameter 'id' of '/movies/[id=int]'.")
    expect(refusal(() => href('/movies/[id=int]', { id: NaN }))).toBe("'NaN' does not fit the parameter 'id' of '/movies/[id=int]'.")
    expect(refusal(() => href('/[x]', { x: '' }))).toBe("'' does not fit the parameter 'x' of '/[x]'.")
    expect(refusal(() => href('/[x]', { x: '..' }))).toBe(`".." cannot be a segment of a URL ('/[x]').`)
    expect(refusal(() => href('/[x]', { x: 'a\nb' }))).toBe(`"a\\nb" cannot be a segment of a URL ('/[x]').`)
    expect(refusal(() => href('/[x]', { x: '\uD800' }))).toBe(`"\\ud800" cannot be a segment of a URL ('/[x]').`)
    expect(refusal(() => href('/[x]', { x: { a: 1 } }))).toBe("The parameter 'x' of '/[x]' is not a text or number.")
    expect(refusal(() => href('/[...x]', { x: 'a' }))).toBe("The parameter 'x' of '/[...x]' takes an array, one value a segment.")
    expect(refusal(() => href('/[...x=path]', { x: 'a/../b' }))).toBe("'a/../b' does not fit the parameter 'x' of '/[...x=path]'.")
    expect(refusal(() => href('/[toString]'))).toBe("The parameter 'toString' of '/[toString]' is missing.")
    expect(refusal(() => href('/', {}, { search: { at: new Date(NaN) } }))).toBe(
      "The query cannot hold this value of 'at': an invalid date.",
    )
    expect(refusal(() => href('/', {}, { search: { at: {} } }))).toBe("The query cannot hold this value of 'at': object.")
    expect(refusal(() => href('about'))).toBe("'about' is not the id of a route.")
    expect(refusal(() => href('/[id'))).toBe("'/[id' is not the id of a route.")
  })

  it('writes paths that match their route with the same params', () => {
    const id = '/a b/[x]-ü/[n=int]/[[o]]/[...rest]'
    const match = createMatcher([{ id, file: `routes${id}.tsx`, kind: 'page', segments: parseRouteId(id)!, root: 'root.tsx', layouts: [] }])
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/^\.{1,2}$|[\x00-\x1f\x7f]/.test(value))
    const params = fc.record({ x: text, n: fc.maxSafeInteger().map((n) => n + 0), o: text, rest: fc.array(text) })
    fc.assert(
      fc.property(params, (values) => {
        const result = match(href(id, values))

        expect(result.kind === 'match' && result.params).toEqual(values)
      }),
    )
  })
})
