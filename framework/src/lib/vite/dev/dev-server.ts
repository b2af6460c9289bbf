/** `hotclub dev`: Vite in middleware mode under our own HTTP server. */
import { createServer as createHttpServer, type Server } from 'node:http'
import { join } from 'node:path'
import {
  createLogger,
  createServer as createViteServer,
  searchForWorkspaceRoot,
  type InlineConfig,
  type Logger as ViteLogger,
  type ViteDevServer,
} from 'vite'
import { getLogger } from '../../core/log.ts'
import { configLoader } from '../config-loader.ts'
import type { Project } from '../project.ts'
import { createDevApp } from './dev-app.ts'
import { createDataState } from './data-state.ts'
import { createDevRequests } from './dev-requests.ts'
import { createErrorReports, packageFolder, type ErrorReports } from './error-reports.ts'
import { hotUpdates } from './hot-updates.ts'
import { listenNear } from './listen.ts'
import { createRouteFiles } from './route-files.ts'
import { watchRestarts } from './watch-restarts.ts'
import { watchProject } from './watch-project.ts'

export interface DevServerOptions {
  /** The next free one is taken where it is in use. */
  port: number
  host: string
  /** Takes what the terminal is told: lines, errors and hints (default: `console.log`). */
  print?: (text: string) => void
  /** Reads the `.env` files again into `process.env`. */
  reloadEnv?: () => void
  /** The app's database; left out for an app without one. */
  data?: DevData
}

/** What the dev server does for the database. Both fail with an error for the developer. */
export interface DevData {
  /** Before the first request: makes client and database what the app's files say. */
  prepare(): Promise<void>
  /** After an edit of the schema: follows it. */
  follow(): Promise<void>
}

export interface DevServer {
  url: string
  /** The port it listens on: the wanted one or a later one. */
  port: number
  /** Resolves when the app was built once, so that the first page does not wait; what fails on the way is printed. */
  warm: Promise<void>
  /** Shows an error that came up outside any request: a promise of the app's that nobody waits for. */
  report(error: unknown): void
  close(): Promise<void>
}

/**
 * Serves an app from its sources, with hot reload. Mistakes in the app do not keep it from starting: they are shown to
 * whoever asks for a page.
 */
export async function startDevServer(project: Project, options: DevServerOptions): Promise<DevServer> {
  const { port, host, print = console.log } = options
  const http: Server = createHttpServer()
  const routes = createRouteFiles(project)
  const reports = createErrorReports(project, print)
  const data = createDataState(options.data)
  const restarts = watchRestarts()
  const onChange = (server: ViteDevServer, message: string | undefined): void => {
    reports.changed()
    server.environments.client.hot.send({ type: 'custom', event: 'hotclub:changed' })
    if (message !== undefined) print(message)
  }
  const vite = await createViteServer({
    ...viteOptions(project, http),
    customLogger: viteLogger(reports),
    plugins: [
      hotUpdates({ project, routes, onChange }),
      watchProject({ project, reports, data, print, reloadEnv: options.reloadEnv }),
      { name: 'hotclub:error-reports', configureServer: (server) => reports.connect(server) },
      restarts.plugin,
    ],
  })
  const app = createDevApp({
    vite,
    project,
    routes,
    host,
    ready: async () => void (await Promise.all([restarts.done(), data.ready()])),
    onError: (report) => requests.onError(report),
  })
  const requests = createDevRequests({ app, reports, logger: getLogger(), print })
  http.on('request', (request, response) => {
    vite.middlewares(request, response, () => {
      if (!isModule(request.url ?? '/')) return requests.answer(request, response)
      // Vite has reported why.
      response.writeHead(500, { 'content-type': 'text/plain' }).end('This module has a mistake, or does not exist.\n')
    })
  })
  const taken = await listenNear(http, port, host)
  return {
    url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${taken}`,
    port: taken,
    warm: app.current().then(
      () => undefined,
      async (error: unknown) => void (await reports.ofServer(error)),
    ),
    report: (error) => void reports.ofServer(error).then(reports.broadcast),
    async close() {
      await vite.close()
      await app.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

function viteOptions(project: Project, http: Server): InlineConfig {
  return {
    root: project.root,
    configLoader,
    // The environment is loaded before Vite starts, and watched by us.
    envDir: false,
    server: {
      middlewareMode: true,
      hmr: { server: upgradesOf(http), overlay: false },
      fs: {
        strict: true,
        allow: [project.root, packageFolder(), join(searchForWorkspaceRoot(project.root), 'node_modules')],
        deny: [
          '.env',
          '.env.*',
          '*.{crt,pem,key,p12,pfx,cer,der}',
          '.npmrc',
          '**/.git/**',
          '*.{db,sqlite,sqlite3}',
          '*.{db,sqlite,sqlite3}-*',
        ],
      },
      watch: { ignored: ignoredFolders(project) },
    },
  }
}

/**
 * Hands connection upgrades to the newest Vite. While it restarts, the old and the new one both listen, and a connection that
 * both accept ends the process.
 */
function upgradesOf(http: Server): Server {
  const relay = createHttpServer()
  http.on('upgrade', (request, socket, head) => {
    const listener = relay.listeners('upgrade').at(-1)
    if (listener) Reflect.apply(listener, relay, [request, socket, head])
    else socket.destroy()
  })
  return relay
}

/** Warnings as they come; errors in our own form. */
function viteLogger(reports: ErrorReports): ViteLogger {
  const logger = createLogger('warn')
  const { error } = logger
  logger.error = (message, options) => {
    if (options?.error) void reports.ofServer(options.error)
    else error(message, options)
  }
  return logger
}

/** What is written while the app runs, and no source of it. */
function ignoredFolders({ root }: Project): string[] {
  return ['.hotclub', '.cache', 'dist', 'coverage', 'test-results', 'prisma/generated']
    .map((folder) => join(root, folder, '**'))
    .concat(`${root}/**/*.{db,sqlite,sqlite3}*`)
}

/** Whether a URL can only mean a module, not a page. */
function isModule(url: string): boolean {
  return /^\/(?:@id|@fs|@vite|node_modules|app)\//.test(url) && /^\/@|[?&]t=|\.(?:[cm]?[jt]sx?|css)(?:\?|$)/.test(url)
}
