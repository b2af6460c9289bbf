import { describe, expect, it } from 'vitest'
import { mistake, sampleApp } from './_app.ts'
import { environmentReads } from './environment-reads.ts'

function reads(code: string): string[] {
  return environmentReads(code, '/x.tsx', (expression) => expression === 'process.env.VERSION', ['PUBLIC_']).map(
    ({ text, line }) => `${line}: ${text}`,
  )
}

describe('environment values in browser code', () => {
  it('fail the build and the dev server, each read with its line', async () => {
    using app = sampleApp({
      'app/root.tsx': `import { key } from './key'\nexport const loader = () => process.env.FINE\nexport default () => <p>{key}</p>\n`,
      'app/key.ts': `export const mode = process.env.NODE_ENV\nexport const key = process.env.STRIPE_KEY\nexport const url = import.meta.env.DATABASE_URL\n`,
    })
    const built = await mistake(app.build('app/root.tsx'))
    expect(built).toMatchInlineSnapshot(`
      "'process.env.STRIPE_KEY' is read in code that runs in the browser, where it does not exist:
          app/key.ts:2  process.env.STRIPE_KEY
          app/key.ts:3  import.meta.env.DATABASE_URL
        where: app/key.ts:2
        hint: Read it in the loader and return what the view needs of it, or move the code to a '.server.ts' file. A value that everyone may see can be named PUBLIC_… and read as import.meta.env.PUBLIC_…."
    `)
    expect(await mistake(app.serve('/app/root.tsx', '/app/key.ts'))).toBe(built)
  })

  it('name the line of the route file, though its loader is gone', async () => {
    using app = sampleApp({ 'app/root.tsx': `export const loader = () =>\n  1\n\nexport default () => <p>{process.env.X}</p>\n` })
    expect(await mistake(app.build('app/root.tsx'))).toContain('app/root.tsx:4  process.env.X')
  })

  it('are found in every spelling', () => {
    expect(reads(`const { A, B } = process.env`)).toEqual(['1: process.env'])
    expect(reads(`\nx(process.env[name], process['env'].A, process?.env?.A, globalThis.process.env.A)`)).toEqual([
      '2: process.env[name]',
      `2: process['env'].A`,
      '2: process?.env?.A',
      '2: globalThis.process.env.A',
    ])
    expect(reads(`import.meta.env.SECRET; import.meta.env['SECRET']`)).toEqual([
      '1: import.meta.env.SECRET',
      `1: import.meta.env['SECRET']`,
    ])
  })

  it('are fine where the build replaces them, where they are public, and where no browser comes', () => {
    expect(
      reads(`process.env.NODE_ENV; process.env.VERSION; import.meta.env.PUBLIC_A; import.meta.env.DEV; import.meta.env[name]`),
    ).toEqual([])
    expect(
      reads(`import.meta.env.SSR ? process.env.A : 1; if (import.meta.env.SSR) x(process.env.A); import.meta.env.SSR && process.env.A`),
    ).toEqual([])
    expect(reads(`if (import.meta.env.SSR) { x() } else process.env.A`)).toEqual(['1: process.env.A'])
    expect(reads(`function f(process: { env: { A: 1 } }) { return process.env.A }`)).toEqual([])
    expect(reads(`const text = 'process.env.A' // process.env.B`)).toEqual([])
    expect(reads(`type T = typeof process.env.A; process.cwd`)).toEqual([])
  })

  it('reach the browser when they are named PUBLIC_', async () => {
    using app = sampleApp({
      '.env': 'PUBLIC_NAME=shown-to-all\nSECRET_NAME=kept\n',
      'app/root.tsx': `export default () => <p>{import.meta.env.PUBLIC_NAME}</p>\n`,
    })
    const built = await app.build('app/root.tsx')
    expect(built).toContain('shown-to-all')
    expect(built).not.toContain('kept')
  })
})
