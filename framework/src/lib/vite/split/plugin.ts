/** The Vite plugins that keep server code out of the browser. */
import { relative } from 'node:path'
import type { Plugin } from 'vite'
import { fileOf } from './ast.ts'
import { environmentGuard } from './environment-guard.ts'
import { serverOnlyGuard } from './guard.ts'
import { removeServerExports } from './remove-server-exports.ts'
import { CLIENT_EXPORTS, type SplitPluginOptions } from './split-options.ts'

/**
 * Splits an app into its server and its browser half. In the browser's environment, in development and in builds alike:
 * route files lose their server exports, then modules of the server and environment values are refused in what is left.
 */
export function splitPlugin(options: SplitPluginOptions): Plugin[] {
  return [routeSplit(options), environmentGuard(options), serverOnlyGuard(options)]
}

function routeSplit({ isRouteModule, root }: SplitPluginOptions): Plugin {
  const split = (code: string, id: string): ReturnType<typeof removeServerExports> =>
    isRouteModule(id) ? removeServerExports(code, { id, keep: CLIENT_EXPORTS, file: relative(root, fileOf(id)) }) : null

  return {
    name: 'hotclub:split',
    enforce: 'pre',
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    // Vite looks for packages to bundle ahead before any plugin has run: without this it would find those of the loaders, too.
    configEnvironment: (name) =>
      name === 'client'
        ? { optimizeDeps: { rolldownOptions: { plugins: [{ name: 'hotclub:split-scan', transform: split }] } } }
        : undefined,
    transform: { filter: { id: /\.[cm]?[jt]sx?(?:\?|$)/ }, handler: split },
  }
}
