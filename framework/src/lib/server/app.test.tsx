import { Suspense, use, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contextKey, type Middleware } from '../core/context.ts'
import { HttpError, invalid, notFound, redirect } from '../core/results.ts'
import { defineSettings } from '../core/settings.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { Head, Scripts } from '../view/document.tsx'

const Home = (): ReactNode => <h1>Home</h1>
const Layout = ({ children, data }: { children?: ReactNode; data?: { label: string } }): ReactNode => (
  <section aria-label={data?.label ?? 'section'}>{children}</section>
)
const ErrorView = ({ error }: { error: { status: number; message: string; id: string } }): ReactNode => (
  <p role="alert">
    {`${error.status} ${error.message}`}
    <small>{error.id}</small>
  </p>
)

const Later = ({ value }: { value: Promise<{ name: string }> }): ReactNode => <b>{use(value).name}</b>

async function text(app: TestApp, path: string, init?: RequestInit): Promise<string> {
  return await (await app.request(path, init)).text()
}

describe('a page', () => {
  it('is a whole document with the view inside its layouts and loader data in each', async () => {
    const app = await createTestApp({
      routes: {
        'layout.tsx': { default: Layout, loader: () => ({ label: 'outer' }) },
        'films/layout.tsx': { default: Layout, loader: async () => ({ label: 'inner' }) },
        'films/[id=int].tsx': {
          loader: ({ params }) => ({ id: params.id }),
          default: ({ data }) => <h1>{`Film ${data.id + 1}`}</h1>,
        },
      },
    })

    const response = await app.request('/films/7')

    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
    expect(await response.text()).toMatch(
      /^<!DOCTYPE html><html lang="en"><head>.*<section aria-label="outer"><section aria-label="inner"><h1>Film 8<\/h1><\/section><\/section>.*<\/html>$/,
    )
  })

  it('runs the loaders of a chain at the same time', async () => {
    const order: string[] = []
    const gate = Promise.withResolvers<void>()
    const app = await createTestApp({
      routes: {
        'layout.tsx': {
          default: Layout,
          loader: async () => {
            await gate.promise
            order.push('layout')
            return { label: 'l' }
          },
        },
        'index.tsx': {
          default: Home,
          loader: () => {
            order.push('page')
            gate.resolve()
          },
        },
      },
    })

    expect((await app.request('/')).status).toBe(200)
    expect(order).toEqual(['page', 'layout'])
  })

  it('ships no script and no data with hydrate = false', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Home, loader: () => ({ a: 'MARK' }), hydrate: false } } })
    const html = await text(app, '/')
    expect(html).toContain('<h1>Home</h1>')
    expect(html).not.toContain('<script')
    expect(html).not.toContain('MARK')
  })

  it('cannot be broken out of by data', async () => {
    const evil = '</script><script>alert(1)</script>'
    const app = await createTestApp({
      routes: {
        'index.tsx': { default: Home, loader: () => ({ evil, when: new Date(0) }), head: { title: evil, jsonLd: [{ name: evil }] } },
      },
    })
    expect(await text(app, '/')).not.toContain(evil)
  })
})

describe('ending early', () => {
  it('redirects from a loader with 302, or with the status asked for', async () => {
    const app = await createTestApp({
      routes: {
        'a.tsx': { default: Home, loader: () => redirect('/b?x=1') },
        'moved.tsx': { default: Home, loader: () => redirect('https://elsewhere.example/', 301) },
      },
    })
    const found = await app.request('/a')
    expect([found.status, found.headers.get('location')]).toEqual([302, '/b?x=1'])
    const moved = await app.request('/moved')
    expect([moved.status, moved.headers.get('location')]).toEqual([301, 'https://elsewhere.example/'])
  })

  it('does not wait for deeper loaders when an outer one redirects', async () => {
    const app = await createTestApp({
      routes: {
        'layout.tsx': { default: Layout, loader: () => redirect('/login') },
        'index.tsx': { default: Home, loader: () => new Promise(() => undefined) },
      },
    })
    expect((await app.request('/')).headers.get('location')).toBe('/login')
  })

  it('answers with a response that a loader throws or returns', async () => {
    const app = await createTestApp({
      routes: {
        'thrown.tsx': { default: Home, loader: () => Promise.reject(new Response('tea', { status: 418 })) },
        'returned.tsx': { default: Home, loader: () => new Response('pot') },
      },
    })
    expect((await app.request('/thrown')).status).toBe(418)
    expect(await text(app, '/returned')).toBe('pot')
  })

  it('shows notFound() in the nearest ErrorView, with the outer layouts kept', async () => {
    const app = await createTestApp({
      routes: {
        'layout.tsx': { default: Layout, loader: () => ({ label: 'kept' }) },
        'films/layout.tsx': { default: Layout, ErrorView, loader: () => ({ label: 'replaced' }) },
        'films/[slug].tsx': { default: Home, loader: () => notFound('No such film.') },
      },
    })
    const response = await app.request('/films/x')
    const html = await response.text()
    expect(response.status).toBe(404)
    expect(html).toContain('<section aria-label="kept"><p role="alert">404 No such film.')
    expect(html).not.toContain('aria-label="replaced"')
    expect(html).toContain('<title>No such film.</title>')
    expect(app.errors).toEqual([])
  })
})

