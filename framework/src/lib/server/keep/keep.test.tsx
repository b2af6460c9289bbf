import { afterEach, describe, expect, it } from 'vitest'
import { cache } from '../../cache/current.ts'
import { contextKey, type Context } from '../../core/context.ts'
import { notFound, redirect } from '../../core/results.ts'
import type { RouteModule } from '../../routing/types.ts'
import { createTestApp, type TestApp, type TestAppOptions } from '../../testing/test-app.ts'
import { Await } from '../../view/await.tsx'
import { Cached } from '../../view/cached.tsx'

let app: TestApp
afterEach(() => app.close())

/** An app whose page says how often its loader has run. */
async function pageWith(
  route: RouteModule,
  options: Partial<TestAppOptions> = {},
): Promise<(path?: string, init?: RequestInit) => Promise<string>> {
  let runs = 0
  const module: RouteModule = {
    default: ({ data }: { data: { runs: number } }) => `run ${data.runs}`,
    cache: { seconds: 60 },
    ...route,
    loader: async (context: Context) => {
      const value: unknown = await route.loader?.(context)
      return { runs: ++runs, value }
    },
  }
  app = await createTestApp({ routes: { 'index.tsx': module }, ...options })
  return async (path = '/', init = {}) => {
    const text = await (await app.request(path, init)).text()
    return /run \d+/.exec(text)?.[0] ?? text
  }
}

const withHeader = (name: string, value: string): RequestInit => ({ headers: { [name]: value } })
const cookie = (text: string): RequestInit => withHeader('cookie', text)

describe('a page with a cache', () => {
  it('is made once for all, by address', async () => {
    const get = await pageWith({})
    expect([await get(), await get(), await get('/?page=2'), await get()]).toEqual(['run 1', 'run 1', 'run 2', 'run 1'])
  })

  it('is made once where many ask at the same time', async () => {
    const get = await pageWith({ loader: () => new Promise<void>((resolve) => setImmediate(resolve)) })
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => get())))).toEqual(new Set(['run 1']))
  })

  it('gives its data to the router of the browser from a copy of its own', async () => {
    const get = await pageWith({})
    await get()
    const response = await app.request('/_hotclub/data/')
    expect(response.headers.get('content-type')).not.toContain('html')
    // The page is made anew, and its loader is not.
    expect(await response.text()).toContain('"runs":1')
  })

  it('lets browsers keep it, and ask whether it still is that one', async () => {
    await pageWith({})
    const first = await app.request('/')
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    const etag = first.headers.get('etag')!
    const again = await app.request('/', withHeader('if-none-match', etag))
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
  })

  it('says what a CDN may do, and by which names to purge it there', async () => {
    await pageWith({ cache: { seconds: 60, cdn: 600, browser: 5 } })
    const { headers } = await app.request('/')
    expect(headers.get('cache-control')).toBe('public, max-age=5, s-maxage=600')
    expect(headers.has('surrogate-key')).toBe(true)
  })

  it('answers HEAD without a body', async () => {
    const get = await pageWith({})
    await get()
    const response = await app.request('/', { method: 'HEAD' })
    expect([response.status, response.headers.has('etag')]).toEqual([200, true])
  })

  it('is dropped by the name of what it was made from', async () => {
    const get = await pageWith({})
    await get()
    await cache.clear()
    expect(await get()).toBe('run 2')
  })

  it.each([
    ['redirects', () => redirect('/elsewhere')],
    ['is missing', () => notFound()],
    ['fails', () => Promise.reject(new Error('No'))],
  ])('is not kept where it %s', async (_, loader) => {
    let isOver = false
    const get = await pageWith({ loader: () => (isOver ? null : loader()) })
    await get()
    isOver = true
    expect(await get()).toMatch(/run \d/)
  })

  it.each<[string, (context: Context) => unknown]>([
    ['a cookie', ({ cookies }) => cookies.get('theme')],
    ['a header', ({ request }) => request.headers.get('accept-language')],
    ['all headers', ({ request }) => [...request.headers]],
    ['the address of the visitor', ({ ip }) => ip],
    ['a token', (context) => context.csrfToken()],
    ['messages', ({ messages }) => messages.success('Hello')],
    ['a cookie of its own', ({ cookies }) => cookies.set('seen', '1')],
  ])('is kept for nobody that reads or sets %s', async (_, read) => {
    const get = await pageWith({ loader: (context: Context) => void read(context) })
    expect([await get(), await get()]).toEqual(['run 1', 'run 2'])
    const { headers } = await app.request('/')
    expect(headers.get('cache-control')).toBe('private, no-cache')
  })

  it('is kept for nobody that depends on what middleware left', async () => {
    const key = contextKey<string>('locale')
    const get = await pageWith(
      { loader: (context: Context) => context.get(key) },
      { middleware: [(context, next) => (context.set(key, 'de'), next())] },
    )
    expect([await get(), await get()]).toEqual(['run 1', 'run 2'])
  })

  it('has a copy for each thing that it varies by', async () => {
    const get = await pageWith({
      cache: { seconds: 60, vary: ({ cookies, request }: Context) => [cookies.get('theme'), request.headers.get('accept-language')] },
      loader: ({ cookies, request }: Context) => [cookies.get('theme'), request.headers.get('accept-language')],
    })
    expect([await get('/', cookie('theme=dark')), await get('/', cookie('theme=light')), await get('/', cookie('theme=dark'))]).toEqual([
      'run 1',
      'run 2',
      'run 1',
    ])
    expect(await get('/', withHeader('accept-language', 'de'))).toBe('run 3')
    expect((await app.request('/')).headers.get('vary')).toBe('accept-language, Cookie')
  })

  it('is not shared while the visitor has a message to see', async () => {
    const get = await pageWith({ action: ({ messages }: Context) => (messages.success('Done'), redirect('/')) })
    await get()
    const browser = app.client()
    await browser.request('/', { method: 'POST', body: new URLSearchParams() })
    const page = await browser.request('/')
    expect(page.headers.get('cache-control')).toBe('private, no-cache')
    expect(await (await browser.request('/')).text()).toContain('run 1')
  })

  it('is refused with a word about what is wrong in it', async () => {
    await pageWith({ cache: { seconds: -1 } })
    await expect(app.warm()).rejects.toThrow(/'cache' is wrong: cache.seconds/)
  })
})

