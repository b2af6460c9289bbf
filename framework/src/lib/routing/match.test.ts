import { describe, expect, it } from 'vitest'
import { createMatcher, type MatcherOptions, type MatchResult } from './match.ts'
import { parseRouteId } from './segments.ts'
import type { ParamConverter, RouteRecord } from './types.ts'

function route(id: string): RouteRecord {
  return { id, file: `routes${id}.tsx`, kind: 'page', segments: parseRouteId(id)!, root: 'root.tsx', layouts: [] }
}

function matcher(ids: string[], converters: Record<string, ParamConverter> = {}, options?: MatcherOptions): (path: string) => unknown {
  const match = createMatcher(ids.map(route), converters, options)
  return (path) => short(match(path))
}

/** `[id, params]` for a match, the kind otherwise. */
function short(result: MatchResult): unknown {
  if (result.kind === 'match') return [result.route.id, result.params]
  return result.kind === 'redirect' ? `-> ${result.pathname}` : result.kind
}

describe('createMatcher', () => {
  it('matches static paths, parameters and the root', () => {
    const match = matcher(['/', '/about', '/movies/[id=int]', '/movies/[id=int]/cast'])

    expect(match('/')).toEqual(['/', {}])
    expect(match('/about')).toEqual(['/about', {}])
    expect(match('/movies/7')).toEqual(['/movies/[id=int]', { id: 7 }])
    expect(match('/movies/7/cast')).toEqual(['/movies/[id=int]/cast', { id: 7 }])
    expect(match('/movies')).toBe('none')
    expect(match('/movies/seven')).toBe('none')
    expect(match('/About')).toBe('none')
  })

  it('prefers static, then converters, then plain parameters, then optional ones, then the rest', () => {
    const match = matcher(['/x/new', '/x/[id=int]', '/x/[name]', '/x/[[a=slug]]/[b]', '/x/[...rest]'])

    expect(match('/x/new')).toEqual(['/x/new', {}])
    expect(match('/x/7')).toEqual(['/x/[id=int]', { id: 7 }])
    expect(match('/x/seven')).toEqual(['/x/[name]', { name: 'seven' }])
    expect(match('/x/seven/b')).toEqual(['/x/[[a=slug]]/[b]', { a: 'seven', b: 'b' }])
    expect(match('/x/a/b/c')).toEqual(['/x/[...rest]', { rest: ['a', 'b', 'c'] }])
    expect(match('/x')).toEqual(['/x/[...rest]', { rest: [] }])
  })

  it('decides segment by segment and comes back when a branch ends nowhere', () => {
    const match = matcher(['/a/[x]/end', '/[y]/b/other', '/[...rest]'])

    expect(match('/a/b/end')).toEqual(['/a/[x]/end', { x: 'b' }])
    expect(match('/a/b/other')).toEqual(['/[y]/b/other', { y: 'a' }])
    expect(match('/a/b/none')).toEqual(['/[...rest]', { rest: ['a', 'b', 'none'] }])
  })

  it('takes text around a parameter, the longer one first, and never an empty value', () => {
    const match = matcher(['/[slug].xml', '/feed-[slug].xml', '/feed-[n=int].xml', '/[slug]'])

    expect(match('/feed-7.xml')).toEqual(['/feed-[n=int].xml', { n: 7 }])
    expect(match('/feed-all.xml')).toEqual(['/feed-[slug].xml', { slug: 'all' }])
    expect(match('/news.xml')).toEqual(['/[slug].xml', { slug: 'news' }])
    expect(match('/feed-.xml')).toEqual(['/[slug].xml', { slug: 'feed-' }])
    expect(match('/.xml')).toEqual(['/[slug]', { slug: '.xml' }])
  })

  it('tells own converters, then int, uuid and slug, in this order', () => {
    const uuid = '0b7e4c0e-5d0a-4f0e-9d8e-0a1b2c3d4e5f'
    const year: ParamConverter = { parse: (text) => (/^\d{4}$/.test(text) ? Number(text) : undefined), format: String }
    const match = matcher(['/[a=slug]', '/[b=uuid]', '/[c=int]', '/[d=year]'], { year })

    expect(match('/1994')).toEqual(['/[d=year]', { d: 1994 }])
    expect(match('/19940')).toEqual(['/[c=int]', { c: 19940 }])
    expect(match(`/${uuid}`)).toEqual(['/[b=uuid]', { b: uuid }])
    expect(match('/alien')).toEqual(['/[a=slug]', { a: 'alien' }])
  })

  it('gives an optional segment to the earlier name, and leaves it out of params where it is absent', () => {
    const match = matcher(['/[[a]]/[[b]]/end', '/[[lang=lang]]/[slug]/x'], {
      lang: { parse: (text) => (text === 'de' ? text : undefined), format: String },
    })

    expect(match('/end')).toEqual(['/[[a]]/[[b]]/end', {}])
    expect(match('/1/end')).toEqual(['/[[a]]/[[b]]/end', { a: '1' }])
    expect(match('/1/2/end')).toEqual(['/[[a]]/[[b]]/end', { a: '1', b: '2' }])
    expect(match('/de/alien/x')).toEqual(['/[[lang=lang]]/[slug]/x', { lang: 'de', slug: 'alien' }])
    expect(match('/alien/x')).toEqual(['/[[lang=lang]]/[slug]/x', { slug: 'alien' }])
  })

  it('converts each segment of a rest, or all of it as a path', () => {
    const match = matcher(['/sum/[...terms=int]', '/files/[...file=path]'])

    expect(match('/sum/1/2/3')).toEqual(['/sum/[...terms=int]', { terms: [1, 2, 3] }])
    expect(match('/sum/1/two')).toBe('none')
    expect(match('/files/a/b.txt')).toEqual(['/files/[...file=path]', { file: 'a/b.txt' }])
    expect(match('/files')).toEqual(['/files/[...file=path]', { file: '' }])
    expect(match('/files/a%2Fb')).toBe('none')
    expect(match('/files/a%5Cb')).toBe('none')
  })

  it('accepts integers in their shortest form only', () => {
    const match = matcher(['/[n=int]'])

    expect(match('/0')).toEqual(['/[n=int]', { n: 0 }])
    expect(match('/-7')).toEqual(['/[n=int]', { n: -7 }])
    expect(match('/9007199254740991')).toEqual(['/[n=int]', { n: 9_007_199_254_740_991 }])
    for (const text of ['07', '+7', '-0', '7.0', '1e3', '0x7', '9007199254740992', '99999999999999999999', '%20', '%D9%A7'])
      expect(match(`/${text}`), text).toBe('none')
  })

  it('accepts UUIDs in lower case with hyphens only', () => {
    const match = matcher(['/[id=uuid]'])

    expect(match('/0B7E4C0E-5D0A-4F0E-9D8E-0A1B2C3D4E5F')).toBe('none')
    expect(match('/0b7e4c0e5d0a4f0e9d8e0a1b2c3d4e5f')).toBe('none')
  })

  it('lets names that objects inherit be parameters', () => {
    const match = matcher(['/[constructor]/[toString]'])
    const [, params] = match('/a/b') as [string, object]

    expect(Object.entries(params)).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
    ])
    expect(matcher(['/[name]'])('/__proto__')).toEqual(['/[name]', { name: '__proto__' }])
  })

  it('refuses a converter that is not there, also one named like a property of every object', () => {
    expect(() => createMatcher([route('/[x=nope]')])).toThrow(expect.objectContaining({ code: 'HC_ROUTE_PARAM' }))
    expect(() => createMatcher([route('/[x=toString]')])).toThrow(expect.objectContaining({ code: 'HC_ROUTE_PARAM' }))
  })

  it('passes on what a converter throws', () => {
    const match = matcher(['/[x=broken]'], {
      broken: {
        parse() {
          throw new Error('broken converter')
        },
        format: String,
      },
    })

    expect(() => match('/a')).toThrow('broken converter')
  })
})

