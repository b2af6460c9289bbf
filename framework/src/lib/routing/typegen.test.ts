import { describe, expect, it } from 'vitest'
import { typeErrors, withApp } from './_fixture.ts'
import { generateTypes } from './typegen.ts'

const root = `
import type { ErrorViewProps, LoaderArgs, ViewProps } from 'hotclub'
export const loader = ({ route }: LoaderArgs<'root'>) => ({ route })
export default function Root({ children, data }: ViewProps<typeof loader>) {
  return <html lang={data.route}><body>{children}</body></html>
}
export function ErrorView({ error }: ErrorViewProps) {
  const status: number = error.status
  return <p>{status} {error.message}</p>
}
`

/** An equality that also tells `any` from everything else. */
const equal = `
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
export function same<A, B>(..._: Equal<A, B> extends true ? [] : ['not equal', A, B]): void {}
`

const page = `export default function Page() { return <p>Page</p> }\n`

const files: Record<string, string> = {
  'app/root.tsx': root,
  'app/lib/equal.ts': equal,
  'app/params/year.ts': `
import { defineParam } from 'hotclub'
export default defineParam({ parse: (text) => (/^\\d{4}$/.test(text) ? { year: Number(text) } : undefined), format: ({ year }) => String(year) })
`,
  // Brings Hotclub's own pages, '/login' among them.
  'app/auth.ts': 'export default {}',
  'app/routes/index.tsx': page,
  'app/routes/about.tsx': page,
  'app/routes/(shop)/layout.tsx': page,
  'app/routes/teams/[team=int]/root.tsx': `
import type { LoaderArgs } from 'hotclub'
import { same } from '../../../lib/equal.ts'
export function loader({ params }: LoaderArgs<'/teams/[team=int]/root'>) {
  same<typeof params, { team: number }>()
  return null
}
${page}`,
  'app/routes/sitemap.xml.ts': `
import type { LoaderArgs } from 'hotclub'
export const GET = ({ url }: LoaderArgs<'/sitemap.xml'>) => new Response(url.href)
`,
  'app/routes/years/[year=year].tsx': `
import type { LoaderArgs } from 'hotclub'
import { same } from '../../lib/equal.ts'
export function loader({ params }: LoaderArgs<'/years/[year=year]'>) {
  same<typeof params, { year: { year: number } }>()
  return null
}
${page}`,
  'app/routes/[[lang]]/docs/[...path].tsx': `
import type { ViewProps } from 'hotclub'
import { same } from '../../../lib/equal.ts'
export default function Docs({ params, data, search }: ViewProps<'/[[lang]]/docs/[...path]'>) {
  same<typeof params, { lang?: string | undefined; path: string[] }>()
  same<typeof data, undefined>()
  const query: string | undefined = search['q']
  return <p>{params.lang} {params.path.join('/')} {query}</p>
}
`,
  'app/routes/files/[...file=path].tsx': `
import type { LoaderArgs } from 'hotclub'
import { same } from '../../lib/equal.ts'
export const loader = ({ params }: LoaderArgs<'/files/[...file=path]'>) => same<typeof params, { file: string }>()
${page}`,
  'app/routes/movies/[id=int]/layout.tsx': `
import type { LoaderArgs } from 'hotclub'
import { same } from '../../../lib/equal.ts'
export const loader = ({ params }: LoaderArgs<'/movies/[id=int]/layout'>) => same<typeof params, { id: number }>()
${page}`,
  'app/routes/movies/[id=int]/index.tsx': `
import { invalid, notFound, redirect, type ActionArgs, type Context, type Head, type LoaderArgs, type ViewProps } from 'hotclub'
import { z } from 'zod'
import { same } from '../../../lib/equal.ts'

export const search = z.object({
  page: z.coerce.number().catch(1),
  q: z.string().optional(),
  sort: z.enum(['new', 'old']).default('new'),
})

const nameOf = (context: Context) => context.requestId

export async function loader(context: LoaderArgs<'/movies/[id=int]'>) {
  const { params, search } = context
  same<typeof params, { id: number }>()
  same<typeof search, { page: number; q?: string | undefined; sort: 'new' | 'old' }>()
  // @ts-expect-error -- the route has no parameter 'slug'
  params.slug
  nameOf(context)
  if (params.id === 0) notFound()
  if (params.id === 1) redirect('/')
  if (params.id === 2) return new Response('plain')
  return { title: 'Alien', released: new Date(), later: Promise.resolve(1) }
}

export const actions = {
  rate: async ({ form, params }: ActionArgs<'/movies/[id=int]'>) => {
    same<typeof form, FormData>()
    if (params.id === 0) return invalid({ stars: ['At most 5.'] })
    return { saved: true }
  },
  remove: () => redirect('/'),
}

export const head = ({ data }: ViewProps<typeof loader>): Head => ({ title: data.title })

export const cache = { seconds: 60 }

export default function Movie({ data, params, search, actionData }: ViewProps<typeof loader, typeof actions>) {
  same<typeof data, { title: string; released: Date; later: Promise<number> }>()
  same<typeof params, { id: number }>()
  same<typeof search.page, number>()
  same<typeof actionData, { stars: string[] } | { saved: boolean } | undefined>()
  // @ts-expect-error -- the loader gives no 'titel'
  data.titel
  return <h1>{data.title}</h1>
}
`,
  'app/routes/movies/[id=int]/review.tsx': `
import type { ViewProps } from 'hotclub'
import { redirect } from 'hotclub'
import { formAction, useForm } from 'hotclub/forms'
import { z } from 'zod'
import { same } from '../../../lib/equal.ts'

export const actions = {
  review: formAction('/movies/[id=int]/review', {
    schema: z.object({
      stars: z.int().min(1).max(5),
      when: z.iso.date().transform((text) => new Date(text)),
      address: z.object({ street: z.string() }).optional(),
      cast: z.array(z.object({ role: z.string(), isLead: z.boolean() })),
    }),
    permission: ({ params }) => params.id > 0,
    handle({ data, params, form, invalid }) {
      same<typeof params, { id: number }>()
      same<typeof data, { stars: number; when: Date; address?: { street: string } | undefined; cast: Array<{ role: string; isLead: boolean }> }>()
      same<typeof form, FormData>()
      if (data.stars === 1) return invalid({ stars: 'No.', 'address.street': 'No.', '': 'No.' })
      // @ts-expect-error -- the form has no field 'star'
      if (data.stars === 2) return invalid({ star: 'No.' })
      if (data.stars === 3) return redirect('/')
      return { thanks: data.stars }
    },
  }),
  plain: formAction({ schema: z.object({}), handle: ({ params }) => void params.anything }),
}

export default function Review({ actionData }: ViewProps<'/movies/[id=int]/review', typeof actions>) {
  same<typeof actionData, { thanks: number } | undefined>()
  const { Form, Field, List, optimistic } = useForm<typeof actions.review>('review', { values: { stars: 3, address: null, cast: [{ role: 'Thief' }] } })
  same<typeof optimistic, Partial<{ stars: number; when: string; address?: { street: string } | undefined; cast: Array<{ role: string; isLead: boolean }> }> | undefined>()
  // @ts-expect-error -- stars is a number
  useForm<typeof actions.review>('review', { values: { stars: 'three' } })
  return (
    <Form>
      <Field name="stars" /> <Field name="address.street" />
      <List name="cast">
        {(item) => (
          <>
            <item.Field name="role" />
            {/* @ts-expect-error -- an item has no field 'rule' */}
            <item.Field name="rule" />
          </>
        )}
      </List>
      {/* @ts-expect-error -- the form has no field 'star' */}
      <Field name="star" />
      {/* @ts-expect-error -- stars is no list */}
      <List name="stars">{() => null}</List>
    </Form>
  )
}
`,
  'app/register.d.ts': `
import 'hotclub'
declare module 'hotclub' {
  interface Register { permission: 'film.add' | 'film.change' }
}
`,
  'app/routes/allowed.tsx': `
import { signedIn } from 'hotclub/auth'
export const permission = signedIn
${page}`,
  'app/routes/films/[id=int]/edit.tsx': `
import type { LoaderArgs } from 'hotclub'
export const permission = async ({ params, user }: LoaderArgs<'/films/[id=int]/edit'>) => params.id > 0 && ((await user)?.can('film.change') ?? false)
${page}`,
  'app/routes/films/new.tsx': `
import type { LoaderArgs } from 'hotclub'
export const permission = 'film.add'
export const loader = async ({ user }: LoaderArgs<'/films/new'>) => {
  // @ts-expect-error -- there is no such permission
  ;(await user)?.can('film.remove')
  return null
}
${page}`,
  'app/routes/strict.tsx': `
import { z } from 'zod'
export const search = z.object({ q: z.string(), tag: z.array(z.string()).optional() })
${page}`,
  'app/lib/links.ts': `
import { href, type LoaderArgs } from 'hotclub'

href('/')
href('/about', {}, { hash: 'team' })
href('/movies/[id=int]', { id: 7 }, { search: { page: 2 } })
href('/movies/[id=int]', { id: 7 })
href('/[[lang]]/docs/[...path]', { path: ['a', 'b'] }, { search: { any: [1, 2] } })
href('/years/[year=year]', { year: { year: 1994 } })
href('/sitemap.xml')
href('/login')
href('/strict', {}, { search: { q: 'alien', tag: ['a'] } })

// @ts-expect-error -- there is no such route
href('/film')
// @ts-expect-error -- a layout has no URL
href('/(shop)/layout')
// @ts-expect-error -- id is missing
href('/movies/[id=int]')
// @ts-expect-error -- id is a number
href('/movies/[id=int]', { id: '7' })
// @ts-expect-error -- the route takes no slug
href('/movies/[id=int]', { id: 7, slug: 'alien' })
// @ts-expect-error -- page is a number
href('/movies/[id=int]', { id: 7 }, { search: { page: 'two' } })
// @ts-expect-error -- sort knows no 'best'
href('/movies/[id=int]', { id: 7 }, { search: { sort: 'best' } })
// @ts-expect-error -- the route's search has no 'genre'
href('/movies/[id=int]', { id: 7 }, { search: { genre: 'drama' } })
// @ts-expect-error -- q is required
href('/strict')
// @ts-expect-error -- an object is no query value
href('/about', {}, { search: { a: {} } })

// @ts-expect-error -- there is no such route
export type Wrong = LoaderArgs<'/nowhere'>
`,
}

