import { Suspense, use, type ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { setLogger, type Logger } from '../core/log.ts'
import { defineSettings } from '../core/settings.ts'
import { createTestApp } from '../testing/test-app.ts'
import { useNonce } from '../view/hooks.ts'

const policyOf = (response: Response): string => response.headers.get('content-security-policy') ?? ''

function Styled(): ReactNode {
  return <style nonce={useNonce()}>{'p { color: red }'}</style>
}

function Late({ value }: { value: Promise<string> }): ReactNode {
  return <p>{use(value)}</p>
}

const Streamed = ({ data }: any): ReactNode => (
  <Suspense fallback="wait">
    <Late value={data.late} />
  </Suspense>
)
const late = (): object => ({ late: new Promise((resolve) => setTimeout(() => resolve('late'), 5)) })

afterEach(() => setLogger(undefined))

describe('the policy of a page', () => {
  it('is constant where nothing is inline', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: () => <p style={{ color: 'red' }}>plain</p> } } })
    const [first, second] = [await app.request('/'), await app.request('/')]
    expect(policyOf(first)).toBe(policyOf(second))
    expect(policyOf(first)).not.toContain('nonce')
  })

  it('allows what carries the nonce that a view, a loader or middleware asked for', async () => {
    const app = await createTestApp({
      routes: {
        'view.tsx': { default: Styled },
        'own.ts': { GET: ({ nonce }) => new Response(`<script nonce="${nonce}">1</script>`, { headers: { 'content-type': 'text/html' } }) },
      },
    })
    const nonces = new Set<string>()
    for (const path of ['/view', '/own', '/view']) {
      const response = await app.request(path)
      const nonce = /nonce="([\w+/=]{24})"/.exec(await response.text())![1]!
      nonces.add(nonce)
      expect(policyOf(response)).toContain(`script-src 'self' 'nonce-${nonce}'`)
      expect(policyOf(response)).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(response.headers.get('cache-control')).toBe('private, no-cache')
    }
    expect(nonces.size).toBe(3)
  })

  it('allows the scripts of React on a streamed page, by a nonce', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Streamed, loader: late } } })
    const response = await app.request('/')
    const nonce = /'nonce-([^']+)'/.exec(policyOf(response))![1]!
    const html = await response.text()
    const executable = [...html.matchAll(/<(?:script|style)(?! type="application\/json")(?![^>]* src=)[^>]*>/g)].map(([tag]) => tag)
    expect(executable.length).toBeGreaterThan(1)
    for (const tag of executable) expect(tag).toContain(`nonce="${nonce}"`)
  })

  it('has hashes in place of nonces where the page may be kept', async () => {
    const routes = {
      'kept.tsx': { default: Styled, cache: { seconds: 60 } },
      'kept-stream.tsx': { default: Streamed, loader: late, cache: { seconds: 60 } },
    }
    const app = await createTestApp({ routes })
    const page = await app.request('/kept')
    expect(await page.text()).toContain('<style>p { color: red }</style>')
    expect(policyOf(page)).toMatch(/style-src 'self' 'sha256-[\w+/]+=*'/)
    const stream = await app.request('/kept-stream')
    expect(await stream.text()).not.toContain('nonce')
    expect(policyOf(stream)).toMatch(/script-src 'self' 'sha256-[\w+/]+=*'/)
    expect(policyOf(stream)).not.toContain('nonce')
  })

  it('is what root, layouts and route make of the setting', async () => {
    const app = await createTestApp({
      settings: defineSettings({}, () => ({ security: { csp: { imgSrc: ['self', 'https://images.example'] } } })),
      routes: {
        'shop/layout.tsx': {
          default: ({ children }: { children?: ReactNode }) => children,
          security: { csp: { frameSrc: ['https://pay.example'] }, headers: { 'x-frame-options': false } },
        },
        'shop/index.tsx': { default: () => <p>shop</p> },
        'shop/feed.ts': { GET: () => ({}), security: { csp: false } },
        'index.tsx': { default: () => <p>home</p> },
      },
    })
    const shop = await app.request('/shop')
    expect(policyOf(shop)).toContain("img-src 'self' https://images.example")
    expect(policyOf(shop)).toContain('frame-src https://pay.example')
    expect(shop.headers.get('x-frame-options')).toBeNull()
    const feed = await app.request('/shop/feed')
    expect([policyOf(feed), feed.headers.get('x-frame-options'), feed.headers.get('x-content-type-options')]).toEqual(['', null, 'nosniff'])
    expect(policyOf(await app.request('/'))).not.toContain('frame-src')
  })

  it('stands on every answer, whoever made it', async () => {
    const app = await createTestApp({
      middleware: [
        (context, next) => (context.pathname === '/middleware' ? Promise.resolve(Response.redirect('https://a.example/')) : next()),
      ],
      routes: {
        'fail.tsx': {
          default: () => null,
          loader() {
            throw new Error('no')
          },
        },
        'own.ts': {
          GET: () => new Response('x', { headers: { 'content-security-policy': "default-src 'none'", 'x-frame-options': 'SAMEORIGIN' } }),
        },
      },
    })
    for (const path of ['/missing', '/fail', '/middleware', '/_hotclub/data/fail', '/%'])
      expect(policyOf(await app.request(path)), path).toContain("script-src 'self'")
    const own = await app.request('/own')
    expect([policyOf(own), own.headers.get('x-frame-options')]).toEqual(["default-src 'none'", 'SAMEORIGIN'])
  })

  it('is refused where it could carry another header or directive', async () => {
    const wrong = { 'index.tsx': { default: () => null, security: { csp: { imgSrc: ['self; script-src *'] } } } }
    const app = await createTestApp({ routes: wrong })
    expect((await app.request('/')).status).toBe(500)
    expect(app.errors[0]!.error).toMatchObject({ code: 'HC_ROUTE_EXPORT', where: 'app/routes/index.tsx' })
    for (const security of [{ csp: { imgSrc: ['a b'] } }, { csp: { imageSrc: [] } }, { headers: { 'x-a': 'b\r\nc: d' } }])
      expect(() => defineSettings({}, () => ({ security: security as never }))).toThrow(/security/)
  })
})

