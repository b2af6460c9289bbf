import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBodyTooLarge } from './body-error.ts'
import { matchesIfRange, weakenEtag } from './etag.ts'
import { isValidHost } from './host.ts'
import { contentTypeOf, isCompressible } from './media-type.ts'
import { redact, redactTarget } from './redact.ts'
import { createRequestId, isSafeRequestId, requestIdOf, setRequestId } from './request-id.ts'

describe('entity tags', () => {
  it('match If-Range only when strong, or by the exact date', () => {
    expect(matchesIfRange('"a"', '"a"', 'then')).toBe(true)
    expect(matchesIfRange('W/"a"', '"a"', 'then')).toBe(false)
    expect(matchesIfRange('then', '"a"', 'then')).toBe(true)
  })

  it('become weak once', () => {
    expect(weakenEtag(weakenEtag('"a"'))).toBe('W/"a"')
  })
})

describe('isValidHost', () => {
  it('takes names and addresses with ports', () => {
    for (const host of ['a', 'a.example', 'a-b.example:8080', '127.0.0.1', '[::1]:3000', 'my_service', 'a.example.'])
      expect.soft(isValidHost(host), host).toBe(true)
  })

  it('takes nothing that would end elsewhere in a URL', () => {
    for (const host of ['', 'a b', 'a/b', 'a@b', 'a?b', 'a#b', 'a:b', 'a:99999', '1.2.3.999', '[:::1]', 'ä', 'a\\b', 'a,b', '[::1'])
      expect.soft(isValidHost(host), host).toBe(false)
  })

  it('accepts only what stays the host of its URL', () => {
    fc.assert(
      fc.property(fc.string(), (host) => {
        if (!isValidHost(host)) return
        const url = new URL(`http://${host}/path`)
        expect([url.pathname, url.username, url.search]).toEqual(['/path', '', ''])
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('media types', () => {
  it('come with a charset for text', () => {
    expect(contentTypeOf('/a/b.js')).toBe('text/javascript; charset=utf-8')
    expect(contentTypeOf('x.webmanifest')).toBe('application/manifest+json; charset=utf-8')
    expect(contentTypeOf('x.svg')).toBe('image/svg+xml; charset=utf-8')
    expect(contentTypeOf('x.woff2')).toBe('font/woff2')
    expect(contentTypeOf('x.wasm')).toBe('application/wasm')
    expect(contentTypeOf('noending')).toBe('application/octet-stream')
  })

  it('say what shrinks', () => {
    for (const type of ['text/html; charset=utf-8', 'application/json', 'application/wasm', 'font/ttf', 'text/x-hotclub'])
      expect.soft(isCompressible(type), type).toBe(true)
    for (const type of ['image/png', 'font/woff2', 'application/zip', 'video/mp4']) expect.soft(isCompressible(type), type).toBe(false)
  })
})

describe('request ids', () => {
  it('differ, are safe, and stay with their request', () => {
    const ids = new Set(Array.from({ length: 1_000 }, createRequestId))
    expect(ids.size).toBe(1_000)
    expect([...ids].every(isSafeRequestId)).toBe(true)
    const request = new Request('http://a/')
    expect(requestIdOf(request)).toBe(requestIdOf(request))
    setRequestId(request, 'given')
    expect(requestIdOf(request)).toBe('given')
  })

  it('from outside may not break out of a log line or header', () => {
    for (const id of ['', 'a b', 'a"b', 'a\nb', 'ä', 'a'.repeat(129), '<b>']) expect.soft(isSafeRequestId(id), id).toBe(false)
  })
})

describe('redact', () => {
  it('hides by name at any depth, and leaves the original alone', () => {
    const fields = { user: { password: 'p', name: 'n', list: [{ accessToken: 't' }] } }
    expect(redact(fields)).toEqual({ user: { password: '[redacted]', name: 'n', list: [{ accessToken: '[redacted]' }] } })
    expect(fields.user.password).toBe('p')
  })

  it('comes to an end with circles', () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    expect(JSON.stringify(redact(circle))).toContain('[deep]')
  })

  it('hides secret parameters of a target and cuts long ones', () => {
    expect(redactTarget('/a?code=1&q=2&token')).toBe('/a?code=[redacted]&q=2&token')
    expect(redactTarget(`/${'a'.repeat(2_000)}`)).toHaveLength(1_001)
  })
})

describe('isBodyTooLarge', () => {
  it('looks through causes', () => {
    const error = Object.assign(new Error('x'), { code: 'ERR_BODY_TOO_LARGE' })
    expect(isBodyTooLarge(new TypeError('failed', { cause: error }))).toBe(true)
    expect(isBodyTooLarge(new Error('other'))).toBe(false)
    expect(isBodyTooLarge('text')).toBe(false)
  })
})