describe('an unexpected error', () => {
  const routes = {
    'layout.tsx': { default: Layout, ErrorView },
    'load.tsx': {
      default: Home,
      loader: () => {
        throw new Error('secret detail')
      },
    },
    'view.tsx': {
      default: () => {
        throw new Error('secret detail')
      },
    },
  }

  it.each(['/load', '/view'])('at %s is reported once, and tells the visitor nothing but the request id', async (path) => {
    const app = await createTestApp({ routes })
    const response = await app.request(path)
    const html = await response.text()
    expect(response.status).toBe(500)
    expect(html).not.toContain('secret')
    expect(app.errors.map(({ error, route }) => [(error as Error).message, route])).toEqual([['secret detail', path]])
    expect(html).toContain(`<p role="alert">500 Internal Server Error<small>${app.errors[0]!.requestId}</small>`)
  })

  it('moves outwards when the ErrorView itself or a layout around it fails', async () => {
    const broken = (): never => {
      throw new Error('broken too')
    }
    const app = await createTestApp({
      routes: {
        'layout.tsx': { default: broken },
        'index.tsx': { default: Home, ErrorView: broken, loader: () => Promise.reject(new Error('first')) },
      },
    })
    const response = await app.request('/')
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('<h1>500</h1>')
  })

  it('ends in a plain page when the document itself cannot be rendered', async () => {
    const app = await createTestApp({
      root: {
        default: () => {
          throw new Error('no document')
        },
        ErrorView,
      },
      routes: { 'index.tsx': { default: Home } },
    })
    const response = await app.request('/')
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('Something went wrong on our side')
  })

  it('in a middleware is shown too', async () => {
    const app = await createTestApp({
      routes: { 'index.tsx': { default: Home } },
      middleware: [
        () => {
          throw new Error('secret detail')
        },
      ],
    })
    const response = await app.request('/')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(app.errors).toHaveLength(1)
  })
})