describe('/_hotclub/csp-report', () => {
  it('writes a short line, and nothing that an attacker chooses at length', async () => {
    const warn = vi.fn<Logger['warn']>()
    setLogger({ debug() {}, info() {}, warn, error() {} })
    const app = await createTestApp({ routes: {} })
    const send = (body: string): Promise<Response> =>
      app.fetch(
        new Request('http://localhost/_hotclub/csp-report', { method: 'POST', body, headers: { 'content-length': String(body.length) } }),
      )
    const report = { 'document-uri': 'http://localhost/a?token=hush', 'blocked-uri': 'inline', 'effective-directive': 'script-src-elem' }
    expect((await send(JSON.stringify({ 'csp-report': report }))).status).toBe(204)
    await send(JSON.stringify([{ type: 'csp-violation', body: { documentURL: 'x'.repeat(5_000), blockedURL: 'eval' } }]))
    for (const body of ['', 'nonsense', '[]', 'null', '{"csp-report":1}', `{"csp-report":{"blocked-uri":"${'x'.repeat(20_000)}"}}`])
      await send(body)
    expect(warn.mock.calls.map(([fields]) => fields)).toEqual([
      { page: 'http://localhost/a?token=[redacted]', blocked: 'inline', directive: 'script-src-elem', source: '', disposition: '' },
      expect.objectContaining({ page: 'x'.repeat(300), blocked: 'eval' }),
    ])
    for (let times = 0; times < 50; times++) await send(JSON.stringify({ 'csp-report': report }))
    expect(warn.mock.calls.length).toBeLessThanOrEqual(20)
  })
})
