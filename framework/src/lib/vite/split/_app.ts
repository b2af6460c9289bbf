/** Small apps in a temporary folder, built and served by the real Vite, for the tests of the split. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, createServer, type InlineConfig, type Rolldown, type ViteDevServer } from 'vite'
import { isHotclubError } from '../../core/hotclub-error.ts'
import { splitPlugin } from './plugin.ts'

export interface SampleApp extends Disposable {
  root: string
  write(files: Record<string, string>): void
  /** Builds the browser's half with the given routes as entries. Gives all files as one text. */
  build(...routes: string[]): Promise<string>
  /** Transforms modules one after the other, as a browser asks for them. Gives the last one's code. */
  serve(...urls: string[]): Promise<string>
  /** A dev server, for more than one request. Close it. */
  server(options?: InlineConfig): Promise<ViteDevServer>
}

export function sampleApp(files: Record<string, string>): SampleApp {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hotclub-split-')))
  const write = (more: Record<string, string>): void => {
    for (const [file, text] of Object.entries(more)) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
  }
  write(files)
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  const installed = fileURLToPath(new URL('../../../../../node_modules', import.meta.url))
  for (const name of ['react', 'react-dom']) symlinkSync(join(installed, name), join(root, 'node_modules', name))

  const config: InlineConfig = {
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: splitPlugin({ root, isRouteModule: (id) => /\/app\/(?:routes\/.*|root)\.tsx$/.test(id.split('?')[0]!) }),
  }
  const server = (options: InlineConfig = {}): Promise<ViteDevServer> =>
    createServer({
      ...config,
      appType: 'custom',
      optimizeDeps: { noDiscovery: true },
      ...options,
      server: { middlewareMode: true, ws: false, watch: null },
    })

  return {
    root,
    write,
    server,
    async build(...routes) {
      const input = routes.map((route) => join(root, route))
      const { output } = (await build({
        ...config,
        build: { write: false, sourcemap: true, rolldownOptions: { input, preserveEntrySignatures: 'strict' } },
      })) as Rolldown.RolldownOutput
      return output.map((file) => (file.type === 'chunk' ? file.code + JSON.stringify(file.map) : String(file.source))).join('\n')
    },
    async serve(...urls) {
      const vite = await server()
      try {
        let code = ''
        for (const url of urls) code = (await vite.environments.client.transformRequest(url))?.code ?? ''
        return code
      } finally {
        await vite.close()
      }
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** The text of the mistake that something ends with, as the terminal shows it; fails when there is none. */
export async function mistake(run: Promise<unknown>): Promise<string> {
  try {
    await run
  } catch (error) {
    const cause = error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error
    if (!isHotclubError(cause)) throw error
    return `${String(cause.message)}\n  where: ${cause.where}\n  hint: ${cause.hint}`
  }
  throw new Error('Nothing went wrong.')
}
