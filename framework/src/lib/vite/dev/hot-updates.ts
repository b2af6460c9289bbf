/** What an edited file means: for the module runner, for the browser, for the set of routes. */
import { posix, relative, sep } from 'node:path'
import { isCSSRequest, type EnvironmentModuleNode, type HotUpdateOptions, type Plugin, type ViteDevServer } from 'vite'
import { isScanned } from '../../routing/app-files.ts'
import { allowedExports } from '../../routing/route-exports.ts'
import { isFrameFile } from '../frame-files.ts'
import type { Project } from '../project.ts'
import { SERVER_ENTRY } from '../server-entry.ts'
import { CLIENT_EXPORTS } from '../split/split-options.ts'
import { removeServerExports } from '../split/remove-server-exports.ts'
import { runnable } from './dev-app.ts'
import type { RouteFiles } from './route-files.ts'

export interface HotUpdatesOptions {
  project: Project
  routes: RouteFiles
  /** Called after each change, with what it did to the app, if that is worth a line. */
  onChange(server: ViteDevServer, message: string | undefined): void
}

/** Everything a route file exports but its views: what only the server runs. */
const SERVER_EXPORTS = [...new Set(Object.values(allowedExports).flat())].filter((name) => !CLIENT_EXPORTS.includes(name))

/**
 * Decides what happens when a file changes.
 *
 * On the server nothing is pushed: an edit marks the module and those that import it as stale, and the next request
 * evaluates them again, and them alone. The browser is told to take a new view, to fetch its data again, or both; a route file
 * is compared half by half, so that an edited loader does not touch the view, nor an edited view the data.
 */
export function hotUpdates({ project, routes, onChange }: HotUpdatesOptions): Plugin {
  /** Route files as the server last read them. */
  const sources = new Map<string, string>()
  /** Modules that Fast Refresh can replace. */
  const boundaries = new WeakSet<EnvironmentModuleNode>()
  /** Files of which only the view has changed: what the client's turn has found out, for the server's. */
  const viewOnly = new Set<string>()

  const appFile = (file: string): string | undefined => {
    const path = relative(project.app, file).split(sep).join('/')
    return path.startsWith('..') && !isFrameFile(path) ? undefined : path
  }
  const isSplit = (file: string): boolean => file.endsWith('.tsx') && isScanned(appFile(file) ?? '')

  return {
    name: 'hotclub:hot-updates',
    enforce: 'pre',
    transform: {
      filter: { id: /\.tsx$/ },
      handler(code, id) {
        if (this.environment.name === 'ssr' && isSplit(id)) sources.set(id, code)
      },
    },
    hotUpdate: {
      order: 'pre',
      async handler(options) {
        const { file, type, server } = options
        if (this.environment.name === 'client') {
          if (type !== 'update') return undefined
          // The copy for the first paint hangs on nothing, and would make the page reload.
          if (isCSSRequest(file)) return options.modules.filter(({ url }) => !/[?&]inline\b/.test(url))
          keepBoundaries(options.modules, boundaries)
          if (!isSplit(file)) return undefined
          const changed = await compareHalves(options, sources)
          if (!changed.server) viewOnly.add(file)
          return changed.view ? undefined : []
        }
        if (this.environment.name !== 'ssr') return undefined
        const name = appFile(file)
        const message = name === undefined ? undefined : await updateApp(server, name, type, routes)
        if (concernsData(options, viewOnly.delete(file)))
          server.environments.client.hot.send({ type: 'custom', event: 'hotclub:reload-data' })
        onChange(server, message)
        // Vite would throw away every module the server has evaluated.
        return []
      },
    },
  }
}

/** A module that failed once (a mistyped import) is no boundary any more for Vite, though the page still runs its last good version. */
function keepBoundaries(modules: EnvironmentModuleNode[], boundaries: WeakSet<EnvironmentModuleNode>): void {
  for (const module of modules)
    if (module.isSelfAccepting) boundaries.add(module)
    else if (boundaries.has(module)) module.isSelfAccepting = true
}

/** Brings the set of routes up to date, where the file may have a part in it. */
async function updateApp(
  server: ViteDevServer,
  file: string,
  type: HotUpdateOptions['type'],
  routes: RouteFiles,
): Promise<string | undefined> {
  const isFrame = isFrameFile(file)
  const isOtherFrame = isFrame && type !== 'update'
  if (isOtherFrame) invalidateEntry(server)
  // A frame file may bring the routes of a battery.
  if (isScanned(file) || isOtherFrame) {
    if (await routes.refresh()) invalidateEntry(server)
    // Always: of two files that came at once, the scan for the first has seen the second already.
    if (type === 'create') await routes.rewrite(file)
  }
  if (file === 'settings.ts') return 'app/settings.ts changed: the app starts again.'
  if (isFrame) return `${posix.join('app', file)} changed.`
  if (type === 'update' || !isScanned(file)) return undefined
  return `app/${file} ${type === 'create' ? 'added' : 'removed'}.`
}

/** Makes the next request build the app anew. */
export function invalidateEntry(server: ViteDevServer): void {
  const { moduleGraph } = runnable(server)
  const node = moduleGraph.getModuleById(`\0${SERVER_ENTRY}`)
  if (node) moduleGraph.invalidateModule(node)
}

/** Whether the page's data may be another one after the change. */
function concernsData({ file, type, modules, server }: HotUpdateOptions, isViewOnly: boolean): boolean {
  if (type !== 'update') return true
  if (isViewOnly || /\.(?:css|scss|sass|less|styl|svg|png|jpe?g|webp|avif|woff2?)$/.test(file)) return false
  // A component that the browser has too takes its own way there.
  const isComponent = file.endsWith('.tsx') && isKnown(server.environments.client.moduleGraph.getModulesByFile(file))
  const isRoute = modules.some((module) => module.importers.size === 0)
  return (modules.length > 0 && (!isComponent || isRoute)) || isBroken(modules)
}

function isKnown(modules: Set<EnvironmentModuleNode> | undefined): boolean {
  return modules !== undefined && modules.size > 0
}

/** A module that has never been transformed may be why a page could not be shown. */
function isBroken(modules: EnvironmentModuleNode[]): boolean {
  return modules.some((module) => module.importedModules.size === 0)
}

interface Halves {
  view: boolean
  server: boolean
}

/** Says which half of a route file an edit has changed; both, where that cannot be told. */
async function compareHalves({ file, read }: HotUpdateOptions, sources: Map<string, string>): Promise<Halves> {
  const before = sources.get(file)
  const after = await read()
  if (before === undefined) return { view: true, server: true }
  sources.set(file, after)
  const differs = (keep: string[]): boolean => {
    const a = half(before, file, keep)
    const b = half(after, file, keep)
    return a === undefined || b === undefined || a !== b
  }
  return { view: differs(CLIENT_EXPORTS), server: differs(SERVER_EXPORTS) }
}

/** What is left of a file with only some of its exports, blank lines aside; `undefined` while it cannot be parsed. */
function half(code: string, id: string, keep: string[]): string | undefined {
  try {
    const text = removeServerExports(code, { id, keep })?.code ?? code
    return text.replace(/[ \t]+$/gm, '').replace(/\n+/g, '\n')
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}
