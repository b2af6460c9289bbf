import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setLogger, type Logger } from '../core/log.ts'
import { defineSettings, type SettingsInput } from '../core/settings.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { Form } from '../view/form.tsx'

const warn = vi.fn<Logger['warn']>()
beforeEach(() => setLogger({ debug() {}, info() {}, warn, error() {} }))
afterEach(() => {
  setLogger(undefined)
  warn.mockClear()
})

let acted = 0
const routes = {
  'index.tsx': {
    default: (): ReactNode => (
      <Form method="post">
        <button>Send</button>
      </Form>
    ),
    action: ({ form }: any) => ({ acted: ++acted, fields: [...form.keys()] }),
  },
  'kept.tsx': { default: () => <Form method="post" />, action: () => ({}), cache: { seconds: 60 } },
  'hook.ts': { POST: () => ({ acted: ++acted }), security: { csrf: false } },
  'api.ts': {
    GET: () => ({}),
    POST: async ({ request }: any) => ({ acted: ++acted, body: await request.text() }),
    PUT: () => ({ acted: ++acted }),
    DELETE: () => ({ acted: ++acted }),
  },
}

const appWith = (settings: SettingsInput = {}): Promise<TestApp> => createTestApp({ routes, settings: defineSettings({}, () => settings) })

/** A request as it is, without what `request()` adds. */
function send(app: TestApp, url: string, init: RequestInit = {}): Promise<Response> {
  return app.fetch(new Request(new URL(url, 'http://localhost'), init))
}
const form = (headers: Record<string, string>, fields: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers,
  body: new URLSearchParams(fields),
})

describe('hosts', () => {
  it('are this machine alone where nothing is set', async () => {
    const app = await appWith()
    for (const host of ['localhost', 'localhost:3000', 'a.localhost', '127.0.0.1:81', '[::1]:3000'])
      expect((await send(app, `http://${host}/api`)).status, host).toBe(200)
    const refused = await send(app, 'http://matinee.example/api')
    expect([refused.status, await refused.text(), refused.headers.get('x-frame-options')]).toEqual([
      400,
      'This host is not known here.\n',
      'DENY',
    ])
    expect(warn).toHaveBeenCalledWith(
      expect.objectContaining({ host: 'matinee.example', hint: expect.stringContaining('hosts') }),
      expect.any(String),
    )
  })

  it('are those of the setting', async () => {
    const app = await appWith({ hosts: ['matinee.example', '.films.example'] })
    for (const [host, status] of Object.entries({
      'matinee.example': 200,
      'MATINEE.example:8080': 200,
      'films.example': 200,
      'a.films.example': 200,
      'a.matinee.example': 400,
      'matinee.example.evil.example': 400,
      'evilfilms.example': 400,
      localhost: 400,
    }))
      expect((await send(app, `http://${host}/api`)).status, host).toBe(status)
  })

  it('are checked before any code of the app runs', async () => {
    const before = acted
    const app = await appWith()
    expect((await send(app, 'http://evil.example/hook', { method: 'POST' })).status).toBe(400)
    expect((await send(app, 'http://evil.example/_hotclub/csp-report', { method: 'POST' })).status).toBe(400)
    expect(acted).toBe(before)
  })
})

describe('security.https', () => {
  it('sends visitors to https, with path and query', async () => {
    const app = await appWith({ hosts: ['matinee.example'], security: { https: true } })
    const moved = await send(app, 'http://matinee.example/_hotclub/data/a%20b?x=1')
    expect([moved.status, moved.headers.get('location')]).toEqual([308, 'https://matinee.example/_hotclub/data/a%20b?x=1'])
    expect((await send(app, 'https://matinee.example/api')).status).toBe(200)
    expect((await send(app, 'http://evil.example/')).status).toBe(400)
  })
})