describe('generated route types', () => {
  it('type params, search, data and links, and refuse what does not fit', async () => {
    expect(await withApp(files, typeErrors)).toEqual([])
  })

  it('fail the type check where a file holds the id of another route, naming the file and the right id', async () => {
    const moved = {
      'app/root.tsx': root,
      'app/routes/index.tsx': page,
      'app/routes/old.tsx': page,
      'app/routes/loader.tsx': `import type { LoaderArgs } from 'hotclub'\nexport const loader = (_: LoaderArgs<'/old'>) => null\n${page}`,
      'app/routes/action.tsx': `import type { ActionArgs } from 'hotclub'\nexport const actions = { save: (_: ActionArgs<'/old'>) => null }\n${page}`,
      'app/routes/form.tsx': `import { formAction } from 'hotclub/forms'\nimport { z } from 'zod'\nexport const actions = { save: formAction('/old', { schema: z.object({}), handle: () => null }) }\n${page}`,
      'app/routes/view.tsx': `import type { ViewProps } from 'hotclub'\nexport default function View(_: ViewProps<'/old'>) { return null }\n`,
      'app/routes/feed.ts': `import type { LoaderArgs } from 'hotclub'\nexport const GET = (_: LoaderArgs<'/old'>) => null\n`,
      'app/routes/a/layout.tsx': `import type { LoaderArgs } from 'hotclub'\nexport const loader = (_: LoaderArgs<'/old'>) => null\n${page}`,
      'app/register.d.ts': `import 'hotclub'\ndeclare module 'hotclub' {\n  interface Register { permission: 'film.add' }\n}\n`,
      'app/routes/permission.tsx': `export const permission = 'film.ad'\n${page}`,
      'app/routes/predicate.tsx': `import type { LoaderArgs } from 'hotclub'\nexport const permission = (_: LoaderArgs<'/old'>) => true\n${page}`,
      'app/routes/head.tsx': `export const head = () => ({ title: 7 })\nexport const cache = { seconds: '60' }\n${page}`,
    }
    const errors = await withApp(moved, typeErrors)

    for (const [file, id] of [
      ['loader.tsx', '/loader'],
      ['action.tsx', '/action'],
      ['form.tsx', '/form'],
      ['view.tsx', '/view'],
      ['feed.ts', '/feed'],
      ['a/layout.tsx', '/a/layout'],
      ['predicate.tsx', '/predicate'],
    ])
      expect(errors).toContainEqual(
        expect.stringContaining(`app/routes/${file} names the route '/old', but its own id is '${id}'. Write '${id}' there.`),
      )
    expect(errors).toContainEqual(expect.stringContaining(`app/routes/head.tsx: the export 'head' has the wrong type.`))
    expect(errors).toContainEqual(expect.stringContaining(`app/routes/head.tsx: the export 'cache' has the wrong type.`))
    expect(errors).toContainEqual(expect.stringContaining(`app/routes/permission.tsx: the export 'permission' has the wrong type.`))
    expect(errors).toHaveLength(9)
  })

  it('fail the type check where a file holds an id that no route has', async () => {
    const errors = await withApp(
      {
        'app/root.tsx': root,
        'app/routes/new.tsx': `import type { LoaderArgs } from 'hotclub'\nexport const loader = (_: LoaderArgs<'/gone'>) => null\n${page}`,
      },
      typeErrors,
    )

    expect(errors).toContainEqual(expect.stringMatching(/app\/routes\/new\.tsx\(2,.*'"\/gone"' does not satisfy the constraint/))
    expect(errors).toContainEqual(expect.stringContaining(`app/routes/new.tsx names the route '/gone', but its own id is '/new'.`))
    expect(errors).toHaveLength(2)
  })
})

describe('generateTypes', () => {
  it('writes each id once and quotes what a file name may hold', () => {
    const route = { id: `/it's/"a"`, file: `routes/it's/"a".tsx`, kind: 'page' as const, segments: [], root: 'root.tsx', layouts: [] }
    const [table] = generateTypes({
      appDir: '/site/app',
      outDir: '/site/.hotclub/types',
      routes: [route, route],
      layouts: [],
      roots: [],
      params: [],
      exports: {},
      mounts: {},
    })

    expect(table!.text.split(`'/it\\'s/"a"':`)).toHaveLength(2)
  })
})