describe('methods', () => {
  it('answers HEAD as GET (the server leaves the body out), OPTIONS with Allow, and others with 405', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Home } } })
    const head = await app.request('/', { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const options = await app.request('/', { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
    const post = await app.request('/', { method: 'POST', body: new URLSearchParams() })
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    const unknown = await app.request('/', { method: 'BREW' })
    expect(unknown.status).toBe(405)
  })

  it('picks the handler of a resource route, GET for HEAD, JSON for plain values, 204 for none', async () => {
    const app = await createTestApp({
      routes: {
        'api/films.ts': { GET: () => [{ id: 1 }], POST: ({ request }) => request.json(), DELETE: () => undefined },
        'feed.xml.ts': { GET: () => new Response('<feed/>', { headers: { 'content-type': 'application/xml' } }) },
      },
    })
    expect(await (await app.request('/api/films')).json()).toEqual([{ id: 1 }])
    expect(await (await app.request('/api/films', { method: 'POST', body: '{"a":1}' })).json()).toEqual({ a: 1 })
    expect((await app.request('/api/films', { method: 'DELETE' })).status).toBe(204)
    const head = await app.request('/feed.xml', { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/xml'])
    const put = await app.request('/api/films', { method: 'PUT' })
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, DELETE, OPTIONS'])
  })

  it('refuses what a handler cannot mean, and reports it with the file', async () => {
    const app = await createTestApp({ routes: { 'api.ts': { GET: () => () => 1 } } })
    expect((await app.request('/api')).status).toBe(500)
    expect(app.errors[0]!.error).toMatchObject({ code: 'HC_RESULT', where: 'app/routes/api.ts' })
  })
})

describe('an action', () => {
  const Page = ({ data, actionData }: any): ReactNode => <p>{`${data.visits} ${JSON.stringify(actionData ?? null)}`}</p>
  let visits = 0
  const routes = {
    'one.tsx': {
      default: Page,
      loader: () => ({ visits: ++visits }),
      action: ({ form }: any) => {
        const mail = form.get('mail')
        if (mail === 'bad') return invalid({ mail })
        if (mail === 'echo') return { mail }
        if (mail === 'forbidden') throw new HttpError(403, 'Not yours.')
        return mail === 'go' ? redirect('/done') : undefined
      },
    },
    'two.tsx': {
      default: Page,
      loader: () => ({ visits: 0 }),
      actions: { save: () => ({ did: 'save' }), toString: () => ({ did: 'own' }) },
    },
  }
  const post = (app: TestApp, path: string, fields: Record<string, string>): Promise<Response> =>
    app.request(path, { method: 'POST', body: new URLSearchParams(fields) })

  it('answers with redirect-after-post', async () => {
    const app = await createTestApp({ routes })
    const to = await post(app, '/one?page=2', { mail: 'go' })
    expect([to.status, to.headers.get('location')]).toEqual([303, '/done'])
    const same = await post(app, '/one?page=2', { mail: 'ok' })
    expect([same.status, same.headers.get('location')]).toEqual([303, '/one?page=2'])
  })

  it('shows the page again, with 422 and fresh loader data, when the input is invalid', async () => {
    const app = await createTestApp({ routes })
    visits = 0
    const response = await post(app, '/one', { mail: 'bad' })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('<p>1 {&quot;mail&quot;:&quot;bad&quot;}</p>')
    expect((await post(app, '/one', { mail: 'echo' })).status).toBe(200)
  })

  it('shows an HttpError in the ErrorView', async () => {
    const app = await createTestApp({ routes })
    const response = await post(app, '/one', { mail: 'forbidden' })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('Not yours.')
  })

  it('is picked by name, and by own names only', async () => {
    const app = await createTestApp({ routes })
    expect(await (await post(app, '/two', { _action: 'save' })).text()).toContain('&quot;did&quot;:&quot;save&quot;')
    for (const name of ['', 'missing', 'constructor', '__proto__'])
      expect((await post(app, '/two', name ? { _action: name } : {})).status, name).toBe(400)
  })

  it.each([
    ['application/json', '{}', 415],
    ['text/plain', 'a=1', 415],
    ['multipart/form-data; boundary=x', 'garbage', 400],
  ])('refuses a body of %s', async (type, body, status) => {
    const app = await createTestApp({ routes })
    expect((await app.request('/one', { method: 'POST', headers: { 'content-type': type }, body })).status).toBe(status)
  })
})

describe('search', () => {
  const search = z.object({ page: z.coerce.number().int().min(1).catch(1), sort: z.enum(['title', 'year']).default('title') })
  const routes = { 'films.tsx': { search, default: ({ search: value }: any) => <p>{JSON.stringify(value)}</p> } }

  it('gives the view typed values, and falls back where the schema catches', async () => {
    const app = await createTestApp({ routes })
    expect(await text(app, '/films?page=3&sort=year')).toContain('{&quot;page&quot;:3,&quot;sort&quot;:&quot;year&quot;}')
    expect(await text(app, '/films?page=abc')).toContain('{&quot;page&quot;:1,&quot;sort&quot;:&quot;title&quot;}')
  })

  it('answers 400 where it does not', async () => {
    const app = await createTestApp({ routes })
    expect((await app.request('/films?sort=evil')).status).toBe(400)
  })
})

describe('data requests', () => {
  it('give the payload of the page, with the same checks on the same path', async () => {
    const seen: string[] = []
    const app = await createTestApp({
      middleware: [
        (context, next) => {
          seen.push(context.url.pathname)
          return next()
        },
      ],
      routes: { 'films/[id=int].tsx': { default: Home, loader: ({ params }) => ({ id: params.id }), head: { title: 'T' } } },
    })
    const response = await app.request('/_hotclub/data/films/7?x=1')
    expect(response.headers.get('content-type')).toBe('text/x-hotclub; charset=utf-8')
    expect(await response.json()).toEqual({
      build: 'test',
      url: '/films/7?x=1',
      route: '/films/[id=int]',
      status: 200,
      params: { id: 7 },
      search: { x: '1' },
      modules: ['/root.tsx', '/routes/films/[id=int].tsx'],
      styles: [],
      data: { 1: { id: 7 } },
      head: [{ key: 'title', tag: 'title', attributes: {}, text: 'T' }],
    })
    expect(seen).toEqual(['/films/7'])
  })

  it('tell of redirects, of resource routes and of pages without script', async () => {
    const app = await createTestApp({
      routes: {
        'old.tsx': { default: Home, loader: () => redirect('/new') },
        'feed.xml.ts': { GET: () => new Response('x') },
        'plain.tsx': { default: Home, hydrate: false },
      },
    })
    const payload = async (path: string): Promise<unknown> => (await app.request(`/_hotclub/data${path}`)).json()
    expect(await payload('/old')).toEqual({ build: 'test', redirect: '/new', document: false })
    expect(await payload('/feed.xml')).toEqual({ build: 'test', redirect: '/feed.xml', document: true })
    expect(await payload('/plain?a=1')).toEqual({ build: 'test', redirect: '/plain?a=1', document: true })
    expect(await payload('/old/')).toEqual({ build: 'test', redirect: '/old', document: false })
  })

  it('carry errors as pages', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Home } } })
    const response = await app.request('/_hotclub/data/missing')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ status: 404, error: { level: 0, value: { status: 404, message: 'Not Found' } } })
  })
})

