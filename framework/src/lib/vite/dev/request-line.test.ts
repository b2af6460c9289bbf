import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { requestLine, type RequestFacts } from './request-line.ts'

const line = (facts: Partial<RequestFacts>) =>
  stripVTControlCharacters(requestLine({ method: 'GET', target: '/', status: 200, ms: 12.4, queries: [], aborted: false, ...facts }))
const query = (sql: string) => ({ sql, milliseconds: 1 })

describe('requestLine', () => {
  it('says method, path, status and time', () => {
    expect(line({ target: '/films?page=2', status: 404 })).toBe('GET    /films?page=2                    404    12 ms')
  })

  it('keeps its columns whatever the method and the path', () => {
    const column = (facts: Partial<RequestFacts>) => line(facts).indexOf('200')

    expect(column({ method: 'DELETE', target: '/films/7' })).toBe(column({}))
    expect(column({ target: '/_hotclub/data/films' })).toBe(column({}))
  })

  it('marks data requests, by the path of their page', () => {
    expect(line({ target: '/_hotclub/data/films' })).toContain('/films (data) ')
    expect(line({ target: '/_hotclub/data/' })).toContain(' / (data) ')
    expect(line({ target: '/_hotclub/database' })).not.toContain('(data)')
  })

  it('counts queries, and flags one that is sent again and again', () => {
    expect(line({ queries: [query('a')] })).toMatch(/ {2}1 query$/)
    expect(line({ queries: [query('a'), query('a'), query('b')] })).toMatch(/ {2}3 queries$/)
    expect(line({ queries: [query('a'), query('b'), query('a'), query('a')] })).toMatch(/ {2}4 queries, 3 alike$/)
  })

  it('hides secrets in the query string', () => {
    expect(line({ target: '/reset?token=abc&page=2' })).toContain('/reset?token=[redacted]&page=2')
  })

  it('tells of a client that left, and of long times in seconds', () => {
    expect(line({ aborted: true, ms: 2345 })).toMatch(/2\.3 s {3}client left$/)
  })
})
