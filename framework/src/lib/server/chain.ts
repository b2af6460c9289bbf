import type { CacheOptions } from '../core/cache-options.ts'
import type { Middleware } from '../core/context.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { isFormAction } from '../forms/form-action.ts'
import { type Permission, signedIn } from '../core/permission.ts'
import { routeSecuritySchema, type RouteSecurity } from '../core/security.ts'
import { createRateLimiter, type RateLimiter } from '../http/rate-limiter.ts'
import { createSecurityHeaders, type SecurityHeaders } from '../http/security-headers.ts'
import type { RouteModule, RouteRecord } from '../routing/types.ts'
import { formsOf, type RouteForms } from './forms.ts'
import { checkCacheOptions } from './keep/cache-options.ts'
import type { AppManifest, ClientModule } from './types.ts'

/** A matched route with everything its requests need, loaded and worked out once. */
export interface Chain {
  id: string
  kind: 'page' | 'resource'
  /** App-relative files of the levels, root first. A resource route has only itself. */
  files: string[]
  /** One a level, root first. */
  modules: RouteModule[]
  /** The route's own module. */
  leaf: RouteModule
  /** Middleware of the levels, outermost first. */
  middleware: Middleware[]
  /** Browser modules of the levels. */
  modulesUrls: string[]
  styles: string[]
  preload: string[]
  /** How long what the levels load is kept, by level. */
  caches: ReadonlyArray<CacheOptions | undefined>
  /** How long the whole answer is kept; `undefined` where it may differ by who asks. */
  cache: CacheOptions | undefined
  /** Who may have the route: every level that says it must agree. `level` is where a refusal is shown, at the nearest `ErrorView` above. */
  permissions: Array<{ level: number; permission: Permission }>
  /** Whether requests of other sites' pages are refused. */
  csrf: boolean
  /** Headers of every answer. */
  headers: SecurityHeaders
  /** Whether the page ships a script. */
  hydrate: boolean
  /** Forms of the route's actions, by name; `undefined` without. */
  forms: RouteForms | undefined
  /** Limits of the route's forms, by name. */
  limiters: Record<string, RateLimiter>
}

const ROOT_FILE = 'root.tsx'

/** Gives the chain of a route, or of the root alone. In production each is worked out once. */
export interface Chains {
  of(record: RouteRecord): Promise<Chain>
  root(): Promise<Chain>
}

/** Creates the chains of an app. In development modules change under way, so nothing is kept. */
export function createChains(manifest: AppManifest): Chains {
  if (manifest.assets.dev) return { of: (record) => loadChain(manifest, record), root: () => loadRootChain(manifest) }
  const chains = new Map<RouteRecord, Promise<Chain>>()
  let root: Promise<Chain> | undefined
  return {
    of(record) {
      let chain = chains.get(record)
      if (!chain) chains.set(record, (chain = loadChain(manifest, record)))
      return chain
    },
    root: () => (root ??= loadRootChain(manifest)),
  }
}

async function loadChain(manifest: AppManifest, record: RouteRecord): Promise<Chain> {
  const files = record.kind === 'page' ? [record.root, ...record.layouts, record.file] : [record.file]
  const outer = record.kind === 'page' ? [] : [record.root, ...record.layouts]
  const [modules, around] = await Promise.all([
    Promise.all(files.map((file) => manifest.load[file]!())),
    Promise.all(outer.map((file) => manifest.load[file]!())),
  ])
  return assemble(manifest, record.id, record.kind, files, modules, around, outer)
}

/** The chain of pages that have no route of their own. */
async function loadRootChain(manifest: AppManifest): Promise<Chain> {
  return assemble(manifest, '', 'page', [ROOT_FILE], [await manifest.load[ROOT_FILE]!()], [], [])
}

function assemble(
  manifest: AppManifest,
  id: string,
  kind: Chain['kind'],
  files: string[],
  modules: RouteModule[],
  around: RouteModule[],
  outer: string[],
): Chain {
  const { assets, settings } = manifest
  const security = securityOf([...outer, ...files], [...around, ...modules])
  const browser = kind === 'page' ? files.map((file) => assets.modules[file]).filter((item) => item !== undefined) : []
  const leaf = modules.at(-1)!
  const caches = modules.map((module, level) => checkCacheOptions(files[level]!, module.cache))
  const permissions = permissionsOf([...around, ...modules], kind, isClosed(manifest))
  return {
    id,
    kind,
    files,
    modules,
    leaf,
    middleware: [...around, ...modules].flatMap((module) => module.middleware ?? []),
    modulesUrls: browser.map((item) => item.url),
    styles: unique([assets.entry, ...browser], (item) => item.styles),
    preload: unique([assets.entry, ...browser], (item) => [item.url, ...item.imports]).filter((url) => url !== assets.entry.url),
    hydrate: leaf.hydrate !== false,
    forms: formsOf(leaf, files.at(-1)!),
    limiters: limitersOf(leaf),
    permissions,
    caches,
    cache: permissions.length === 0 ? caches.at(-1) : undefined,
    csrf: security.findLast((level) => level.csrf !== undefined)?.csrf ?? settings.security.csrf,
    headers: createSecurityHeaders(settings.security, security),
  }
}

/** In a closed app the levels that say nothing leave it to users; one that says `anyone` opens. */
function permissionsOf(levels: RouteModule[], kind: Chain['kind'], isClosed: boolean): Chain['permissions'] {
  const said = levels.flatMap(({ permission }, level) =>
    permission === undefined ? [] : [{ level: kind === 'page' ? level : 0, permission }],
  )
  return said.length === 0 && isClosed ? [{ level: kind === 'page' ? levels.length - 1 : 0, permission: signedIn }] : said
}

function isClosed({ auth }: AppManifest): boolean {
  return auth?.access === 'closed'
}

function limitersOf({ actions = {} }: RouteModule): Chain['limiters'] {
  const limiters: Chain['limiters'] = {}
  for (const [name, form] of Object.entries(actions))
    if (isFormAction(form) && form.options.rateLimit) limiters[name] = createRateLimiter(form.options.rateLimit)
  return limiters
}

/** What the levels say of security, checked: a word that no browser knows would protect nobody. */
function securityOf(files: string[], modules: RouteModule[]): RouteSecurity[] {
  return modules.flatMap(({ security }, level) => {
    if (security === undefined) return []
    const result = routeSecuritySchema.safeParse(security)
    if (result.success) return result.data
    const [issue] = result.error.issues
    throw new HotclubError('HC_ROUTE_EXPORT', {
      where: `app/${files[level] ?? files.at(-1)}`,
      message: `'security' is wrong: ${['security', ...issue!.path].join('.')}: ${issue!.message}`,
      hint: "Write it as in the settings: export const security = { csp: { imgSrc: ['self', 'https://images.example'] } }",
    })
  })
}

function unique(items: ClientModule[], pick: (item: ClientModule) => string[]): string[] {
  return [...new Set(items.flatMap(pick))]
}