describe('middleware', () => {
  const user = contextKey<string>('user')

  it('runs around everything in order, and leaves typed values', async () => {
    const log: string[] = []
    const named =
      (name: string): Middleware =>
      async (_, next) => {
        log.push(`${name} in`)
        const response = await next()
        response.headers.append('x-seen', name)
        log.push(`${name} out`)
        return response
      }
    const app = await createTestApp({
      middleware: [
        named('a'),
        (context, next) => {
          context.set(user, 'ada')
          return next()
        },
      ],
      routes: {
        'layout.tsx': { default: Layout, middleware: [named('layout')] },
        'index.tsx': { default: ({ data }) => <p>{data}</p>, loader: (context) => context.get(user), middleware: [named('page')] },
      },
    })
    const response = await app.request('/')
    expect(await response.text()).toContain('<p>ada</p>')
    expect(response.headers.get('x-seen')).toBe('page, layout, a')
    expect(log).toEqual(['a in', 'layout in', 'page in', 'page out', 'layout out', 'a out'])
  })

  it('may answer by itself, and then no loader runs', async () => {
    let ran = false
    const app = await createTestApp({
      middleware: [() => new Response('closed', { status: 503 })],
      routes: {
        'index.tsx': {
          default: Home,
          loader: () => {
            ran = true
          },
        },
      },
    })
    expect((await app.request('/')).status).toBe(503)
    expect(ran).toBe(false)
  })

  it('may change the headers of every response, also of one whose headers are fixed', async () => {
    const app = await createTestApp({
      middleware: [
        async (_, next) => {
          const response = await next()
          response.headers.set('x-frame-options', 'DENY')
          return response
        },
        (context, next) => (context.pathname === '/early' ? Response.redirect('http://localhost/there', 307) : next()),
      ],
      routes: {
        'go.ts': { GET: () => Response.redirect('http://localhost/there', 308) },
        'copy.ts': { GET: () => fetch('data:text/plain,hello') },
      },
    })
    const answer = async (path: string): Promise<unknown> => {
      const { status, headers } = await app.request(path)
      return [status, headers.get('location'), headers.get('x-frame-options')]
    }

    expect(await answer('/go')).toEqual([308, 'http://localhost/there', 'DENY'])
    expect(await answer('/early')).toEqual([307, 'http://localhost/there', 'DENY'])
    expect(await answer('/copy')).toEqual([200, null, 'DENY'])
    expect(await text(app, '/copy')).toBe('hello')
    expect(app.errors).toEqual([])
  })

  it('sees error pages as responses, so that headers reach them too', async () => {
    const app = await createTestApp({
      middleware: [
        async (_, next) => {
          const response = await next()
          response.headers.set('x-frame-options', 'DENY')
          return response
        },
      ],
      routes: { 'index.tsx': { default: Home, loader: () => Promise.reject(new Error('x')) } },
    })
    for (const path of ['/', '/missing', '/%zz']) expect((await app.request(path)).headers.get('x-frame-options'), path).toBe('DENY')
  })

  it('that throws is answered within the middleware before it', async () => {
    const app = await createTestApp({
      middleware: [
        async (_, next) => {
          const response = await next()
          response.headers.set('x-outer', 'seen')
          return response
        },
        ({ pathname }, next) => {
          if (pathname === '/login') return next()
          if (pathname === '/away') redirect('/login')
          throw new HttpError(403, 'Members only.')
        },
      ],
      routes: { 'login.tsx': { default: Home } },
    })
    const away = await app.request('/away')
    expect([away.status, away.headers.get('location'), away.headers.get('x-outer')]).toEqual([302, '/login', 'seen'])
    const closed = await app.request('/club')
    expect([closed.status, closed.headers.get('x-outer')]).toEqual([403, 'seen'])
    expect(await closed.text()).toContain('Members only.')
  })

  it('of the root and of layouts runs for resource routes too', async () => {
    const seen: string[] = []
    const named =
      (name: string): Middleware =>
      (_, next) => (seen.push(name), next())
    const app = await createTestApp({
      root: { default: ({ children }) => <html lang="en">{children}</html>, middleware: [named('root')] },
      routes: {
        'api/layout.tsx': { default: Layout, middleware: [named('layout')] },
        'api/ping.ts': { GET: () => 'pong', middleware: [named('own')] },
      },
    })
    expect(await (await app.request('/api/ping')).json()).toBe('pong')
    expect(seen).toEqual(['root', 'layout', 'own'])
  })

  it('that returns nothing, or calls next() twice, is named', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Home } }, middleware: [function forgetful() {} as any] })
    expect((await app.request('/')).status).toBe(500)
    expect(app.errors[0]!.error).toMatchObject({ code: 'HC_RESULT', message: "The middleware 'forgetful' returned no response." })
    const twice = await createTestApp({
      routes: { 'index.tsx': { default: Home } },
      middleware: [async (_, next) => (await next(), await next())],
    })
    expect((await twice.request('/')).status).toBe(500)
  })

  it('a value that nobody set is an error that names the key', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Home, loader: (context) => context.get(user) } } })
    await app.request('/')
    expect(app.errors[0]!.error).toMatchObject({ code: 'HC_CONTEXT_KEY', message: "Nothing was set for the context key 'user'." })
  })
})

