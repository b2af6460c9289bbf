import { describe, expect, it } from 'vitest'
import vectors from '../../../test/vectors/csrf.json' with { type: 'json' }
import { createCsrfSecret, createOriginCheck, decideCsrf, maskCsrf, matchesCsrf } from './csrf.ts'

interface Vector {
  fn?: string
  settings: { ALLOWED_HOSTS: string[]; CSRF_TRUSTED_ORIGINS?: string[] }
  method: string
  secure: boolean
  headers: Record<string, string>
  view_csrf_exempt: boolean
  allowed: boolean
  reason: string | null
  source: string
}

const requests = (vectors.cases as unknown as Vector[]).filter(({ fn }) => fn === undefined)

/** What ours says without a token: none of Django's tokens is one of ours. */
function verdictOf({ settings, method, secure, headers }: Vector): string {
  const host = headers['Host'] ?? settings.ALLOWED_HOSTS[0]!
  const said = { method, site: null, origin: headers['Origin'] ?? null, own: `${secure ? 'https' : 'http'}://${host}` }
  return decideCsrf(said, createOriginCheck(settings.CSRF_TRUSTED_ORIGINS ?? [])).kind
}

const isSafe = ({ method }: Vector): boolean => method === 'GET'
const hasOrigin = ({ headers }: Vector): boolean => 'Origin' in headers

describe('decideCsrf', () => {
  it.each(requests.filter(({ allowed }) => !allowed))('never allows what Django refuses: $source ($reason)', (vector) => {
    expect(verdictOf(vector)).not.toBe('allowed')
  })

  it.each(requests.filter((item) => item.allowed && (isSafe(item) || hasOrigin(item))))('allows what Django allows: $source', (vector) => {
    expect(verdictOf(vector)).toBe('allowed')
  })

  // Django reads Referer, and takes its own token by itself; ours wants its own token wherever a browser sends no Origin.
  it.each(requests.filter((item) => item.allowed && !isSafe(item) && !hasOrigin(item)))(
    'asks for a token of ours instead: $source',
    (vector) => {
      expect(verdictOf(vector)).toBe('token')
    },
  )

  it.each([
    ['same-origin', null, 'allowed'],
    ['none', null, 'allowed'],
    ['same-site', null, 'refused'],
    ['cross-site', null, 'refused'],
    ['made-up', null, 'refused'],
    ['same-origin', 'https://site.example', 'allowed'],
    ['same-origin', 'http://site.example', 'allowed'],
    ['same-origin', 'https://evil.example', 'refused'],
    ['none', 'https://evil.example', 'refused'],
    ['same-origin', 'null', 'refused'],
    ['cross-site', 'https://site.example', 'refused'],
    ['cross-site', 'https://trusted.example', 'allowed'],
    ['same-site', 'https://a.trusted.example', 'refused'],
    ['same-site', 'https://a.sub.example', 'allowed'],
    ['cross-site', 'https://asub.example', 'refused'],
    ['cross-site', 'https://sub.example', 'refused'],
    [null, 'https://site.example', 'allowed'],
    [null, 'https://site.example:443', 'allowed'],
    [null, 'http://site.example', 'refused'],
    [null, 'https://site.example:8443', 'refused'],
    [null, 'https://site.example.evil.example', 'refused'],
    [null, 'https://evil.example/https://site.example', 'refused'],
    [null, '', 'refused'],
    [null, null, 'token'],
  ])('with Sec-Fetch-Site %s and Origin %s: %s', (site, origin, kind) => {
    const isTrusted = createOriginCheck(['https://trusted.example', 'https://*.sub.example'])
    expect(decideCsrf({ method: 'POST', site, origin, own: 'https://site.example' }, isTrusted).kind).toBe(kind)
  })

  it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE'])('lets %s through', (method) => {
    expect(decideCsrf({ method, site: 'cross-site', origin: 'null', own: 'https://a' }, () => false).kind).toBe('allowed')
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'MADE-UP'])('asks %s', (method) => {
    expect(decideCsrf({ method, site: 'cross-site', origin: null, own: 'https://a' }, () => false).kind).toBe('refused')
  })
})

describe('a token', () => {
  it('is another one each time, and good for its own secret only', () => {
    const [secret, other] = [createCsrfSecret(), createCsrfSecret()]
    const [one, two] = [maskCsrf(secret), maskCsrf(secret)]
    expect(one).not.toBe(two)
    expect([matchesCsrf(one, secret), matchesCsrf(two, secret), matchesCsrf(one, other)]).toEqual([true, true, false])
    for (const wrong of ['', 'x', secret, `${one}A`, one.slice(2), '\u{1f600}'.repeat(16)])
      expect(matchesCsrf(wrong, secret), wrong).toBe(false)
  })
})
