/** Refuses environment values in browser code: there is no `process` in a browser, and a secret must not be put there. */
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { fileOf } from './ast.ts'
import { buildError } from './build-error.ts'
import { environmentReads } from './environment-reads.ts'
import { isInPackage } from './server-only.ts'
import type { SplitPluginOptions } from './split-options.ts'

/** Begins the names of environment variables that reach the browser, as `import.meta.env.PUBLIC_…`. */
const PUBLIC_PREFIX = 'PUBLIC_'

/** The framework's own folder, where it is not an installed package: what it reads is its business. */
const FRAMEWORK: string = packageFolder(dirname(fileURLToPath(import.meta.url)))

/**
 * Reports `process.env.X` and unknown `import.meta.env.X` in an app's browser code with `HC_CLIENT_ENV`, and makes `PUBLIC_` the
 * prefix of public variables, unless the app chose its own. Packages are left alone; they read `process.env.NODE_ENV`, which Vite replaces.
 */
export function environmentGuard({ root }: SplitPluginOptions): Plugin {
  return {
    name: 'hotclub:environment',
    enforce: 'pre',
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    config: (config) => (config.envPrefix === undefined ? { envPrefix: PUBLIC_PREFIX } : undefined),
    transform: {
      filter: { id: { include: /\.[cm]?[jt]sx?(?:\?|$)/, exclude: /\/node_modules\// }, code: /process|import\.meta\.env/ },
      handler(code, id) {
        if (isInPackage(id) || id.startsWith('\0') || id.startsWith(`${FRAMEWORK}/`)) return null
        const { config } = this.environment
        const prefixes = [config.envPrefix ?? PUBLIC_PREFIX].flat()
        const reads = environmentReads(code, id, (expression) => Object.hasOwn(config.define ?? {}, expression), prefixes)
        const [first] = reads
        if (!first) return null
        const file = fileOf(id)
        const name = relative(root, file)
        const list = reads.map(({ text, line }) => `    ${name}:${line}  ${text}`).join('\n')
        throw buildError('HC_CLIENT_ENV', {
          file,
          name,
          line: first.line,
          message: `'${first.text}' is read in code that runs in the browser, where it does not exist:\n${list}`,
          hint: `Read it in the loader and return what the view needs of it, or move the code to a '.server.ts' file. A value that everyone may see can be named ${prefixes[0] ?? PUBLIC_PREFIX}… and read as import.meta.env.${prefixes[0] ?? PUBLIC_PREFIX}….`,
        })
      },
    },
  }
}

function packageFolder(folder: string): string {
  const parent = dirname(folder)
  return parent === folder || existsSync(join(folder, 'package.json')) ? folder : packageFolder(parent)
}