describe('a request that may change something', () => {
  it.each<[string, Record<string, string>, number]>([
    ['from a page of the site', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }, 200],
    ['by an older browser', { origin: 'http://localhost' }, 200],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['from a subdomain', { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost' }, 403],
    ['from another site by an older browser', { origin: 'https://evil.example' }, 403],
    ['from another port', { origin: 'http://localhost:8080' }, 403],
    ['from a sandbox', { 'sec-fetch-site': 'cross-site', origin: 'null' }, 403],
    ['with the origin hidden', { origin: 'null' }, 403],
    ['with a contradiction', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, 403],
    ['from nobody knows where', {}, 403],
    ['with a made-up token', { 'x-csrf-token': 'A'.repeat(43), cookie: 'csrf=A.1.B' }, 403],
  ])('%s', async (_what, headers, status) => {
    const app = await appWith()
    for (const path of ['/', '/_hotclub/data/', '/api', '/missing']) {
      const before = acted
      const response = await send(app, path, form(headers))
      const expected = path === '/missing' && status === 200 ? 404 : status
      expect([path, response.status, acted - before]).toEqual([path, expected, expected === 200 ? 1 : 0])
    }
    for (const method of ['PUT', 'DELETE']) expect((await send(app, '/api', { method, headers })).status).toBe(status)
    expect(app.errors).toEqual([])
  })

  it('is refused in words, by the ErrorView, and with a reason in the log', async () => {
    const app = await appWith()
    const response = await send(app, '/', form({ origin: 'https://evil.example' }))
    expect(await response.text()).toContain('Load the page again')
    expect(warn.mock.calls[0]![0]).toMatchObject({ reason: 'it comes from https://evil.example', path: '/' })
  })

  it('may come from trusted origins', async () => {
    const app = await appWith({ security: { trustedOrigins: ['https://shop.example', 'https://*.example.com'] } })
    const from = async (origin: string): Promise<number> =>
      (await send(app, '/api', form({ 'sec-fetch-site': 'cross-site', origin }))).status
    expect([await from('https://shop.example'), await from('https://a.example.com')]).toEqual([200, 200])
    expect([
      await from('http://shop.example'),
      await from('https://example.com'),
      await from('https://a.example.com.evil.example'),
    ]).toEqual([403, 403, 403])
  })

  it('may come from anywhere where a route or the app says so', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    expect((await send(await appWith(), '/hook', form(headers))).status).toBe(200)
    expect((await send(await appWith({ security: { csrf: false } }), '/api', form(headers))).status).toBe(200)
  })
})

describe('a page for a browser that sends neither header', () => {
  const tokenOf = async (response: Response): Promise<string | undefined> => /name="_csrf" value="([^"]+)"/.exec(await response.text())?.[1]

  it('carries a token in its forms, which lets them in', async () => {
    const app = await appWith()
    const page = await send(app, '/')
    const cookie = page.headers.getSetCookie()[0]!.split(';', 1)[0]!
    const token = (await tokenOf(page))!
    expect(page.headers.get('cache-control')).toBe('private, no-cache')

    const sent = await send(app, '/', form({ cookie }, { _csrf: token, name: 'x' }))
    expect(sent.status).toBe(200)
    expect((await send(app, '/api', form({ cookie }, { _csrf: token }))).status).toBe(200)
    expect((await send(app, '/api', { method: 'DELETE', headers: { cookie, 'x-csrf-token': token } })).status).toBe(200)
    const second = await send(app, '/', { headers: { cookie } })
    expect(second.headers.getSetCookie()).toEqual([])
    expect((await send(app, '/', form({ cookie }, { _csrf: (await tokenOf(second))! }))).status).toBe(200)
  })

  it('has a token that is worth nothing to another visitor, in another place, or without the cookie', async () => {
    const app = await appWith()
    const [one, two] = [await send(app, '/'), await send(app, '/')]
    const cookie = one.headers.getSetCookie()[0]!.split(';', 1)[0]!
    const [own, other] = [(await tokenOf(one))!, (await tokenOf(two))!]
    expect((await send(app, '/', form({ cookie }, { _csrf: other }))).status).toBe(403)
    expect((await send(app, '/', form({}, { _csrf: own }))).status).toBe(403)
    expect((await send(app, `/?_csrf=${own}`, form({ cookie }))).status).toBe(403)
    expect((await send(app, '/', form({ cookie, origin: 'https://evil.example' }, { _csrf: own }))).status).toBe(403)
  })

  it('leaves the handler its body', async () => {
    const app = await appWith()
    const page = await send(app, '/')
    const cookie = page.headers.getSetCookie()[0]!.split(';', 1)[0]!
    const body = new URLSearchParams({ _csrf: (await tokenOf(page))!, a: '1' })
    const response = await send(app, '/api', form({ cookie }, Object.fromEntries(body)))
    expect(await response.json()).toMatchObject({ body: body.toString() })
  })

  it('holds none where the browser speaks for itself, or the page may be kept for all', async () => {
    const app = await appWith()
    const modern = await send(app, '/', { headers: { 'sec-fetch-site': 'none' } })
    expect([modern.headers.getSetCookie(), await tokenOf(modern)]).toEqual([[], undefined])
    const kept = await send(app, '/kept')
    expect([kept.headers.getSetCookie(), await tokenOf(kept)]).toEqual([[], undefined])
  })
})