describe('a loader with a cache', () => {
  it('is spared where the page around it is for one visitor alone', async () => {
    let loads = 0
    app = await createTestApp({
      root: {
        loader: ({ cookies }: Context) => cookies.get('name'),
        default: ({ children }) => (
          <html lang="en">
            <body>{children}</body>
          </html>
        ),
      },
      routes: { 'index.tsx': { cache: { seconds: 60 }, loader: () => ({ loads: ++loads }), default: ({ data }) => `load ${data.loads}` } },
    })
    await app.request('/')
    const second = await app.request('/')
    expect([await second.text(), second.headers.get('cache-control')]).toEqual([expect.stringContaining('load 1'), 'private, no-cache'])
  })

  it('streams as ever what is not there yet', async () => {
    let loads = 0
    const late = (): Promise<string> => new Promise((resolve) => setImmediate(() => resolve(`late ${++loads}`)))
    app = await createTestApp({
      root: { loader: ({ cookies }: Context) => cookies.get('x') ?? 0, default: ({ children }) => <main>{children}</main> },
      routes: {
        'index.tsx': {
          cache: { seconds: 60 },
          loader: () => ({ late: late() }),
          default: ({ data }) => <Await value={data.late}>{(text: string) => text}</Await>,
        },
      },
    })
    for (const text of ['late 1', 'late 2']) expect(await (await app.request('/')).text()).toContain(text)
    expect(app.errors).toEqual([])
  })

  it('gives each page data of its own', async () => {
    const list = { loader: () => [1, 2, 3], cache: { seconds: 60 }, default: ({ data }: { data: number[] }) => data.reverse().join() }
    app = await createTestApp({
      root: { loader: ({ cookies }: Context) => cookies.get('x') ?? 0, default: ({ children }) => <main>{children}</main> },
      routes: { 'index.tsx': list },
    })
    for (let i = 0; i < 2; i++) expect(await (await app.request('/')).text()).toContain('3,2,1')
  })
})

describe('a handler with a cache', () => {
  it('answers with what it made once, whatever kind it is', async () => {
    let runs = 0
    app = await createTestApp({
      routes: {
        'json.ts': { cache: { seconds: 60 }, GET: () => ({ runs: ++runs }) },
        'bytes.ts': {
          cache: { seconds: 60 },
          GET: () => new Response(new Uint8Array([0, 255, ++runs]), { headers: { 'content-type': 'x/y' } }),
        },
        'own.ts': { cache: { seconds: 60 }, GET: () => new Response(String(++runs), { headers: { 'cache-control': 'no-store' } }) },
      },
    })
    for (let i = 0; i < 2; i++) expect(await (await app.request('/json')).json()).toEqual({ runs: 1 })
    for (let i = 0; i < 2; i++) {
      const response = await app.request('/bytes')
      expect([response.headers.get('content-type'), [...new Uint8Array(await response.arrayBuffer())]]).toEqual(['x/y', [0, 255, 2]])
    }
    expect([await (await app.request('/own')).text(), await (await app.request('/own')).text()]).toEqual(['3', '4'])
  })
})

describe('<Cached>', () => {
  it('renders what is inside once for the same things', async () => {
    let renders = 0
    const Slow = ({ text }: { text: string }): string => `${text} ${++renders}`
    const view = ({ search }: { search: { q: string } }): React.ReactNode => (
      <Cached name="part" by={search.q} as="p" className="part">
        <Slow text={search.q} />
      </Cached>
    )
    app = await createTestApp({ routes: { 'index.tsx': { default: view } } })
    const get = async (path: string): Promise<string> => (await (await app.request(path)).text()).match(/<p[^]*<\/p>/)![0]
    expect([await get('/?q=a'), await get('/?q=b'), await get('/?q=a')]).toEqual([
      '<p class="part">a 1</p>',
      '<p class="part">b 2</p>',
      '<p class="part">a 1</p>',
    ])
  })
})
