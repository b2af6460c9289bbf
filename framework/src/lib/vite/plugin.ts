import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin, PluginOption } from 'vite'
import { scanRoutes } from '../routing/scan.ts'
import { CLIENT_ENTRY, readAssets } from './assets.ts'
import { clientEntryCode, DECIMAL_MODULE, plainClientCode, REFRESH } from './client-entry.ts'
import { viteConfig } from './config.ts'
import { PLAIN_CLIENT } from './dev/events.ts'
import { failOnProblems } from '../routing/problems.ts'
import { manifestKey, projectAt, type Project } from './project.ts'
import { SERVER_ENTRY, serverEntryCode, viewFiles } from './server-entry.ts'
import { splitPlugin } from './split/plugin.ts'

/**
 * The Vite plugin of a Hotclub app: `plugins: [hotclub()]` in `vite.config.ts` is all the configuration there is.
 * It brings React with Fast Refresh, the client/server split, and the app's two entries.
 */
export function hotclub(): PluginOption[] {
  const project = projectAt(process.cwd())
  return [entries(project), ...splitPlugin({ isRouteModule: (id: string) => isRouteModule(project, id), root: project.root }), react()]
}

const VIRTUAL = new Set([SERVER_ENTRY, CLIENT_ENTRY, REFRESH, PLAIN_CLIENT])

/** Whether a module is root, layout or route: one whose server exports the browser must not get. */
function isRouteModule(project: Project, id: string): boolean {
  const file = id.split('?', 1)[0]!
  return file === join(project.app, 'root.tsx') || (file.startsWith(join(project.app, 'routes/')) && file.endsWith('.tsx'))
}

/** Sets up both environments and gives the virtual modules their code. */
function entries(project: Project): Plugin {
  let isBuild = false
  return {
    name: 'hotclub:entries',
    enforce: 'pre',
    async config(_, { command }) {
      isBuild = command === 'build'
      const scan = await scanRoutes(project.app)
      if (isBuild) failOnProblems(scan.problems)
      return viteConfig(
        project,
        viewFiles(scan.routes).map((file) => join(project.app, file)),
        isBuild,
      )
    },
    resolveId(id) {
      return VIRTUAL.has(id) ? `\0${id}` : undefined
    },
    async load(id) {
      if (id === `\0${CLIENT_ENTRY}`) {
        const { params } = await scanRoutes(project.app)
        const found = (await this.resolve(DECIMAL_MODULE, join(project.app, 'root.tsx'))) !== null
        const decimal = found && isBuild ? this.emitFile({ type: 'chunk', id: DECIMAL_MODULE, name: 'decimal' }) : found
        return clientEntryCode({ project, params, decimal, isBuild })
      }
      if (id === `\0${PLAIN_CLIENT}`) return plainClientCode()
      if (id === `\0${REFRESH}`) return react.preambleCode.replace('__BASE__', '/')
      if (id !== `\0${SERVER_ENTRY}`) return undefined
      const { routes, params, problems } = await scanRoutes(project.app)
      failOnProblems(problems)
      const assets = isBuild ? readAssets(project.clientDir, viewFiles(routes), (file) => manifestKey(project, file)) : undefined
      return serverEntryCode({ project, routes, params, assets })
    },
  }
}