describe('percent-encoding', () => {
  it('is undone segment by segment: an encoded slash does not separate', () => {
    const match = matcher(['/a/b', '/[x]', '/[x]/[y]'])

    expect(match('/a%2Fb')).toEqual(['/[x]', { x: 'a/b' }])
    expect(match('/a%2fb/c%20d')).toEqual(['/[x]/[y]', { x: 'a/b', y: 'c d' }])
    expect(match('/50%25')).toEqual(['/[x]', { x: '50%' }])
    expect(match('/a+b')).toEqual(['/[x]', { x: 'a+b' }])
    expect(match('/%F0%9F%8E%AC')).toEqual(['/[x]', { x: '🎬' }])
  })

  it('of static text makes no difference', () => {
    const match = matcher(['/über uns', '/c++', '/100%', '/about', '/.well-known/a?b'])

    expect(match('/%C3%BCber%20uns')).toEqual(['/über uns', {}])
    expect(match('/u%CC%88ber%20uns')).toEqual(['/über uns', {}])
    expect(match('/c++')).toEqual(['/c++', {}])
    expect(match('/c%2B%2b')).toEqual(['/c++', {}])
    expect(match('/100%25')).toEqual(['/100%', {}])
    expect(match('/%61bout')).toEqual(['/about', {}])
    expect(match('/.well-known/a%3Fb')).toEqual(['/.well-known/a?b', {}])
  })

  it('keeps the text of a parameter as it was sent', () => {
    expect(matcher(['/[x]'])('/u%CC%88')).toEqual(['/[x]', { x: 'u\u0308' }])
  })

  it('that is broken is bad, whether a route is there or not', () => {
    const match = matcher(['/about', '/[x]'])

    for (const path of ['/%', '/%4', '/%zz', '/a/b/%E0%A4%A', '/%FF', '/%C0%AF', '/%ED%A0%80', '/%00', '/a%0d%0aSet-Cookie:x', '/%7F'])
      expect(match(path), path).toBe('bad')
  })
})

