import { describe, expect, it } from 'vitest'
import { transformWithOxc } from 'vite'
import { isHotclubError } from '../../core/hotclub-error.ts'
import { removeServerExports } from './remove-server-exports.ts'

const keep = ['default', 'ErrorView']

/** What the browser gets of a route file, with the blanks closed up. */
function split(code: string, id = '/app/routes/page.tsx'): string {
  const { code: client } = removeServerExports(code, { id, keep }) ?? { code }
  return client
    .split('\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trim())
    .filter((line) => line !== '' && line !== ';')
    .join('\n')
}

/** Runs a module and gives its exports. It may import nothing. */
async function run(code: string, id = '/app/routes/page.tsx'): Promise<Record<string, unknown>> {
  const client = removeServerExports(code, { id, keep })?.code ?? code
  const { code: js } = await transformWithOxc(client, id.replace('.tsx', '.ts'), { lang: 'tsx', sourcemap: false, jsx: 'preserve' })
  return (await import(`data:text/javascript,${encodeURIComponent(js)}`)) as Record<string, unknown>
}

describe('removeServerExports', () => {
  it('keeps the views and drops the loader, with the helpers, constants and imports that only it used', () => {
    const client = split(`
      import { notFound, type LoaderArgs, type ViewProps } from 'hotclub'
      import { db } from '../lib/db.server'
      import { Card } from '../components/card'
      import './page.css'
      const SECRET = 'marker'
      async function find(id: number) { return db.movie.find(id, SECRET) ?? notFound() }
      export async function loader({ params }: LoaderArgs<'/movies/[id=int]'>) { return { movie: await find(params.id) } }
      export const head = ({ data }: ViewProps<typeof loader>) => ({ title: data.movie.title })
      export default function Page({ data }: ViewProps<typeof loader>) { return <Card movie={data.movie} /> }
      export function ErrorView() { return <p>Gone</p> }
    `)

    expect(client).toMatchInlineSnapshot(`
      "import { Card } from '../components/card'
      import './page.css'
      export default function Page({ data }: ViewProps<typeof loader>) { return <Card movie={data.movie} /> }
      export function ErrorView() { return <p>Gone</p> }"
    `)
  })

  it('gives null when there is nothing to remove', () => {
    expect(removeServerExports(`export default function Page() { return <p /> }\n`, { id: '/page.tsx', keep })).toBeNull()
  })

  it('keeps a helper that both sides use, and drops what only the server half of it needs', () => {
    const client = split(`
      import { slug } from './slug'
      import { save } from './save.server'
      const format = (text: string) => slug(text)
      const store = (text: string) => save(format(text))
      export const action = () => store('a')
      export default () => <p>{format('b')}</p>
    `)
    expect(client).toContain('slug')
    expect(client).toContain('const format')
    expect(client).not.toMatch(/save|store|action/)
  })

  it('drops functions that refer to each other in a circle', () => {
    expect(
      split(`
      function even(n: number): boolean { return n === 0 || odd(n - 1) }
      function odd(n: number): boolean { return n !== 0 && even(n - 1) }
      export const loader = () => even(2)
      export default () => <p />`),
    ).toBe('export default () => <p />')
  })

  it('drops a variable that only the server reads, though its value comes from a call', () => {
    expect(
      split(
        `import { connect } from './db'\nconst db = connect('marker')\nexport const loader = () => db.all()\nexport default () => <p />`,
      ),
    ).toBe('export default () => <p />')
  })

  it('drops classes, enums and namespaces that only the server uses', () => {
    expect(
      split(`
      class Store { static { console.log('marker') } }
      enum Kind { A = 'marker' }
      namespace Tools { export const x = 'marker' }
      export const loader = () => [Store, Kind.A, Tools.x]
      export default () => <p />`),
    ).toBe('export default () => <p />')
  })

  it('keeps an enum that the view uses', async () => {
    const module = await run(`export enum Kind { A = 'a', B = A + 'b' }\nexport const loader = () => 1\nexport default () => Kind.B`)
    expect(Object.keys(module)).toEqual(['default'])
    expect((module['default'] as () => string)()).toBe('ab')
  })

  it('does not take a local name for an import of the same name', () => {
    expect(
      split(`
      import { db } from './db.server'
      export const loader = () => db.all()
      export default function Page({ db }: { db: string }) { return <p title={db}>{[1].map((loader) => loader)}</p> }`),
    ).not.toContain('db.server')
  })

  it('sees through shadowing in blocks, catch clauses, loops, default values and var', () => {
    const view = (body: string): string =>
      split(`import { db } from './db.server'\nexport const loader = () => db\nexport default function Page() { ${body}; return null }`)

    expect(view('{ const db = 1; use(db) }')).not.toContain('import')
    expect(view('try { use() } catch (db) { use(db) }')).not.toContain('import')
    expect(view('for (const db of [1]) use(db)')).not.toContain('import')
    expect(view('use(db); if (true) { var db = 1 }')).not.toContain('import')
    expect(view('const f = ({ db = 1 }) => db; const o = { db: 1, f }; o.db')).not.toContain('import')
    expect(view('db: for (;;) break db')).not.toContain('import')
    expect(view('class A { db = 1; static db() { return this.db } }')).not.toContain('import')
    expect(view('{ const db = 1 } use(db)')).toContain('import { db }')
    expect(view('const o = { db }')).toContain('import { db }')
    expect(view('const f = (x = db) => { var db = 1; return x }')).toContain('import { db }')
    expect(view('const { [db]: x } = {}')).toContain('import { db }')
    expect(view('use(db!.x as string)')).toContain('import { db }')
    expect(view('use(`${db}`)')).toContain('import { db }')
  })

  it('reads JSX names as JavaScript does: capitals and members are values, lower case is HTML', () => {
    const view = (jsx: string): string =>
      split(`import { Db, db } from './db.server'\nexport const loader = () => [Db, db]\nexport default () => ${jsx}`)

    expect(view('<db db="x" />')).not.toContain('import')
    expect(view('<p Db={1}>db Db</p>')).not.toContain('import')
    expect(view('<Db />')).toContain('import { Db }')
    expect(view('<db.Provider />')).toContain('import { db }')
    expect(view('<p {...db} />')).toContain('import { db }')
  })

  it('does not count types as uses', () => {
    expect(
      split(`
      import { Movie, db } from './db.server'
      import type { Person } from './person.server'
      import { type Genre } from './genre.server'
      const table = { movies: db }
      export const loader = () => db.all(table)
      interface Props<T extends Movie = Movie> extends Pick<Movie, 'id'> { person: Person; data: Awaited<ReturnType<typeof loader>>; key: keyof typeof table }
      export default function Page<T extends Movie>({ data }: Props<T>): Movie { return wrap<typeof db>(data as unknown as Genre) satisfies Movie }`),
    ).not.toContain('import')
  })

  it('drops overload signatures with their function', () => {
    expect(
      split(`export function loader(a: string): string\nexport function loader(a: any) { return a }\nexport default () => <p />`),
    ).toBe('export default () => <p />')
  })

  it('drops exported variables one by one', () => {
    const client = split(
      `export const size = 20, loader = () => size, { a, action, b: [, c] } = make()\nexport default () => <p>{size}{c}</p>`,
    )
    expect(client).toBe(`const size = 20, { b: [, c] } = make()\nexport default () => <p>{size}{c}</p>`)
  })

  it('drops a destructured loader with the call it comes from', () => {
    expect(split(`import { make } from './make.server'\nexport const { a, loader = 'marker' } = make()\nexport default () => <p />`)).toBe(
      'export default () => <p />',
    )
  })

  it('drops destructured names in front of, between and behind those that stay', async () => {
    const code = `export const [a, loader, b] = [1, 'marker', 3], { head, c, action, } = { head: 1, c: 4, action: 'x' }, [action2, ...rest] = [5, 6]
      export default () => [b, c, rest]`
    expect(((await run(code))['default'] as () => unknown)()).toEqual([3, 4, [6]])
  })

  it('keeps the order of holes when the last entries of a list go', () => {
    const code = `import d, { a, b, c, } from './x'\nimport e, { f, } from './y'\nimport g, * as h from './z'\nimport i, { j } from './w'
      export const loader = [d, b, c, f, h, i]\nexport default () => [a, e, g, j]`
    expect(split(code).split('\n').slice(0, 4)).toEqual([
      `import { a , } from './x'`,
      `import e from './y'`,
      `import g from './z'`,
      `import { j } from './w'`,
    ])
  })

  it('understands every way to export a default', () => {
    expect(split(`const Page = () => <p />\nexport const loader = () => 1\nexport default Page`)).toBe(
      'const Page = () => <p />\nexport default Page',
    )
    expect(split(`export const loader = () => 1\nexport default class extends Base {}`)).toBe('export default class extends Base {}')
    expect(split(`export const loader = () => 1\nexport default memo(() => <p />)`)).toBe('export default memo(() => <p />)')
    expect(split(`const View = () => <p />, get = () => 1\nexport { View as default, get as loader }`)).toBe(
      'const View = () => <p />\nexport { View as default }',
    )
    expect(split(`export { default, loader, ErrorView } from './other'`)).toBe(`export { default, ErrorView } from './other'`)
    expect(split(`export { loader } from './other'\nexport default () => <p />`)).toBe('export default () => <p />')
    expect(split(`export * as loader from './other'\nexport default () => <p />`)).toBe('export default () => <p />')
    expect(split(`const get = () => 1\nexport { get as 'loader' }\nexport default () => <p />`)).toBe('export default () => <p />')
  })

  it('exports nothing but components, so that Fast Refresh keeps their state', async () => {
    const module = await run(`
      export const size = 20
      export function helper() { return size }
      export const ErrorView = () => 'error', text = 'x'
      export const loader = () => 1
      export default function Page() { return helper() + text }`)
    expect(Object.keys(module).sort()).toEqual(['ErrorView', 'default'])
    expect((module['default'] as () => string)()).toBe('20x')
  })

  it('refuses export *, naming the line', () => {
    const code = `\nexport * from './all'\nexport default () => <p />`
    const error = (() => {
      try {
        return removeServerExports(code, { id: '/app/routes/x.tsx', keep, file: 'app/routes/x.tsx' })
      } catch (thrown) {
        return thrown
      }
    })()
    expect(isHotclubError(error) && error.toString()).toContain('HC_ROUTE_EXPORT  app/routes/x.tsx:2')
    expect(split(`export type * from './types'\nexport default () => <p />`)).toContain('export type *')
  })

  it('shows a syntax error with file, line and frame, and lets nothing through', () => {
    expect(() => split(`export const loader = ;\nexport default 1`)).toThrow(
      expect.objectContaining({
        id: '/app/routes/page.tsx',
        loc: { file: '/app/routes/page.tsx', line: 1, column: 22 },
        frame: expect.stringContaining('export const loader'),
      }),
    )
  })

  it('reads .ts files with casts that would be JSX elsewhere, and .js files with JSX', () => {
    expect(split(`export const loader = <T>(x: T) => <string>x\nexport default <number>1`, '/x.ts')).toBe('export default <number>1')
    expect(split(`export const loader = 1\nexport default () => <p />`, '/x.js?v=1')).toBe('export default () => <p />')
  })

  describe('statements that declare nothing', () => {
    it('go when they touch what only the server uses', () => {
      expect(
        split(
          `import { db } from './db'\nconst KEY = 'marker'\ndb.setup(KEY)\nif (KEY) db.log()\nexport const loader = () => db.all()\nexport default () => <p />`,
        ),
      ).toBe('export default () => <p />')
    })

    it('go when they touch an import that only the server can follow, or something that leads to one', () => {
      expect(
        split(
          `import { setup } from './setup.server'\nimport os from 'node:os'\nconst start = () => setup(os.EOL)\nstart()\nexport default () => <p />`,
        ),
      ).toBe('export default () => <p />')
    })

    it('stay when they change what the view reads, with all they need', async () => {
      const module = await run(`
        const texts = new Map<string, string>()
        const greeting = () => 'hello'
        let size = 1
        function Page() { return [texts.get('a'), size, Page.title, Page.note] }
        texts.set('a', greeting())
        size = 2
        Page.title = greeting()
        Object.assign(Page, { note: greeting() })
        export const loader = () => greeting()
        export default Page`)
      expect((module['default'] as () => unknown)()).toEqual(['hello', 2, 'hello', 'hello'])
    })

    it('stay when they have nothing to do with the server half', () => {
      const client = split(
        `import * as Sentry from '@sentry/react'\nSentry.init({ dsn: 'public' })\nif (typeof window !== 'undefined') watch()\nexport const loader = () => 1\nexport default () => <p />`,
      )
      expect(client).toContain('Sentry.init')
      expect(client).toContain('import * as Sentry')
      expect(client).toContain('watch()')
    })

    it('keep directives', () => {
      expect(split(`'use client'\nexport const loader = () => 1\nexport default () => <p />`)).toBe(
        `'use client'\nexport default () => <p />`,
      )
    })
  })

  it('drops comments with what they explain, and keeps instructions to the tools', () => {
    const client = split(`/** @jsxImportSource preact */
// marker: how the loader works
export const loader = () => 1 // marker, too
// about the view
export default () => <p />
// marker: the end
export const action = () => 2
/* marker: after the end */`)
    expect(client).toBe('/** @jsxImportSource preact */\n// about the view\nexport default () => <p />')
  })

  it('never joins two lines that a removed statement kept apart', async () => {
    const module = await run(
      `const one = () => [1, 2]\nconst secret = 1\n;[3].forEach((x) => x)\nexport const loader = () => secret\nexport default one\n;(() => 5)()`,
    )
    expect((module['default'] as () => unknown)()).toEqual([1, 2])
  })

  it('moves nothing: what stays keeps its line and column, and the map has no server code', () => {
    const code = `import { db } from './db'\nexport const loader = () =>\n  db.get('märker 🎬')\nexport const a = 1, b = 2\nexport default () => <p>{b}</p>\n`
    const result = removeServerExports(code, { id: '/app/x.tsx?v=1', keep })!
    expect(result.code.split('\n')).toHaveLength(code.split('\n').length)
    expect(result.code.indexOf('<p>')).toBe(code.indexOf('<p>'))
    expect(result.code.indexOf('b = 2')).toBe(code.indexOf('b = 2'))
    expect(result.map.sources).toEqual(['/app/x.tsx'])
    expect(result.map.sourcesContent).toEqual([result.code])
    expect(JSON.stringify(result.map)).not.toContain('rker')
  })
})
