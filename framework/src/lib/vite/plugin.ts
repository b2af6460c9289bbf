import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin, PluginOption } from 'vite'
import { pathOf } from '../routing/mounts.ts'
import { failOnProblems } from '../routing/problems.ts'
import { scanRoutes } from '../routing/scan.ts'
import { CLIENT_ENTRY, readAssets } from './assets.ts'
import { batteries, batteryOf } from './batteries.ts'
import { clientEntryCode, DECIMAL_MODULE, plainClientCode, REFRESH } from './client-entry.ts'
import { viteConfig } from './config.ts'
import { PLAIN_CLIENT } from './dev/events.ts'
import { manifestKey, projectAt, type Project } from './project.ts'
import { SERVER_ENTRY, serverEntryCode, viewFiles } from './server-entry.ts'
import { fileOf } from './split/ast.ts'
import { splitPlugin } from './split/plugin.ts'

/**
 * The Vite plugin of a Hotclub app: `plugins: [hotclub()]` in `vite.config.ts` is all the configuration there is.
 * It brings React with Fast Refresh, the client/server split, and the app's two entries.
 */
export function hotclub(): PluginOption[] {
  const project = projectAt(process.cwd())
  return [
    entries(project),
    batteryStyles(),
    ...splitPlugin({ isRouteModule: (id: string) => isRouteModule(project, id), root: project.root }),
    react(),
  ]
}

const VIRTUAL = new Set([SERVER_ENTRY, CLIENT_ENTRY, REFRESH, PLAIN_CLIENT])

/** Whether a module is root, layout or route: one whose server exports the browser must not get. */
function isRouteModule(project: Project, id: string): boolean {
  const file = fileOf(id)
  if (batteryOf(file)) return true
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
      const scan = await scanRoutes(project.app, batteries)
      if (isBuild) failOnProblems(scan.problems)
      return viteConfig(
        project,
        viewFiles(scan.routes).map((file) => pathOf(project.app, scan.mounts, file)),
        isBuild,
      )
    },
    resolveId(id) {
      return VIRTUAL.has(id) ? `\0${id}` : undefined
    },
    async load(id) {
      if (id === `\0${CLIENT_ENTRY}`) {
        const { params } = await scanRoutes(project.app, batteries)
        const found = (await this.resolve(DECIMAL_MODULE, join(project.app, 'root.tsx'))) !== null
        const decimal = found && isBuild ? this.emitFile({ type: 'chunk', id: DECIMAL_MODULE, name: 'decimal' }) : found
        return clientEntryCode({ project, params, decimal, isBuild })
      }
      if (id === `\0${PLAIN_CLIENT}`) return plainClientCode()
      if (id === `\0${REFRESH}`) return react.preambleCode.replace('__BASE__', '/')
      if (id !== `\0${SERVER_ENTRY}`) return undefined
      const { routes, params, mounts, problems } = await scanRoutes(project.app, batteries)
      failOnProblems(problems)
      const assets = isBuild ? readAssets(project.clientDir, viewFiles(routes), (file) => manifestKey(project, mounts, file)) : undefined
      return serverEntryCode({ project, routes, params, mounts, assets })
    },
  }
}

/** Gives the pages of batteries their stylesheet. */
function batteryStyles(): Plugin {
  return {
    name: 'hotclub:battery-styles',
    enforce: 'pre',
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    transform: {
      filter: { id: /\.[jt]sx?(?:\?|$)/ },
      handler(code, id) {
        const battery = batteryOf(fileOf(id))
        return battery && { code: `${code}\nimport ${JSON.stringify(battery.styles)}\n`, map: null }
      },
    },
  }
}