describe('head and headers', () => {
  it('leave JSON-LD out of data requests', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': { default: Home, head: { jsonLd: [{ '@type': 'Movie' }] } } } })
    expect(await text(app, '/')).toContain('application/ld+json')
    expect(await text(app, '/_hotclub/data/')).not.toContain('ld+json')
  })

  it('merge along the chain', async () => {
    const app = await createTestApp({
      root: {
        default: ({ children }) => (
          <html lang="en">
            <head>
              <Head />
            </head>
            <body>
              {children}
              <Scripts />
            </body>
          </html>
        ),
        head: { title: 'Site', titleTemplate: (title: string) => `${title} · Site`, description: 'All films', og: { site_name: 'Site' } },
        headers: () => ({ 'X-Level': 'root', 'X-Root': '1' }),
      },
      routes: {
        'films.tsx': {
          default: Home,
          loader: () => ({ name: 'Ali & "Co" <3' }),
          head: ({ data }: any) => ({
            title: data.name,
            description: data.name,
            canonical: 'https://x.example/films',
            og: { title: data.name },
          }),
          headers: () => ({ 'x-level': 'page', 'cache-control': 'public, max-age=60' }),
        },
      },
    })
    const response = await app.request('/films')
    const html = await response.text()
    expect(html).toContain('<title>Ali &amp; &quot;Co&quot; &lt;3 · Site</title>')
    expect(html).toContain('<meta name="description" content="Ali &amp; &quot;Co&quot; &lt;3"/>')
    expect(html).not.toContain('All films')
    expect(html).toContain('<meta property="og:site_name" content="Site"/>')
    expect(html).toContain('<link rel="canonical" href="https://x.example/films"/>')
    expect(response.headers.get('x-level')).toBe('page')
    expect(response.headers.get('x-root')).toBe('1')
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
  })
})

