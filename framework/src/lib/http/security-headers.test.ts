import { describe, expect, it } from 'vitest'
import vectors from '../../../test/vectors/security_headers.json' with { type: 'json' }
import { defineSettings, type SettingsInput } from '../core/settings.ts'
import { createTestApp } from '../testing/test-app.ts'
import { createSecurityHeaders } from './security-headers.ts'

interface Vector {
  settings: {
    SECURE_HSTS_SECONDS: number
    SECURE_HSTS_INCLUDE_SUBDOMAINS: boolean
    SECURE_HSTS_PRELOAD: boolean
    SECURE_CONTENT_TYPE_NOSNIFF: boolean
    SECURE_REFERRER_POLICY: string | string[] | null
    SECURE_CROSS_ORIGIN_OPENER_POLICY: string | null
  }
  secure: boolean
  view_response_headers: Record<string, string>
  expected_headers: Record<string, string>
  source: string
}

const cases = vectors.cases as unknown as Vector[]
const compared = ['strict-transport-security', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy']

/** Django's settings in ours. A list of referrer policies is written as the header has it. */
function settingsOf({ settings: from }: Vector): SettingsInput {
  const referrer = Array.isArray(from.SECURE_REFERRER_POLICY) ? from.SECURE_REFERRER_POLICY.join(',') : from.SECURE_REFERRER_POLICY
  return {
    hosts: ['testserver'],
    security: {
      hsts:
        from.SECURE_HSTS_SECONDS === 0
          ? false
          : {
              seconds: from.SECURE_HSTS_SECONDS,
              subdomains: from.SECURE_HSTS_INCLUDE_SUBDOMAINS,
              preload: from.SECURE_HSTS_PRELOAD,
            },
      headers: {
        ...(from.SECURE_CONTENT_TYPE_NOSNIFF ? {} : { 'X-Content-Type-Options': false }),
        'Referrer-Policy': referrer?.replaceAll(' ', '') ?? false,
        'Cross-Origin-Opener-Policy': from.SECURE_CROSS_ORIGIN_OPENER_POLICY ?? false,
      },
    },
  }
}

describe('the headers of an answer', () => {
  it.each(cases)('are those of Django: $source $settings', async (vector) => {
    const app = await createTestApp({
      routes: { 'some/url.ts': { GET: () => new Response('', { headers: vector.view_response_headers }) } },
      settings: defineSettings({}, () => settingsOf(vector)),
    })
    const { headers } = await app.fetch(new Request(`${vector.secure ? 'https' : 'http'}://testserver/some/url`))
    const expected = new Headers(vector.expected_headers)
    expect(compared.map((name) => [name, headers.get(name)])).toEqual(compared.map((name) => [name, expected.get(name)]))
  })
})

describe('createSecurityHeaders', () => {
  const { security } = defineSettings({})

  it('gives the same list to every answer without inline parts', () => {
    const headers = createSecurityHeaders(security, [])
    expect(headers.of(true)).toBe(headers.of(true))
    expect(Object.fromEntries(headers.of(true))).toEqual({
      'content-security-policy': expect.stringContaining("script-src 'self';"),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })

  it('lets an inner level have the last word', () => {
    const layers = [
      { csp: false as const, headers: { 'x-a': '1', 'x-b': '1' } },
      { csp: { imgSrc: ['self'] }, headers: { 'X-A': false as const } },
    ]
    const headers = Object.fromEntries(createSecurityHeaders(security, layers).of(false))
    expect(headers['content-security-policy']).toContain("img-src 'self'")
    expect([headers['x-a'], headers['x-b']]).toEqual([undefined, '1'])
    expect(
      createSecurityHeaders(security, layers.toReversed())
        .of(false)
        .map(([name]) => name),
    ).not.toContain('content-security-policy')
  })

  it('sends a policy that is only watched beside the one that holds, with a place to report to', () => {
    const headers = Object.fromEntries(createSecurityHeaders(security, [{ cspReportOnly: { imgSrc: ['none'] } }]).of(false))
    expect(headers['content-security-policy']).toContain("img-src 'self' data: blob:")
    expect(headers['content-security-policy-report-only']).toMatch(/img-src 'none'.*report-uri \/_hotclub\/csp-report/)
  })
})
