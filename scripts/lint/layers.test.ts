import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { complaint } from './layers.js'

const root = join(import.meta.dirname, '../..')

describe('complaint', () => {
  const from = (file: string, specifier: string) => complaint(file, specifier)

  it('lets imports go down, and around inside an area', () => {
    expect(from('framework/src/lib/server/node.ts', '../core/context.ts')).toBeUndefined()
    expect(from('framework/src/lib/cli/data/commands.ts', '../../db/migrate.ts')).toBeUndefined()
    expect(from('framework/src/lib/cli/data/commands.ts', '../env.ts')).toBeUndefined()
    expect(from('framework/src/lib/middleware/compose.ts', '../view/payload.ts')).toBeUndefined()
    expect(from('framework/src/lib/core/settings.ts', 'zod')).toBeUndefined()
  })

  it('refuses a way up and says where the code should go instead', () => {
    expect(from('framework/src/lib/http/cookies.ts', '../server/types.ts')).toBe(
      "'http' lies below 'server' and cannot import it. Let 'server' hand the value in, or move what both need into 'http' or below it: core.",
    )
  })

  it('refuses neighbours', () => {
    expect(from('framework/src/lib/db/client.ts', '../cache/store.ts')).toBe(
      "'db' and 'cache' are neighbours and do not import each other. Move what they share down: core, http, schema.",
    )
  })

  it('asks for a place for an area that has none', () => {
    expect(from('framework/src/lib/novel/x.ts', '../core/context.ts')).toBe(
      "'novel' has no layer. Give it a place in scripts/lint/layers.js.",
    )
  })

  it('keeps the framework away from apps and lib away from the public entries', () => {
    expect(from('framework/src/lib/vite/plugin.ts', '../../../../app/settings.ts')).toMatch(
      /^The framework does not import 'app\/settings.ts'/,
    )
    expect(from('framework/src/lib/vite/plugin.ts', '../../server.ts')).toMatch(/^'framework\/src\/server.ts' is a public entry/)
    expect(from('framework/src/index.ts', './lib/core/results.ts')).toBeUndefined()
    expect(from('framework/src/index.ts', './server.ts')).toMatch(/^A public entry only re-exports from \.\/lib\//)
  })

  it('shows apps the public entries only', () => {
    expect(from('app/routes/index.tsx', 'hotclub/client')).toBeUndefined()
    expect(from('app/routes/index.tsx', '../components/poster.tsx')).toBeUndefined()
    expect(from('app/routes/index.tsx', '../../framework/src/lib/core/context.ts')).toMatch(/^An app sees only the public entries/)
    expect(from('app/routes/index.tsx', '@prisma/client')).toMatch(/^'@prisma\/client' is behind the framework/)
    expect(from('app/routes/index.tsx', '../../prisma/generated/client.ts')).toMatch(/^Loaders and actions get the client as 'db'/)
    expect(from('app/lib/x.ts', '../../admin/movie.tsx')).toMatch(/^app\/ does not know admin\//)
  })

  it('lets browser tests speak HTTP only', () => {
    expect(from('e2e/home.spec.ts', './helpers.ts')).toBeUndefined()
    expect(from('e2e/home.spec.ts', '../app/settings.ts')).toMatch(/^Browser tests know the app only by HTTP/)
  })
})

describe('oxlint with the configuration of the repository', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hotclub lint '))
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    cpSync(join(root, 'scripts/lint/layers.js'), join(folder, 'scripts/lint/layers.js'), { recursive: true })
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  const lint = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format=unix'], { cwd: folder, encoding: 'utf8' })
    return { status, stdout }
  }

  it('reports every kind of import that breaks the layers', () => {
    const { status, stdout } = lint({
      'framework/src/lib/server/node.ts': 'export type Port = number\nexport const port = 1\n',
      'framework/src/lib/core/a.ts': "import { port } from '../server/node.ts'\nexport const a = port\n",
      'framework/src/lib/core/b.ts': "export { port } from '../server/node.ts'\n",
      'framework/src/lib/core/c.ts': "export * from '../server/node.ts'\n",
      'framework/src/lib/core/d.ts': "export const d = () => import('../server/node.ts')\n",
      'framework/src/lib/core/e.ts': "export type E = import('../server/node.ts').Port\n",
      'framework/src/lib/core/f.ts': "import type { Port } from '../server/node.ts'\nexport type F = Port\n",
    })

    expect(status).toBe(1)
    for (const file of 'abcdef')
      expect(stdout).toMatch(new RegExp(`core/${file}\\.ts:\\d+:\\d+: 'core' lies below 'server' and cannot import it`))
  })

  it('lets tests import from above what they test', () => {
    const { status, stdout } = lint({
      'framework/src/lib/server/node.ts': 'export const port = 1\n',
      'framework/src/lib/core/a.test.ts': "import { port } from '../server/node.ts'\nexport const a = port\n",
    })

    expect(stdout).not.toContain('lies below')
    expect(status).toBe(0)
  })
})
