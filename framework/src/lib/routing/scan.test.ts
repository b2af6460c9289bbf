import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildRoutes, type ScanResult } from './build-routes.ts'
import { scanRoutes } from './scan.ts'

/** Scans one of the small apps in `framework/test/routes`, each of which shows one convention or mistake. */
function sample(name: string): Promise<ScanResult> {
  return scanRoutes(join(import.meta.dirname, '../../../test/routes', name), [])
}

/** Problems as `CODE place: message`. */
function told({ problems }: ScanResult): string[] {
  return problems.map(({ code, where, message }) => `${code} ${where}: ${message}`)
}

function ids({ routes }: ScanResult): string[] {
  return routes.map(({ id }) => id)
}

describe('scanRoutes', () => {
  it('gives every convention its id and kind', async () => {
    const { routes, problems } = await sample('conventions')

    expect(problems).toEqual([])
    expect(routes.map(({ id, file, kind }) => `${kind} ${id} <- ${file}`)).toEqual([
      'page / <- routes/index.tsx',
      'resource /.well-known/security.txt <- routes/.well-known/security.txt.ts',
      'page /[[lang]]/imprint <- routes/[[lang]]/imprint.tsx',
      'resource /[slug].xml <- routes/[slug].xml.ts',
      'page /about <- routes/about.tsx',
      'resource /api/ping <- routes/api/ping.tsx',
      'page /c++ <- routes/c++.tsx',
      'page /cart <- routes/(shop)/cart.tsx',
      'page /checkout <- routes/(shop)/(pay)/checkout.tsx',
      'page /docs/[...rest] <- routes/docs/[...rest].tsx',
      'resource /feed-[n=int].xml <- routes/feed-[n=int].xml.ts',
      'resource /files/[...file=path] <- routes/files/[...file=path].ts',
      'page /movies <- routes/movies/index.tsx',
      'page /movies/[id=int] <- routes/movies/[id=int].tsx',
      'page /movies/[id=int]/cast <- routes/movies/[id=int]/cast.tsx',
      'page /people/[slug] <- routes/people/[slug].tsx',
      'resource /sitemap.xml <- routes/sitemap.xml.ts',
      'page /sums/[...terms=int] <- routes/sums/[...terms=int].tsx',
      'page /über uns <- routes/über uns.tsx',
    ])
  })

  it('reads the segments of a route', async () => {
    const { routes } = await sample('conventions')
    const segments = (id: string): unknown => routes.find((route) => route.id === id)?.segments

    expect(segments('/')).toEqual([])
    expect(segments('/movies/[id=int]/cast')).toEqual([
      { kind: 'static', text: 'movies' },
      { kind: 'param', name: 'id', converter: 'int', optional: false, prefix: '', suffix: '' },
      { kind: 'static', text: 'cast' },
    ])
    expect(segments('/feed-[n=int].xml')).toEqual([
      { kind: 'param', name: 'n', converter: 'int', optional: false, prefix: 'feed-', suffix: '.xml' },
    ])
    expect(segments('/[[lang]]/imprint')).toEqual([
      { kind: 'param', name: 'lang', converter: undefined, optional: true, prefix: '', suffix: '' },
      { kind: 'static', text: 'imprint' },
    ])
    expect(segments('/files/[...file=path]')).toEqual([
      { kind: 'static', text: 'files' },
      { kind: 'rest', name: 'file', converter: 'path' },
    ])
  })

  it('lists the layouts around a route from the outermost in, groups included', async () => {
    const scan = await sample('layouts')

    expect(scan.problems).toEqual([])
    expect(Object.fromEntries(scan.routes.map(({ id, layouts }) => [id, layouts]))).toEqual({
      '/': ['routes/layout.tsx'],
      '/cart': ['routes/layout.tsx', 'routes/(shop)/layout.tsx'],
      '/movies-archive': ['routes/layout.tsx'],
      '/movies/[id=int]': ['routes/layout.tsx', 'routes/movies/layout.tsx', 'routes/movies/[id=int]/layout.ts'],
    })
    expect(scan.layouts).toHaveLength(4)
  })

  it('passes over helpers, tests, declarations and files that are not code', () => {
    const files = [
      'root.tsx',
      'routes/index.tsx',
      'routes/index.test.tsx',
      'routes/index.test-d.ts',
      'routes/_card.tsx',
      'routes/_parts/table.tsx',
      'routes/queries.server.ts',
      'routes/chart.client.tsx',
      'routes/types.d.ts',
      'routes/page.css',
      'routes/notes.md',
      'components/card.tsx',
      'params/_shared.ts',
      'params/year.test.ts',
    ]
    const scan = buildRoutes(files.map((file) => ({ file, source: 'export default function View() { return null }' })))

    expect(ids(scan)).toEqual(['/'])
    expect(scan.params).toEqual([])
    expect(scan.problems).toEqual([])
  })

  it('finds own converters', async () => {
    const scan = await sample('own-converter')

    expect(scan.params).toEqual(['params/year.ts'])
    expect(scan.problems).toEqual([])
  })

  it('gives no routes and says what is missing for an empty folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hotclub-empty-'))
    try {
      await mkdir(join(folder, 'routes'))
      const scan = await scanRoutes(folder, [])

      expect(scan.routes).toEqual([])
      expect(told(scan)).toEqual(['HC_ROUTE_ROOT app/root.tsx: The app has no root.'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('route conflicts', () => {
  it('name both files where a file and the index of a folder are one URL', async () => {
    expect(told(await sample('conflict-index'))).toEqual([
      'HC_ROUTE_CONFLICT app/routes/movies/index.tsx: app/routes/movies.tsx and app/routes/movies/index.tsx answer the same URL: /movies',
    ])
  })

  it('see through groups', async () => {
    expect(told(await sample('conflict-group'))).toEqual([
      'HC_ROUTE_CONFLICT app/routes/(b)/about.tsx: app/routes/(a)/about.tsx and app/routes/(b)/about.tsx answer the same URL: /about',
    ])
  })

  it('do not care for the names of parameters', async () => {
    expect(told(await sample('conflict-param-name'))).toEqual([
      'HC_ROUTE_CONFLICT app/routes/movies/[slug].tsx: app/routes/movies/[id].tsx and app/routes/movies/[slug].tsx answer the same URL: /movies/[slug]',
    ])
  })

  it('see an optional segment that is left out', async () => {
    expect(told(await sample('conflict-optional'))).toEqual([
      'HC_ROUTE_CONFLICT app/routes/about.tsx: app/routes/[[lang]]/about.tsx and app/routes/about.tsx answer the same URL: /about',
    ])
  })

  it('see an optional segment that is there', async () => {
    expect(told(await sample('conflict-optional-param'))).toEqual([
      'HC_ROUTE_CONFLICT app/routes/[slug].tsx: app/routes/[[lang]]/index.tsx and app/routes/[slug].tsx answer the same URL: /[slug]',
    ])
  })

  it('see a rest behind an optional segment', async () => {
    expect(told(await sample('conflict-rest'))).toEqual([
      'HC_ROUTE_CONFLICT app/routes/[[lang]]/[...path].tsx: app/routes/[...rest].tsx and app/routes/[[lang]]/[...path].tsx answer the same URL: /[...path]',
    ])
  })

  it('see a page beside a resource route', async () => {
    expect(told(await sample('conflict-kind'))).toEqual([
      'HC_ROUTE_CONFLICT app/routes/feed.tsx: app/routes/feed.ts and app/routes/feed.tsx answer the same URL: /feed',
    ])
  })

  it('see two layouts of one folder, and a route with the id of a layout', async () => {
    expect(told(await sample('conflict-layout'))).toEqual([
      'HC_ROUTE_CONFLICT app/routes/layout.tsx: app/routes/layout.ts and app/routes/layout.tsx are both the layout of one folder.',
      "HC_ROUTE_CONFLICT app/routes/layout/index.tsx: The route app/routes/layout/index.tsx has the same id as the layout app/routes/layout.tsx: '/layout'.",
    ])
  })

  it('are none where converters, fixed text or what follows differ', async () => {
    const scan = await sample('no-conflict')

    expect(scan.problems).toEqual([])
    expect(ids(scan)).toHaveLength(8)
  })
})

describe('route names', () => {
  it('that cannot be read are all reported, and only they', async () => {
    const scan = await sample('names')

    expect(scan.routes).toEqual([])
    expect(told(scan)).toEqual([
      'HC_ROUTE_NAME app/routes/page.jsx: Routes and converters are TypeScript files.',
      'HC_ROUTE_NAME app/routes/()/a.tsx: A group needs a name.',
      "HC_ROUTE_NAME app/routes/(group).tsx: '(group)' is a group, and groups are folders.",
      "HC_ROUTE_NAME app/routes/[...rest]/end.tsx: '[...rest]' takes the rest of the URL, so nothing can follow it.",
      "HC_ROUTE_NAME app/routes/[1st].tsx: '[1st]' is not a parameter: its brackets or its name are wrong.",
      "HC_ROUTE_NAME app/routes/[[...rest]].tsx: '[[...rest]]' is optional twice.",
      'HC_ROUTE_NAME app/routes/[[a]]/[[b]]/[[c]]/[[d]]/[[e]]/x.tsx: The route has 5 optional segments.',
      "HC_ROUTE_NAME app/routes/[__proto__].tsx: A parameter cannot be called '__proto__'.",
      "HC_ROUTE_NAME app/routes/[a]-[b].tsx: '[a]-[b]' has more than one parameter in one segment.",
      "HC_ROUTE_NAME app/routes/[id.tsx: '[id' is not a parameter: its brackets or its name are wrong.",
      "HC_ROUTE_NAME app/routes/x-[...rest].tsx: 'x-[...rest]' is not a parameter.",
      "HC_ROUTE_NAME app/routes/x-[[lang]].tsx: 'x-[[lang]]' is not a parameter.",
    ])
  })

  it('with wrong converters or parameters are reported', async () => {
    const scan = await sample('params')

    expect(told(scan)).toEqual([
      "HC_ROUTE_PARAM app/params/a b.ts: 'a b' cannot be the name of a converter.",
      "HC_ROUTE_PARAM app/params/int.ts: The converter 'int' is built in.",
      "HC_ROUTE_PARAM app/params/nothing.ts: The converter 'nothing' has no default export.",
      "HC_ROUTE_PARAM app/routes/[id=itn].tsx: There is no converter 'itn'.",
      "HC_ROUTE_PARAM app/routes/[id]/[id].tsx: The parameter 'id' occurs twice.",
      "HC_ROUTE_PARAM app/routes/p/[file=path].tsx: The converter 'path' takes the rest of a URL, not one segment.",
      "HC_ROUTE_PARAM app/routes/q/[x=constructor].tsx: There is no converter 'constructor'.",
    ])
    expect(scan.problems[3]!.hint).toMatch(/^Did you mean 'int'\?/)
  })
})

describe('route exports', () => {
  it('that are wrong are all reported with file and line', async () => {
    expect(told(await sample('exports'))).toEqual([
      "HC_ROUTE_EXPORT app/routes/a/layout.tsx:1: 'action' is not an export of a layout.",
      "HC_ROUTE_EXPORT app/routes/both.tsx:2: 'action' and 'actions' stand side by side.",
      "HC_ROUTE_EXPORT app/routes/destructured.tsx:1: 'acton' is not a route export.",
      "HC_ROUTE_EXPORT app/routes/helper.tsx:5: 'formatPrice' is not a route export.",
      "HC_ROUTE_EXPORT app/routes/hydrate.tsx:2: 'hydrate' is not a plain true or false.",
      "HC_ROUTE_EXPORT app/routes/loader-in-resource.ts:2: 'loader' is not an export of a resource route.",
      "HC_ROUTE_EXPORT app/routes/method-in-page.tsx:1: 'GET' is a method handler, but this file is a page.",
      'HC_ROUTE_EXPORT app/routes/no-method.ts: This resource route handles no method.',
      'HC_ROUTE_EXPORT app/routes/no-view.tsx: This page has no view.',
      'HC_ROUTE_EXPORT app/routes/nothing.tsx: The file exports nothing.',
      "HC_ROUTE_EXPORT app/routes/star.tsx:1: What 'export *' brings cannot be seen.",
      'HC_ROUTE_EXPORT app/routes/types-only.tsx: The file exports nothing.',
      "HC_ROUTE_EXPORT app/routes/typo.tsx:1: 'laoder' is not a route export.",
      'HC_ROUTE_EXPORT app/routes/view-in-resource.ts:1: A .ts route answers with method handlers; it has no view.',
    ])
  })

  it('get a hint that corrects the spelling and lists what is allowed', async () => {
    const { problems } = await sample('exports')

    expect(problems.find(({ where }) => where === 'app/routes/typo.tsx:1')?.hint).toBe(
      "Did you mean 'loader'? A page may export default, loader, action, actions, head, search, headers, middleware, permission, security, cache, hydrate, ErrorView. " +
        "Move helpers to a file whose name starts with '_'.",
    )
  })

  it('that are right pass, types and re-exports among them; syntax errors are left to the build', async () => {
    const scan = await sample('exports-right')

    expect(scan.problems).toEqual([])
    expect(scan.exports['routes/typed.tsx']).toEqual(['loader', 'action', 'default'])
    expect(scan.exports['routes/re-exported.tsx']).toEqual(['loader', 'default'])
    expect(scan.unhydrated).toEqual(['routes/plain.tsx'])
  })
})
