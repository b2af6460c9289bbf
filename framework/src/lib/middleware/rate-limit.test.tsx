import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RouteModule } from '../routing/types.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { createRateLimiter, rateKeyOf } from '../http/rate-limiter.ts'
import { rateLimit, type RateLimitOptions } from './rate-limit.ts'

let counter = 0
/** Limits of the same numbers share a store over the whole file, so each test has its own. */
const own = (options: Partial<RateLimitOptions> = {}): RateLimitOptions => ({ max: 2, seconds: 600 + ++counter, ...options })

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

function limited(options: RateLimitOptions, more: Record<string, RouteModule> = {}): Promise<TestApp> {
  return createTestApp({ routes: { 'a.ts': { GET: () => ({}), middleware: [rateLimit(options)] }, ...more } })
}

const from = (app: TestApp, ip: string, path = '/a', headers: Record<string, string> = {}): Promise<Response> =>
  app.fetch(Object.assign(new Request(`http://localhost${path}`, { headers }), { ip }))
const statuses = async (...responses: Array<Promise<Response>>): Promise<number[]> =>
  (await Promise.all(responses)).map(({ status }) => status)

describe('rateLimit', () => {
  it('answers 429 beyond the limit, and says when to come back', async () => {
    const limit = own({ max: 2 })
    const app = await limited(limit)
    const first = await from(app, '192.0.2.1')
    expect([first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')]).toEqual([
      `"default";q=2;w=${limit.seconds}`,
      `"default";r=1;t=${limit.seconds}`,
    ])
    await from(app, '192.0.2.1')
    const third = await from(app, '192.0.2.1')
    expect([third.status, third.headers.get('retry-after'), third.headers.get('ratelimit')]).toEqual([
      429,
      String(limit.seconds),
      `"default";r=0;t=${limit.seconds}`,
    ])
    expect(await third.text()).toContain('Try again in')
    expect(app.errors).toEqual([])
  })

  it('starts anew with the next window', async () => {
    const limit = own({ max: 1 })
    const app = await limited(limit)
    expect(await statuses(from(app, '192.0.2.1'), from(app, '192.0.2.1'))).toEqual([200, 429])
    vi.advanceTimersByTime(limit.seconds * 1_000 + 1)
    expect(await statuses(from(app, '192.0.2.1'))).toEqual([200])
  })

  it('is exact when many ask at once', async () => {
    const app = await limited(own({ max: 50 }))
    const answers = await statuses(...Array.from({ length: 200 }, () => from(app, '192.0.2.1')))
    expect(answers.filter((status) => status === 200)).toHaveLength(50)
  })

  it('counts visitors by address, of IPv6 by network', async () => {
    const app = await limited(own({ max: 1 }))
    expect(await statuses(from(app, '192.0.2.1'), from(app, '192.0.2.2'), from(app, '::ffff:192.0.2.2'))).toEqual([200, 200, 429])
    expect(await statuses(from(app, '2001:db8:1:2::1'), from(app, '2001:db8:1:2:ffff::9'), from(app, '2001:db8:1:3::1'))).toEqual([
      200, 429, 200,
    ])
  })

  it('counts by what it is told, or not at all', async () => {
    const app = await limited(own({ max: 1, by: ({ request }) => request.headers.get('x-key') ?? undefined }))
    expect(await statuses(from(app, '192.0.2.1', '/a', { 'x-key': 'k' }), from(app, '192.0.2.9', '/a', { 'x-key': 'k' }))).toEqual([
      200, 429,
    ])
    expect(await statuses(from(app, '192.0.2.1'), from(app, '192.0.2.1'))).toEqual([200, 200])
  })

  it('counts each route by itself, unless a name joins them', async () => {
    const [apart, joined] = [own({ max: 1 }), own({ max: 1, name: 'sign-in' })]
    const route = (options: RateLimitOptions): RouteModule => ({ GET: () => ({}), middleware: [rateLimit(options)] })
    const app = await limited(apart, { 'b.ts': route(apart), 'c.ts': route(joined), 'd.ts': route(joined) })
    expect(await statuses(from(app, '192.0.2.1', '/a'), from(app, '192.0.2.1', '/b'))).toEqual([200, 200])
    expect(await statuses(from(app, '192.0.2.1', '/c'), from(app, '192.0.2.1', '/d'))).toEqual([200, 429])
  })

  it('counts once for each limit a route has', async () => {
    const limit = own({ max: 2 })
    const app = await createTestApp({ routes: { 'a.ts': { GET: () => ({}), middleware: [rateLimit(limit), rateLimit(limit)] } } })
    expect(await statuses(from(app, '192.0.2.1'), from(app, '192.0.2.1'), from(app, '192.0.2.1'))).toEqual([200, 200, 429])
  })

  it('refuses limits that are none', () => {
    for (const wrong of [0, -1, 1.5, Number.NaN, Infinity]) {
      expect(() => rateLimit({ max: wrong, seconds: 60 })).toThrow(RangeError)
      expect(() => rateLimit({ max: 1, seconds: wrong })).toThrow(RangeError)
    }
  })
})

describe('createRateLimiter', () => {
  it('gives what is left', async () => {
    const limiter = createRateLimiter({ max: 2, seconds: 9_001 })
    expect(await limiter.consume('k')).toEqual({ allowed: true, remaining: 1, retryAfter: 9_001 })
    expect(await limiter.consume('k')).toMatchObject({ allowed: true, remaining: 0 })
    expect(await limiter.consume('k')).toMatchObject({ allowed: false, remaining: 0 })
    expect(await limiter.consume('other')).toMatchObject({ allowed: true })
  })
})

describe('rateKeyOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['', ''],
  ])('names %s %s', (ip, key) => {
    expect(rateKeyOf(ip)).toBe(key)
  })
})
