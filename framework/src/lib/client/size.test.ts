import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build, defaultClientConditions } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const source = join(import.meta.dirname, '../..')
const EVERYTHING = `export * from 'hotclub/client-entry'; export * from 'hotclub/client'`

/** Minified code, as the browser gets it, of the first files: what loads only when needed is not in it. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    mode: 'production',
    resolve: { conditions: ['hotclub-source', ...defaultClientConditions] },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'everything' ? id : undefined),
        load: (id) => (id === 'everything' ? EVERYTHING : undefined),
      },
    ],
    root: source,
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: 'everything', external: [/^react($|\/)/, /^react-dom($|\/)/], preserveEntrySignatures: 'strict' },
    },
  })
  if (Array.isArray(result) || !('output' in result)) throw new Error('Expected one build.')
  const entry = result.output.find((file) => file.type === 'chunk' && file.isEntry)
  if (entry?.type !== 'chunk') throw new Error('The build has no entry.')
  expect(entry.imports.every((name) => name.startsWith('react'))).toBe(true)
  return entry.code
}

// What Vite builds depends on it, as in `hotclub build`.
beforeAll(() => void vi.stubEnv('NODE_ENV', 'production'))
afterAll(() => void vi.unstubAllEnvs())

describe('the code that every visitor loads, beside React', () => {
  it('is under 8 KB compressed, every part of hotclub/client included', async () => {
    // As `hotclub start` sends it to every browser in use: brotli, at the build's level.
    const bytes = brotliCompressSync(await bundle()).length
    console.log(`hotclub/client and hotclub/client-entry: ${bytes} bytes`)

    expect(bytes).toBeLessThan(8 * 1024)
  })
})