describe('odd paths', () => {
  it('with characters that no URL holds are bad', () => {
    const match = matcher(['/[x]', '/[...rest]'])

    for (const path of ['', '*', 'about', 'http://a/b', '/a b', '/ä', '/a\\b', '/\\evil.com', '/a\u0000', '/a\tb', '/a?b', '/a#b'])
      expect(match(path), JSON.stringify(path)).toBe('bad')
  })

  it('with empty segments match nothing, not even a rest', () => {
    const match = matcher(['/', '/[...rest]', '/a/b'])

    for (const path of ['//', '//a', '/a//b', '/a/b//', '//evil.com/', '///']) expect(match(path), path).toBe('none')
  })

  it('with dot segments match nothing, encoded or not', () => {
    const match = matcher(['/[x]', '/[...rest]', '/files/[...file=path]'])

    for (const path of ['/.', '/..', '/../etc', '/files/../../etc', '/%2e%2E/etc', '/files/.%2e/x']) expect(match(path), path).toBe('none')
    expect(match('/..%2F')).toEqual(['/[x]', { x: '../' }])
  })
})

describe('trailing slash', () => {
  const ids = ['/', '/about', '/movies/[id=int]', '/sitemap.xml', '/[slug].json', '/docs/[...rest]']

  it("'never' redirects to the path without it", () => {
    const match = matcher(ids)

    expect(match('/')).toEqual(['/', {}])
    expect(match('/about/')).toBe('-> /about')
    expect(match('/movies/7/')).toBe('-> /movies/7')
    expect(match('/sitemap.xml/')).toBe('-> /sitemap.xml')
    expect(match('/docs/a%20b/')).toBe('-> /docs/a%20b')
    expect(match('/nothing/')).toBe('none')
  })

  it("'always' redirects to the path with it, but not for a name with an extension", () => {
    const match = matcher(ids, {}, { trailingSlash: 'always' })

    expect(match('/')).toEqual(['/', {}])
    expect(match('/about')).toBe('-> /about/')
    expect(match('/about/')).toEqual(['/about', {}])
    expect(match('/movies/7')).toBe('-> /movies/7/')
    expect(match('/movies/7/')).toEqual(['/movies/[id=int]', { id: 7 }])
    expect(match('/sitemap.xml')).toEqual(['/sitemap.xml', {}])
    expect(match('/sitemap.xml/')).toBe('-> /sitemap.xml')
    expect(match('/a.json/')).toBe('-> /a.json')
    expect(match('/nothing')).toBe('none')
  })

  it("'ignore' answers at both", () => {
    const match = matcher(ids, {}, { trailingSlash: 'ignore' })

    expect(match('/about')).toEqual(['/about', {}])
    expect(match('/about/')).toEqual(['/about', {}])
    expect(match('/movies/7/')).toEqual(['/movies/[id=int]', { id: 7 }])
  })

  it('never redirects to another host', () => {
    const match = matcher(['/[...rest]', '/[x]'])

    expect(match('//evil.com/')).toBe('none')
    expect(match('/\\evil.com/')).toBe('bad')
    expect(match('/%2Fevil.com/')).toBe('-> /%2Fevil.com')
    expect(match('/%5Cevil.com/')).toBe('-> /%5Cevil.com')
  })
})

describe('work for a hostile path', () => {
  it('is bounded by the routes there are: overlapping optional and rest routes try no place twice', () => {
    let calls = 0
    const any: ParamConverter = {
      parse(text) {
        calls++
        return text === 'never' ? undefined : text
      },
      format: String,
    }
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const converters = Object.fromEntries(names.map((name) => [name, any]))
    // Every route goes the same way for four segments and then asks for a text that does not come.
    const ids = names.flatMap((name) => [
      `/[[p=${name}]]/[[q=${name}]]/[[r=${name}]]/[[s=${name}]]/end-${name}`,
      `/[p=${name}]/[q]/[r=${name}]/[s]/end-${name}`,
      `/[[p]]/[q=${name}]/[[r]]/[s=${name}]/end-${name}`,
    ])
    const match = matcher(ids, converters)

    expect(match(`/${'x/'.repeat(3000)}y`)).toBe('none')
    expect(calls).toBeLessThan(500)

    calls = 0
    expect(match('/x/x/x/x/x')).toBe('none')
    expect(calls).toBeLessThan(500)
  })

  it('converts a rest once', () => {
    let calls = 0
    const counted: ParamConverter = {
      parse(text) {
        calls++
        return text === 'y' ? undefined : text
      },
      format: String,
    }
    const match = matcher(['/[[a]]/[[b]]/[[c]]/[...rest=counted]'], { counted })

    expect(match(`/${'x/'.repeat(1000)}y`)).toBe('none')
    expect(calls).toBeLessThanOrEqual(4 * 1001)
  })
})