describe('streaming', () => {
  const page = (later: () => Promise<unknown>): any => ({
    loader: () => ({ later: later() }),
    default: ({ data }: any) => (
      <Suspense fallback={<i>wait</i>}>
        <Later value={data.later} />
      </Suspense>
    ),
  })

  it('sends the page first and each promise when it settles, Dates and nested promises included', async () => {
    const gate = Promise.withResolvers<unknown>()
    const app = await createTestApp({ routes: { 'index.tsx': page(() => gate.promise) } })
    const response = await app.request('/')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let html = ''
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      html += part.value
      if (html.includes('wait</i>')) break
    }
    gate.resolve({ name: 'late', at: new Date(0), deeper: Promise.resolve('deepest') })
    for (let part = await reader.read(); !part.done; part = await reader.read()) html += part.value
    expect(html.match(/<!DOCTYPE html>/g)).toHaveLength(1)
    expect(html).toMatch(/<b[^>]*>late<\/b>/)
    expect(html).toMatch(/<script type="application\/json" data-hotclub-chunk>\[.*1970-01-01T00:00:00.000Z/)
    expect(html).toContain('deepest')
    expect(html.endsWith('</html>') || html.endsWith('</script>')).toBe(true)
  })

  it('tells the browser of a promise that rejects, without its secrets', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': page(() => Promise.reject(new Error('secret'))) } })
    const html = await text(app, '/')
    expect(html).toContain('"message":"Internal Server Error"')
    expect(html).not.toContain('secret')
    expect(app.errors.map(({ error }) => (error as Error).message)).toEqual(['secret'])
  })

  it('gives up on a promise that never settles', async () => {
    const settings = { ...defineSettings({}), streamTimeout: 20 }
    const app = await createTestApp({ settings, routes: { 'index.tsx': page(() => new Promise(() => undefined)) } })
    expect(await text(app, '/')).toContain('This took too long.')
    expect(await text(app, '/_hotclub/data/')).toContain('"status":504')
  })

  it('streams data requests line by line', async () => {
    const app = await createTestApp({ routes: { 'index.tsx': page(() => Promise.resolve({ name: 'late' })) } })
    const [first, second] = (await text(app, '/_hotclub/data/')).trim().split('\n')
    expect(JSON.parse(first!)).toContain('test')
    expect(JSON.parse(second!)).toEqual({ id: 0, value: { name: 'late' } })
  })
})

describe('trailing slashes and paths', () => {
  it('redirect by the setting, keep the query, and never leave the site', async () => {
    const app = await createTestApp({ routes: { 'films.tsx': { default: Home }, '[...rest].tsx': { default: Home } } })
    const slash = await app.request('/films/?a=1')
    expect([slash.status, slash.headers.get('location')]).toEqual([308, '/films?a=1'])
    for (const path of ['//evil.example/', '/%2F%2Fevil.example/', '/\\evil.example/']) {
      const response = await app.fetch(new Request(`http://localhost${path}`))
      const location = response.headers.get('location')
      expect(new URL(location ?? '/', 'http://localhost/').host, path).toBe('localhost')
    }
  })

  it('that cannot be decoded are 400', async () => {
    const app = await createTestApp({ routes: { '[slug].tsx': { default: Home } } })
    for (const path of ['/%', '/%zz', '/%ff', '/%C3%28']) expect((await app.request(path)).status, path).toBe(400)
  })
})

describe('values that cannot travel', () => {
  it('are named with their place', async () => {
    class Film {}
    const app = await createTestApp({ routes: { 'index.tsx': { default: Home, loader: () => ({ films: [new Film()] }) } } })
    expect((await app.request('/')).status).toBe(500)
    expect(app.errors[0]!.error).toMatchObject({ code: 'HC_SERIALIZE', message: 'An instance of Film cannot travel to the browser.' })
  })
})

describe('a promise of a database client that is a plain object with then', () => {
  it('streams like any other', async () => {
    const found = Promise.resolve({ name: 'found' })
    // oxlint-disable-next-line unicorn/no-thenable -- exactly what Prisma returns
    const lazy = (): object => ({ then: found.then.bind(found) })
    const app = await createTestApp({
      routes: {
        'index.tsx': {
          loader: () => ({ later: lazy() }),
          default: ({ data }) => (
            <Suspense fallback={<i>wait</i>}>
              <Later value={data.later} />
            </Suspense>
          ),
        },
      },
    })
    expect(await text(app, '/')).toMatch(/<b[^>]*>found<\/b>/)
    expect(app.errors).toEqual([])
  })
})
