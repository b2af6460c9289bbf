import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTarget } from './target.ts'

describe('parseTarget', () => {
  it('splits path and query and leaves both encoded', () => {
    expect(parseTarget('http://host/a%2Fb/c?x=%20&y#frag')).toMatchObject({ pathname: '/a%2Fb/c', query: '?x=%20&y', isData: false })
    expect(parseTarget('https://host:8080?x=1').origin).toBe('https://host:8080')
    expect(parseTarget('http://host')).toMatchObject({ pathname: '/', query: '', isData: false })
  })

  it('folds data requests onto the page they are for', () => {
    expect(parseTarget('http://host/_hotclub/data/films/7?x=1')).toMatchObject({ pathname: '/films/7', query: '?x=1', isData: true })
    expect(parseTarget('http://host/_hotclub/data')).toMatchObject({ pathname: '/', query: '', isData: true })
    expect(parseTarget('http://host/_hotclub/database')).toMatchObject({ pathname: '/_hotclub/database', query: '', isData: false })
  })

  it('agrees with URL on every web URL', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        const url = new URL(text)
        const { pathname, query, isData } = parseTarget(url.href)
        // `URL` hides a lone question mark.
        expect({ pathname, query: query === '?' ? '' : query, isData }).toEqual({
          pathname: url.pathname,
          query: url.search,
          isData: false,
        })
      }),
    )
  })
})
