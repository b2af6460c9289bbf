/**
 * How long the type check takes in an app of 300 routes and 100 models.
 * Run with `node --conditions=hotclub-source bench/tsc.ts`.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { scanRoutes } from '../framework/src/lib/routing/scan.ts'
import { generateTypes } from '../framework/src/lib/routing/typegen.ts'
import { generate } from '../framework/src/lib/schema/generate.ts'

const MODELS = 100
const ROUTES = 300

const project = dirname(import.meta.dirname)
const root = join(project, '.cache/bench-tsc')
rmSync(root, { recursive: true, force: true })

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function schema(): string {
  const models = Array.from(
    { length: MODELS },
    (_, n) => `
model Item${n} {
  id        Int      @id @default(autoincrement())
  title     String
  slug      String   @unique
  note      String?
  price     Decimal  @default(0)
  views     BigInt   @default(0)
  isPublic  Boolean  @default(false)
  createdAt DateTime @default(now())
  parentId  Int?
  parent    Item${(n + 1) % MODELS}?   @relation("Items${n}", fields: [parentId], references: [id])
  children  Item${(n + MODELS - 1) % MODELS}[]  @relation("Items${(n + MODELS - 1) % MODELS}")
}`,
  )
  return `generator client {
  provider            = "prisma-client"
  output              = "generated/client"
  runtime             = "nodejs"
  moduleFormat        = "esm"
  importFileExtension = "ts"
  compilerBuild       = "fast"
}

generator hotclub {
  provider = "hotclub-prisma-generator"
  output   = "generated/metadata.ts"
}

datasource db {
  provider = "sqlite"
}
${models.join('\n')}
`
}

/** A list with a search, a detail page with actions, and a page of a static path, in turn. */
const kinds: Array<(n: number) => [file: string, text: string]> = [
  (n) => [
    `section${n}/index.tsx`,
    `import { href, type LoaderArgs, type ViewProps } from 'hotclub'
import { z } from 'zod'

export const search = z.object({ page: z.coerce.number().int().min(1).catch(1), q: z.string().optional() })

export async function loader({ db, search }: LoaderArgs<'/section${n}'>) {
  const where = search.q === undefined ? {} : { title: { contains: search.q } }
  return { items: await db.item${n % MODELS}.findMany({ where, include: { parent: true }, skip: (search.page - 1) * 20, take: 20 }) }
}

export const head = ({ search }: ViewProps<typeof loader>) => ({ title: \`Page \${search.page}\` })

export default function List({ data, search }: ViewProps<typeof loader>) {
  return (
    <ul>
      {data.items.map((item) => (
        <li key={item.id}>
          <a href={href('/section${n}/[id=int]', { id: item.id })}>{item.title}</a> {item.parent?.title}
        </li>
      ))}
      <li>
        <a href={href('/section${n}', {}, { search: { page: search.page + 1 } })}>More</a>
      </li>
    </ul>
  )
}
`,
  ],
  (n) => [
    `section${n}/[id=int].tsx`,
    `import { href, invalid, notFound, redirect, type ActionArgs, type LoaderArgs, type ViewProps } from 'hotclub'

export async function loader({ db, params }: LoaderArgs<'/section${n}/[id=int]'>) {
  const item = await db.item${n % MODELS}.findUnique({ where: { id: params.id }, include: { parent: true, children: { select: { id: true, title: true } } } })
  if (!item) notFound()
  return { item }
}

export const actions = {
  async rename({ db, params, form }: ActionArgs<'/section${n}/[id=int]'>) {
    const title = String(form.get('title') ?? '')
    if (title === '') return invalid({ title: 'Enter a title.' })
    await db.item${n % MODELS}.update({ where: { id: params.id }, data: { title } })
    return redirect(href('/section${n}/[id=int]', { id: params.id }))
  },
}

export default function Detail({ data, actionData }: ViewProps<typeof loader, typeof actions>) {
  return (
    <article>
      <h1>{data.item.title}</h1>
      <p>{data.item.createdAt.toISOString()} {data.item.parent?.slug} {data.item.children.length}</p>
      <p role="alert">{actionData?.title}</p>
    </article>
  )
}
`,
  ],
  (n) => [
    `section${n}/about.tsx`,
    `import { href } from 'hotclub'

export default function About() {
  return <a href={href('/section${n}')}>Section</a>
}
`,
  ],
]

write('prisma/schema.prisma', schema())
write('package.json', '{ "private": true, "type": "module" }\n')
write(
  'app/root.tsx',
  `import type { ViewProps } from 'hotclub'\n\nexport default function Root({ children }: ViewProps) {\n  return <html lang="en"><body>{children}</body></html>\n}\n`,
)
for (let n = 0; n < ROUTES; n++) {
  const [file, text] = kinds[n % kinds.length]!(Math.floor(n / kinds.length))
  write(`app/routes/${file}`, text)
}
write(
  'tsconfig.json',
  JSON.stringify({
    extends: '../../tsconfig.base.json',
    compilerOptions: { noEmit: true, types: ['node'] },
    include: ['app', '.hotclub/types'],
  }),
)

await generate({ root })
const typegenStart = performance.now()
const appDir = join(root, 'app')
const scan = await scanRoutes(appDir, [])
const files = generateTypes({ ...scan, appDir, outDir: join(root, '.hotclub/types') })
const typegen = Math.round(performance.now() - typegenStart)
if (scan.problems.length > 0) throw scan.problems[0]!
for (const { path, text } of files) writeFileSync(path, text)

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
const seconds: number[] = []
let diagnostics = ''
for (let round = 0; round < 3; round++) {
  const start = performance.now()
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', root, '--pretty', 'false', '--extendedDiagnostics'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stdout)
  seconds.push((performance.now() - start) / 1000)
  diagnostics = stdout
}
const picked = diagnostics.split('\n').filter((line) => /^(?:Files|Types|Instantiations|Memory used|Check time|Total time)/.test(line))
console.log(`${scan.routes.length} routes, ${MODELS} models: scan and types ${typegen} ms`)
console.log(`tsc --noEmit: ${seconds.map((value) => value.toFixed(2)).join(' ')} s, best ${Math.min(...seconds).toFixed(2)} s`)
console.log(picked.join('\n'))
rmSync(root, { recursive: true })
