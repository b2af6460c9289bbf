import { describe, expect, it } from 'vitest'
import { mistake, sampleApp } from './_app.ts'

const db = `export const db = { all: () => ['DB_MARKER'] }\n`

describe('server modules in browser code', () => {
  it('fail the build and the dev server, with the chain from the route down to the module drawn', async () => {
    using app = sampleApp({
      'app/routes/films.tsx': `import { db } from '../lib/db.server'\nimport { Card } from '../components/card'\n\nexport const loader = () => db.all()\nexport default () => <Card />\n`,
      'app/components/card.tsx': `import type { Db } from '../lib/db.server'\nimport { format } from '../lib/text'\nexport const Card = (_: { db?: Db }) => <p>{format('x')}</p>\n`,
      'app/lib/text/index.ts': `export * from './format'\n`,
      'app/lib/text/format.ts': `import {\n  db,\n} from '../db.server'\nexport const format = (text: string) => text\nexport const all = () => db.all()\n`,
      'app/lib/db.server.ts': db,
    })
    const built = await mistake(app.build('app/routes/films.tsx'))
    const served = await mistake(
      app.serve('/app/routes/films.tsx', '/app/components/card.tsx', '/app/lib/text/index.ts', '/app/lib/text/format.ts'),
    )

    expect(built).toMatchInlineSnapshot(`
      "'app/lib/db.server.ts' is a server-only file, but code that runs in the browser imports it:
          app/routes/films.tsx:2          import { Card } from '../components/card'
          └ app/components/card.tsx:2     import { format } from '../lib/text'
            └ app/lib/text/index.ts:1     export * from './format'
              └ app/lib/text/format.ts:1  import { db, } from '../db.server'
                └ app/lib/db.server.ts
        where: app/lib/text/format.ts:1
        hint: Only used in a loader? Only route, layout and root files lose their server exports; move what app/lib/text/format.ts does on the server to 'format.server.ts' and import that where only loaders and actions use it. If you only need a type, write 'import type'."
    `)
    expect(served).toBe(built)
  })

  it('are refused in a route whose view uses them, with a hint that says so', async () => {
    using app = sampleApp({
      'app/routes/films.tsx': `import { db } from '../lib/db.server'\nexport const loader = () => db.all()\nexport default () => <p>{db.all()}</p>\n`,
      'app/lib/db.server.ts': db,
    })
    const built = await mistake(app.build('app/routes/films.tsx'))
    expect(built).toContain('where: app/routes/films.tsx:1')
    expect(built).toContain(`but line 3 uses 'db' for the view. Load the value in the loader`)
    expect(await mistake(app.serve('/app/routes/films.tsx'))).toBe(built)
  })

  it('are refused as Node modules, with and without node:, as packages, entries, the generated client, and what the app stands on', async () => {
    const text = async (statement: string): Promise<string> => {
      using app = sampleApp({
        'app/root.tsx': `${statement}\nexport default () => <p>{String(x)}</p>\n`,
        'prisma/generated/client.ts': `export const x = 'DB_MARKER'\n`,
        'app/settings.ts': `export default { env: { KEY: 'SECRET_MARKER' } }\n`,
        'app/middleware.ts': `export const x = 1\nexport default []\n`,
        'app/auth.ts': `export default { secret: 'SECRET_MARKER' }\n`,
        'app/policies/film.ts': `export default { secret: 'SECRET_MARKER' }\n`,
        'app/signals/welcome.ts': `export const x = 'SECRET_MARKER'\n`,
      })
      const built = await mistake(app.build('app/root.tsx'))
      expect(await mistake(app.serve('/app/root.tsx'))).toBe(built)
      return built.split('\n')[0]!
    }
    expect(await text(`import x from 'node:fs'`)).toContain(`'node:fs' is a Node module`)
    expect(await text(`import { join as x } from 'path'`)).toContain(`'path' is a Node module`)
    expect(await text(`import { PrismaClient as x } from '@prisma/client'`)).toContain(`'@prisma/client' is a database package`)
    expect(await text(`import { createApp as x } from 'hotclub/server'`)).toContain(`'hotclub/server' is a server entry of Hotclub`)
    expect(await text(`import { x } from '../prisma/generated/client'`)).toContain(`'prisma/generated/client.ts' is the Prisma client`)
    expect(await text(`import x from './settings.ts'`)).toContain(`'app/settings.ts' is the settings`)
    expect(await text(`import { x } from './middleware'`)).toContain(`'app/middleware.ts' is the middleware`)
    expect(await text(`import x from './auth'`)).toContain(`'app/auth.ts' is the set-up of accounts`)
    expect(await text(`import x from './policies/film.ts'`)).toContain(`'app/policies/film.ts' is a policy`)
    expect(await text(`import { x } from './signals/welcome.ts'`)).toContain(`'app/signals/welcome.ts' is a receiver of signals`)
    expect(await text(`const x = () => import('node:os')`)).toContain(`'node:os' is a Node module`)
  })

  it('are found behind a bare import, which the split has to keep', async () => {
    using app = sampleApp({
      'app/root.tsx': `import './setup.server'\nexport const loader = () => 1\nexport default () => <p />\n`,
      'app/setup.server.ts': `console.log('DB_MARKER')\n`,
    })
    const built = await mistake(app.build('app/root.tsx'))
    expect(built).toContain(`import './setup.server'`)
    expect(built).toContain('A bare import runs wherever its file does.')
    expect(await mistake(app.serve('/app/root.tsx'))).toBe(built)
  })

  it('are found behind a route that is re-exported from a file that is none', async () => {
    using app = sampleApp({
      'app/routes/films.tsx': `export { default, loader } from '../features/films'\n`,
      'app/features/films.tsx': `import { db } from '../lib/db.server'\nexport const loader = () => db.all()\nexport default () => <p />\n`,
      'app/lib/db.server.ts': db,
    })
    const built = await mistake(app.build('app/routes/films.tsx'))
    expect(built).toContain(`app/routes/films.tsx:1      export { default, loader } from '../features/films'`)
    expect(built).toContain(`└ app/features/films.tsx:1  import { db } from '../lib/db.server'`)
    expect(built).toContain('Only route, layout and root files lose their server exports')
    expect(await mistake(app.serve('/app/routes/films.tsx', '/app/features/films.tsx'))).toBe(built)
  })

  it('are found behind an alias, which hides what it leads to', async () => {
    using app = sampleApp({
      'package.json': JSON.stringify({ imports: { '#db': './app/lib/db.server.ts' } }),
      'app/root.tsx': `import { db } from '#db'\nexport default () => <p>{db.all()}</p>\n`,
      'app/lib/db.server.ts': db,
    })
    expect(await mistake(app.build('app/root.tsx'))).toContain(`'app/lib/db.server.ts' is a server-only file`)
    expect(await mistake(app.serve('/app/root.tsx', '/app/lib/db.server.ts'))).toContain(`'app/lib/db.server.ts' is a server-only file`)
  })

  it('are reported together by a build', async () => {
    using app = sampleApp({
      'app/root.tsx': `import { a } from './a'\nimport { b } from './b'\nexport default () => <p>{a}{b}</p>\n`,
      'app/a.ts': `import os from 'node:os'\nexport const a = os.EOL\n`,
      'app/b.ts': `import fs from 'fs'\nexport const b = String(fs)\n`,
    })
    const built = await mistake(app.build('app/root.tsx'))
    expect(built).toContain('app/a.ts:1')
    expect(built).toContain('app/b.ts:1')
  })

  it('work again once the import is gone, without a restart', async () => {
    using app = sampleApp({ 'app/root.tsx': `import os from 'node:os'\nexport default () => <p>{os.EOL}</p>\n` })
    const vite = await app.server()
    try {
      const { client } = vite.environments
      await mistake(client.transformRequest('/app/root.tsx'))
      app.write({ 'app/root.tsx': `import os from 'node:os'\nexport const loader = () => os.EOL\nexport default () => <p />\n` })
      client.moduleGraph.onFileChange(`${app.root}/app/root.tsx`)
      expect((await client.transformRequest('/app/root.tsx'))?.code).not.toContain('node:os')
    } finally {
      await vite.close()
    }
  })
})

