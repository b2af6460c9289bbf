import { build } from 'vite'
import { describe, expect, it } from 'vitest'

/** Bundles `code` for the browser, the way an app's view is, and gives the result. */
async function bundle(code: string): Promise<string> {
  const entry = '\0view'
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['hotclub-source'] },
    plugins: [{ name: 'view', resolveId: (id) => (id === entry ? id : undefined), load: (id) => (id === entry ? code : undefined) }],
    build: { write: false, rollupOptions: { input: entry } },
  })
  if (Array.isArray(result) || !('output' in result)) throw new Error('one output was expected')
  return result.output.map((file) => (file.type === 'chunk' ? file.code : '')).join('')
}

describe('hotclub in the browser', () => {
  it('is no more than what a view uses, and no Node module', async () => {
    const code = await bundle(`import { href } from 'hotclub'; globalThis.link = href('/films/[id=int]', { id: 7 })`)

    expect(code).toContain('[id=int]')
    expect(code).not.toMatch(/node:|process\.env|trustedProxies/)
    expect(code.length).toBeLessThan(6_000)
  })
})
