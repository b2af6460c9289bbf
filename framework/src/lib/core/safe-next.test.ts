import { describe, expect, it } from 'vitest'
import vectors from '../../../test/vectors/open_redirect.json' with { type: 'json' }
import { safeNext } from './safe-next.ts'

interface Vector {
  fn: string
  args: string[]
  kwargs?: { url?: string | null; allowed_hosts: string | string[] | null; require_https?: boolean }
  expected: boolean
}

// `is_same_domain` and `escape_leading_slashes` have no counterpart: origins and hosts have functions of their own, with their own vectors.
const cases = (vectors.cases as unknown as Vector[]).filter(({ fn }) => fn === 'url_has_allowed_host_and_scheme')

const targetOf = ({ args, kwargs }: Vector): string | null | undefined => (args.length > 0 ? args[0] : kwargs?.url)
// A URL with a name and password in it has no place in a redirect, whoever is allowed.
const hasPassword = (item: Vector): boolean => /^https?:\/\/[^/]*@/.test(targetOf(item) ?? '') && item.expected

function isSafe(item: Vector): boolean {
  const { allowed_hosts: allowed, require_https: https = false } = item.kwargs!
  const hosts = allowed === null ? [] : [allowed].flat()
  return safeNext(targetOf(item), 'refused', { hosts, https }) !== 'refused'
}

describe('safeNext', () => {
  it.each(cases.filter((item) => !hasPassword(item)))('decides about $args $kwargs as Django does', (item) => {
    expect(isSafe(item)).toBe(item.expected)
  })

  it.each(cases.filter(hasPassword))('is stricter about $args', (item) => {
    expect(isSafe(item)).toBe(false)
  })

  it('gives the fallback for what is no text', () => {
    for (const target of [undefined, null, 7, {}, new File([], 'x')]) expect(safeNext(target)).toBe('/')
    expect(safeNext('//evil.example', '/account')).toBe('/account')
    expect(safeNext('  /films?page=2#top ')).toBe('/films?page=2#top')
  })

  it.each([
    '/\u0000',
    '/a\tb',
    '/a\nb',
    '/\u202e',
    'https:evil.example',
    'https:/evil.example',
    'data:text/html,x',
    'blob:x',
    '//evil.example',
    '/\\evil.example',
    '%2f%2f:x',
  ])('never leads away: %j', (target) => {
    const next = safeNext(target)
    expect(new URL(next, 'https://site.example/a/b').origin).toBe('https://site.example')
  })
})
