import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { isRunnableDevEnvironment, type RunnableDevEnvironment, type ViteDevServer } from 'vite'
import type { Db } from '../../core/register.ts'
import { pathOf, type Mounts } from '../../routing/mounts.ts'
import type { App, AppManifest, Assets, ErrorReport } from '../../server/types.ts'
import { devUrl, type Project } from '../project.ts'
import { moduleFiles, SERVER_ENTRY, viewFiles } from '../server-entry.ts'
import { PLAIN_CLIENT_URL } from './events.ts'
import type { RouteFiles } from './route-files.ts'
import { collectStyles } from './styles.ts'

/** What {@link SERVER_ENTRY} exports in development. */
interface DevEntry {
  /** `load` holds the routes of batteries only. */
  manifest: Omit<AppManifest, 'assets'>
  createApp(manifest: AppManifest): Promise<App>
  /** The app's client class; another one after the schema has changed. */
  PrismaClient: unknown
}

/** Gives the app as its files stand now: the same one until something it is made of changes. */
export interface DevApp {
  /** Rejects while a file of the app's frame is broken: settings, middleware, a converter, the set of routes. */
  current(): Promise<App>
  close(): Promise<void>
}

export interface DevAppOptions {
  vite: ViteDevServer
  project: Project
  routes: RouteFiles
  /** What the dev server is bound to. */
  host: string
  /** Resolves when the app may be used; rejects with the developer's mistake that keeps it from that. */
  ready(): Promise<void>
  onError(report: ErrorReport): void
}

/**
 * Runs the app through Vite's module runner.
 *
 * Routes, layouts and root are imported anew by each request, which costs nothing while they are unchanged. The server
 * entry imports only what an app stands on (settings, middleware, converters, the Prisma client), so an edited route
 * leaves the app and its database connection as they are.
 */
export function createDevApp({ vite, project, routes, host, ready, onError }: DevAppOptions): DevApp {
  let entry: DevEntry | undefined
  let app: Promise<App> | undefined
  let database: { of: unknown; url: string | undefined; db: Promise<Db> } | undefined

  const connect = (next: DevEntry): Promise<Db> => {
    const url = process.env['DATABASE_URL']
    if (database && database.of === next.PrismaClient && database.url === url) return database.db
    disconnect(database?.db)
    const db = Promise.resolve(next.manifest.createDb())
    database = { of: next.PrismaClient, url, db }
    return db
  }
  const create = async (next: DevEntry, mounts: Mounts): Promise<App> => {
    const { manifest } = next
    const own = moduleFiles(manifest.routes).map((file) => [file, () => runnable(vite).runner.import(join(project.app, file))])
    const created = await next.createApp({
      ...manifest,
      load: { ...Object.fromEntries(own), ...manifest.load },
      createDb: () => connect(next),
      assets: devAssets(vite, project, manifest.routes, mounts, host),
    })
    created.onError(onError)
    return created
  }
  return {
    async current() {
      await ready()
      const { problems, mounts } = await routes.current()
      if (problems.length > 0) throw new AggregateError(problems, String(problems[0]))
      const next: DevEntry = await runnable(vite).runner.import(SERVER_ENTRY)
      if (next !== entry || !app) {
        entry = next
        app = create(next, mounts)
      }
      return await app
    },
    async close() {
      await (await database?.db.catch(() => undefined))?.$disconnect?.()
    },
  }
}

/** Requests in flight still hold the old client; its connections close when they are through. */
function disconnect(db: Promise<Db> | undefined): void {
  void db?.then((client) => client?.$disconnect?.()).catch(() => undefined)
}

/** The environment that runs server code; another one after Vite has restarted. */
export function runnable(vite: ViteDevServer): RunnableDevEnvironment {
  const environment = vite.environments['ssr']
  if (!environment || !isRunnableDevEnvironment(environment))
    throw new Error('The ssr environment of this Vite configuration cannot run modules.')
  return environment
}

function devAssets(vite: ViteDevServer, project: Project, routes: AppManifest['routes'], mounts: Mounts, host: string): Assets {
  const path = (file: string): string => pathOf(project.app, mounts, file)
  const module = (url: string): Assets['entry'] => ({ url, imports: [], styles: [] })
  return {
    build: 'dev',
    entry: module('/@id/__x00__virtual:hotclub/client-entry'),
    modules: Object.fromEntries(viewFiles(routes).map((file) => [file, module(devUrl(project.root, path(file)))])),
    dev: {
      hosts: hostsOf(host),
      plain: PLAIN_CLIENT_URL,
      styles: (files) => collectStyles(vite, files.map(path)),
    },
  }
}

/** The names by which whoever may reach the server does: those of the address it is bound to, or all of this machine's. */
function hostsOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [bracketed(host)]
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => bracketed(address)))
  return [hostname(), ...addresses]
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
