import fc from 'fast-check'
import { build, type Rolldown, transformWithOxc } from 'vite'
import { describe, expect, it } from 'vitest'
import { type GeneratedModule, generatedModule } from './_generated.ts'
import { removeServerExports } from './remove-server-exports.ts'

const keep = ['default', 'ErrorView']

function client({ code }: GeneratedModule): string {
  return removeServerExports(code, { id: '/page.tsx', keep })!.code
}

async function evaluate(code: string): Promise<unknown> {
  const { code: js } = await transformWithOxc(code, '/page.tsx', { sourcemap: false })
  const module = (await import(`data:text/javascript,${encodeURIComponent(js)}`)) as { default: () => unknown }
  return module.default()
}

describe('removeServerExports, for any module', () => {
  it('leaves no marker of the server half, and the view gives what it gave', async () => {
    await fc.assert(
      fc.asyncProperty(generatedModule, async (module) => {
        const code = client(module)
        expect(module.hidden.filter((marker) => code.includes(marker))).toEqual([])
        expect(await evaluate(code)).toBe(module.result)
        expect(await evaluate(module.code)).toBe(module.result)
      }),
      { numRuns: 150 },
    )
  })

  it('never leaves what the tree shaking of a real build would drop', async () => {
    const modules = fc.sample(generatedModule, { numRuns: 60, seed: 7 })
    const sources = new Map(modules.map((module, index) => [`/page${index}.tsx`, module.code]))
    const shaken = await shake(sources)

    for (const [index, module] of modules.entries()) {
      const mine = markersIn(client(module))
      const theirs = markersIn(shaken.get(`/page${index}.tsx`)!)
      expect(mine.filter((marker) => !theirs.includes(marker))).toEqual([])
    }
    expect(modules.length).toBe(shaken.size)
  })
})

function markersIn(code: string): string[] {
  return [...new Set(code.match(/M\d+!|LOADER|ACTION/g))].sort()
}

/** Bundles each source as if only its default export were imported, without the split. */
async function shake(sources: Map<string, string>): Promise<Map<string, string>> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: [...sources.keys()].map((id) => `entry:${id}`), preserveEntrySignatures: 'strict' },
    },
    plugins: [
      {
        name: 'sources',
        enforce: 'pre',
        resolveId: (id) => (id.startsWith('entry:') || sources.has(id) ? id : null),
        load: (id) => (id.startsWith('entry:') ? `export { default } from '${id.slice('entry:'.length)}'` : sources.get(id)),
      },
    ],
  })) as Rolldown.RolldownOutput
  return new Map(
    output.flatMap((chunk) =>
      chunk.type === 'chunk' && chunk.facadeModuleId ? [[chunk.facadeModuleId.slice('entry:'.length), chunk.code]] : [],
    ),
  )
}
