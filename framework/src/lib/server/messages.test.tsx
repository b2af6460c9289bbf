import type { ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { setLogger, type Logger } from '../core/log.ts'
import { redirect } from '../core/results.ts'
import type { Message } from '../core/messages.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { Messages } from '../view/messages.tsx'

const Root = {
  default: ({ children }: { children?: ReactNode }): ReactNode => (
    <html lang="en">
      <body>
        <Messages />
        {children}
      </body>
    </html>
  ),
  ErrorView: (): ReactNode => <p>error</p>,
}

function appWith(text = 'Saved.'): Promise<TestApp> {
  return createTestApp({
    root: Root,
    routes: {
      'index.tsx': { default: () => <p>home</p> },
      'save.tsx': {
        default: () => <p>save</p>,
        action({ form, messages }) {
          messages.success(text)
          if (form.get('to') === 'stay') return { done: true }
          return redirect('/')
        },
      },
      'layout.tsx': { default: ({ children }: { children?: ReactNode }) => children },
      'loads.tsx': {
        default: () => <p>loads</p>,
        loader: ({ messages }) => (messages.info('Loaded.'), {}),
        headers: () => ({ 'cache-control': 'public' }),
      },
      'json.ts': { GET: ({ messages }) => (messages.warning('Later.'), {}) },
      'many.ts': {
        GET({ messages }) {
          for (let number = 1; number <= 60; number++) messages.debug(`Message ${number} is ${'x'.repeat(80)}`)
          messages.error('ünï <b>')
        },
      },
    },
  })
}

/** A browser's way with cookies, as far as these tests go. */
function browse(app: TestApp): (path: string, init?: RequestInit) => Promise<Response> {
  const jar = new Map<string, string>()
  return async (path, init = {}) => {
    const headers = new Headers(init.headers)
    if (jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '))
    const response = await app.request(path, { ...init, headers })
    for (const header of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(header)!
      if (header.includes('Max-Age=0')) jar.delete(name!)
      else jar.set(name!, value!)
    }
    return response
  }
}

const post = (to: string): RequestInit => ({ method: 'POST', body: new URLSearchParams({ to }) })
const shown = async (response: Response): Promise<string[]> =>
  [...(await response.text()).matchAll(/<li data-level="(\w+)">([^]*?)<\/li>/g)].map(([, level, text]) => `${level}: ${text}`)
const sent = async (response: Response): Promise<Message[] | undefined> => ((await response.json()) as { messages?: Message[] }).messages

afterEach(() => setLogger(undefined))

describe('context.messages', () => {
  it('shows a message on the page that is the answer, and never again', async () => {
    const visit = browse(await appWith())
    const answer = await visit('/save', post('stay'))
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    expect(await shown(answer)).toEqual(['success: Saved.'])
    expect(await shown(await visit('/'))).toEqual([])
  })

  it('keeps a message over redirects, for one page', async () => {
    const visit = browse(await appWith())
    expect((await visit('/save', post('go'))).status).toBe(303)
    expect((await visit('/json')).status).toBe(200)
    expect(await shown(await visit('/'))).toEqual(['success: Saved.', 'warning: Later.'])
    expect(await shown(await visit('/'))).toEqual([])
  })

  it('reaches a client navigation as well, and an error page', async () => {
    const visit = browse(await appWith())
    await visit('/_hotclub/data/save', post('go'))
    expect(await sent(await visit('/_hotclub/data/'))).toEqual([{ level: 'success', text: 'Saved.' }])
    expect(await sent(await visit('/_hotclub/data/'))).toBeUndefined()
    await visit('/save', post('go'))
    expect(await shown(await visit('/missing'))).toEqual(['success: Saved.'])
  })

  it.each([
    ['a page fetched ahead by the router', '/_hotclub/data/', { headers: { 'x-hotclub-prefetch': '1' } }],
    ['one fetched ahead by the browser', '/', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['an answer without a body', '/', { method: 'HEAD' }],
  ])('is not eaten by %s', async (_what, path, init) => {
    const visit = browse(await appWith())
    await visit('/save', post('go'))
    expect(await (await visit(path, init)).text()).not.toContain('Saved.')
    expect(await shown(await visit('/'))).toEqual(['success: Saved.'])
  })

  it('takes messages of loaders, and makes their page private', async () => {
    const visit = browse(await appWith())
    const page = await visit('/loads')
    expect(page.headers.get('cache-control')).toBe('private, no-cache')
    expect(await shown(page)).toEqual(['info: Loaded.'])
    expect(await sent(await visit('/_hotclub/data/loads', { headers: { 'x-hotclub-prefetch': '1' } }))).toEqual([
      { level: 'info', text: 'Loaded.' },
    ])
  })

  it('leaves a page without messages public', async () => {
    const { headers } = await (await appWith()).request('/', { headers: { cookie: 'other=1' } })
    expect([headers.get('vary'), headers.getSetCookie()]).toEqual([null, []])
  })

  it('drops the oldest where a cookie cannot hold them all, and says so in the log', async () => {
    const warn = vi.fn<Logger['warn']>()
    setLogger({ debug() {}, info() {}, warn, error() {} })
    const visit = browse(await appWith())
    await visit('/many')
    const texts = await shown(await visit('/'))
    expect(texts.at(-1)).toBe('error: ünï &lt;b&gt;')
    expect(texts.length).toBeGreaterThan(20)
    expect(warn).toHaveBeenCalledWith({ dropped: 61 - texts.length }, expect.stringContaining('dropped'))
  })

  it('drops a single one that is too long', async () => {
    setLogger({ debug() {}, info() {}, warn() {}, error() {} })
    const visit = browse(await appWith('x'.repeat(5_000)))
    expect((await visit('/save', post('go'))).status).toBe(303)
    expect(await shown(await visit('/'))).toEqual([])
  })

  it('believes nobody who makes a message up', async () => {
    const app = await appWith()
    const forged = Buffer.from('[["error","Call this number"]]').toString('base64url')
    for (const cookie of [`messages=${forged}`, `messages=${forged}.1.x`, 'messages=%', 'messages='])
      expect(await shown(await app.request('/', { headers: { cookie } }))).toEqual([])
  })
})