describe('what is fine', () => {
  it('builds and serves: types, server exports, shared helpers, styles, packages that look for Node, browser parts of Prisma', async () => {
    using app = sampleApp({
      'app/routes/films.tsx': `
        import { readFileSync } from 'node:fs'
        import { createApp } from 'hotclub/server'
        import { PrismaClient, type Movie } from '@prisma/client'
        import type { Db } from '../lib/db.server'
        import { db, type Row } from '../lib/db.server'
        import * as everything from '../lib/db.server'
        import { slug } from '../lib/slug'
        import { Rating } from '../../prisma/generated/enums'
        import lib from 'lib'
        import './films.css'
        export type { Db } from '../lib/db.server'
        const client = new PrismaClient()
        db.all()
        export const loader = () => [readFileSync('LOADER_MARKER'), createApp, client, everything, slug('a')]
        export { db as action } from '../lib/db.server'
        export default ({ data }: { data: Db | Movie | Row }) => <p className={Rating.A}>{slug('VIEW_MARKER')}{lib}{String(data)}</p>
        export function ErrorView() { return <p>{process.env.NODE_ENV}{import.meta.env.PUBLIC_NAME}{import.meta.env.MODE}</p> }`,
      'app/routes/films.css': `p { color: red }`,
      'app/lib/slug.ts': `export const slug = (text: string) => text.toLowerCase()`,
      'app/lib/db.server.ts': db,
      'prisma/generated/enums.ts': `export const Rating = { A: 'A' }`,
      'node_modules/lib/package.json': JSON.stringify({
        name: 'lib',
        version: '1.0.0',
        type: 'module',
        exports: './index.js',
        browser: { fs: false },
      }),
      'node_modules/lib/index.js': `import './polyfill.server.js'\nimport fs from 'fs'\nexport default typeof process === 'undefined' ? 'LIB_MARKER' : fs && process.env.LIB_SECRET`,
      'node_modules/lib/polyfill.server.js': `export {}`,
    })
    const built = await app.build('app/routes/films.tsx')
    expect(built).toContain('LIB_MARKER')
    expect(built).not.toMatch(/DB_MARKER|LOADER_MARKER/)
    const served = await app.serve('/app/lib/slug.ts', '/app/routes/films.tsx')
    expect(served).not.toMatch(/DB_MARKER|LOADER_MARKER|server/)
  })

  it('leaves the server environment as it was written', async () => {
    using app = sampleApp({
      'app/root.tsx': `import os from 'node:os'\nexport const loader = () => os.EOL + process.env.SECRET\nexport default () => <p />\n`,
    })
    const vite = await app.server()
    try {
      expect((await vite.environments.ssr.transformRequest('/app/root.tsx'))?.code).toContain('node:os')
    } finally {
      await vite.close()
    }
  })

  it('does not bundle the packages of loaders ahead for the browser, and finds those of views though an import is wrong', async () => {
    const lib = (name: string): Record<string, string> => ({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
      [`node_modules/${name}/index.js`]: `export default '${name}'`,
    })
    using app = sampleApp({
      'app/root.tsx': `import mailer from 'mailer'\nimport './tool'\nimport chart from 'chart'\nexport const loader = () => mailer\nexport default () => <p>{chart}</p>\n`,
      'app/tool.ts': `import os from 'node:os'\nconsole.log(os.EOL)\n`,
      ...lib('mailer'),
      ...lib('chart'),
    })
    const vite = await app.server({ optimizeDeps: { entries: ['app/root.tsx'], noDiscovery: false } })
    try {
      const optimizer = vite.environments.client.depsOptimizer!
      await optimizer.scanProcessing
      const names = Object.keys({ ...optimizer.metadata.optimized, ...optimizer.metadata.discovered })
      expect(names).toContain('chart')
      expect(names).not.toContain('mailer')
    } finally {
      await vite.close()
    }
  })
})
