import type { Command } from 'commander'
import colors from 'picocolors'
import { HotclubError } from '../core/hotclub-error.ts'

/** The database of development when `DATABASE_URL` says nothing. */
const developmentUrl = 'file:./prisma/dev.db'

/** Adds `hotclub dev`. */
export function registerDevCommand(program: Command): void {
  program
    .command('dev')
    .description('Serves the app from its sources, with hot reload.')
    .option('--port <port>', 'port to listen on; the next free one is taken where it is in use', process.env['PORT'] || '3000')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .action(async ({ port, host }: { port: string; host: string }) => {
      const started = performance.now()
      process.env['NODE_ENV'] ??= 'development'
      const wanted = parsePort(port)
      const [{ startDevServer }, { projectAt }, { createDevData }, { reloadEnv }, { readDevSecret }] = await Promise.all([
        import('../vite/dev/dev-server.ts'),
        import('../vite/project.ts'),
        import('./dev-data.ts'),
        import('./env.ts'),
        import('./dev-secret.ts'),
      ])
      const project = projectAt(process.cwd())
      const secret = readDevSecret(project.root)
      const applyDefaults = (): void => {
        process.env['DATABASE_URL'] ||= developmentUrl
        process.env['HOTCLUB_SECRET'] ||= secret
      }
      applyDefaults()
      const data = project.dbModule ? createDevData({ root: project.root, url: process.env['DATABASE_URL'] }, console.log) : undefined
      const server = await startDevServer(project, {
        port: wanted,
        host,
        reloadEnv: () => {
          reloadEnv(project.root)
          applyDefaults()
        },
        ...(data ? { data } : {}),
      })
      // A mistake in the app must not end the server that shows it.
      for (const event of ['unhandledRejection', 'uncaughtException'] as const) process.on(event, server.report)
      stopOnSignal(server.close)
      await server.warm
      if (server.port !== wanted) console.log(`Port ${wanted} is taken, so this is ${server.port}.`)
      console.log(`${colors.green('✓')} Ready on ${colors.bold(server.url)} in ${Math.round(performance.now() - started)} ms`)
    })
}

function parsePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new HotclubError('HC_PORT', {
    where: '--port',
    message: `'${text}' is no port.`,
    hint: 'Give a number from 1 to 65535, by --port or PORT.',
  })
}

/** Ends the server on Ctrl-C; a second one does not wait. */
function stopOnSignal(close: () => Promise<void>): void {
  let isStopping = false
  const stop = (): void => {
    if (isStopping) process.exit(130)
    isStopping = true
    void close().finally(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}
