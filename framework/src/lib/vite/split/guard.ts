/** Keeps modules of the server out of the browser: at build and in development, judged by what is left after the split. */
import type { Environment, Plugin, Rolldown } from 'vite'
import { clientImportError, type Graph, type Offence } from './import-chain.ts'
import { isInPackage, needsLook, serverFile, serverSpecifier } from './server-only.ts'
import type { SplitPluginOptions } from './split-options.ts'

/** Stands in for a server module until the build has seen them all and can report every chain at once. */
const STAND_IN = '\0hotclub:server-only:'

/**
 * Refuses `*.server.*` files, Node modules, the Prisma client and Hotclub's server entries in browser code with `HC_CLIENT_IMPORT`.
 *
 * In development the importing module fails; a build fails after all modules were read, with every offence. An import that
 * tree shaking would drop counts too: whether a secret ships must not hang on the optimizer. What installed packages
 * import of Node is left to Vite, since many do so behind a check.
 */
export function serverOnlyGuard({ isRouteModule, root }: SplitPluginOptions): Plugin {
  /** What the build found: module id → what it is. */
  const found = new Map<string, string>()

  return {
    name: 'hotclub:server-only',
    enforce: 'pre',
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    buildStart() {
      found.clear()
    },
    async resolveId(source, importer, options) {
      // The dependency scan reads route files whole, before the split.
      if (importer === undefined || isInPackage(importer) || ('scan' in options && options.scan === true)) return null
      const refuse = (target: string, kind: string): Promise<Error> =>
        clientImportError([{ target, kind, importer }], devGraph(this.environment, isRouteModule), root)
      const kind = serverSpecifier(source)
      if (this.environment.mode === 'build') {
        if (kind === undefined) return null
        found.set(STAND_IN + source, kind)
        return STAND_IN + source
      }
      if (kind !== undefined) throw await refuse(source, kind)
      const resolved = needsLook(source) ? await this.resolve(source, importer, { ...options, skipSelf: true }) : null
      const fileKind = resolved ? serverFile(resolved.id, root) : undefined
      if (resolved && fileKind !== undefined) throw await refuse(resolved.id, fileKind)
      return null
    },
    async load(id) {
      const kind = id.startsWith(STAND_IN) ? '' : serverFile(id, root)
      if (kind === undefined) return null
      if (this.environment.mode !== 'build') {
        const graph = devGraph(this.environment, isRouteModule)
        throw await clientImportError([{ target: id, kind, importer: graph.importersOf(id)[0] ?? id }], graph, root)
      }
      if (kind) found.set(id, kind)
      // CommonJS may be imported by any name, so that the build reaches its end and the report.
      return { code: 'module.exports = {}', moduleType: 'js' }
    },
    async buildEnd(error) {
      if (error || found.size === 0) return
      const graph: Graph = { isRouteModule, importersOf: (id) => importersIn(this.getModuleInfo(id)) }
      const offences = [...found].flatMap(([id, kind]): Offence[] => {
        const target = id.startsWith(STAND_IN) ? id.slice(STAND_IN.length) : id
        const importers = graph.importersOf(id)
        return (importers.length > 0 ? importers : [id]).map((importer) => ({ target, kind, importer }))
      })
      throw await clientImportError(offences, graph, root)
    },
  }
}

function importersIn(info: Rolldown.ModuleInfo | null): string[] {
  return info ? [...info.importers, ...info.dynamicImporters] : []
}

function devGraph(environment: Environment, isRouteModule: Graph['isRouteModule']): Graph {
  return {
    isRouteModule,
    importersOf: (id) => {
      const importers = environment.mode === 'dev' ? environment.moduleGraph.getModuleById(id)?.importers : undefined
      return [...(importers ?? [])].flatMap((module) => module.id ?? [])
    },
  }
}
