/** One process that serves a build: loads it, listens, and goes when it is told to or when something broke. */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HotclubError } from '../../core/hotclub-error.ts'
import { setLogger } from '../../core/log.ts'
import type { App } from '../types.ts'
import { createNodeServer } from './node-server.ts'
import { createServerLog, type ServerLog } from './server-log.ts'

export interface RunOptions {
  /** The project's folder. */
  root: string
  /** 0 takes a free one. */
  port: number
  host?: string
  /** Whether other processes write to the same log. */
  sharedLog: boolean
  /**
   * Called once something broke and a successor is needed. The process serves on until it is told to stop, so that no visitor
   * finds a closed door, at most for ten seconds. Left out, it stops at once.
   */
  onBroken?: () => void
  /** Settles when the process may end. Asked once the server has stopped (default: at once). */
  beforeExit?: () => Promise<void>
}

/** Milliseconds that a successor gets to take over. */
const successorTime = 10_000

/** A server that runs. */
export interface RunningServer {
  port: number
  log: ServerLog
  /** Settles when every module of the app is loaded. */
  warm: Promise<void>
  /** Finishes requests in flight, closes the app and ends the process; calling it again changes nothing. */
  stop(): Promise<void>
}

/**
 * Serves the build of a project.
 *
 * An exception or a rejection that nobody handles ends the process: what it left undone is unknown. It is logged as fatal, a successor
 * is asked for, requests in flight get `settings.shutdownTimeout` to finish, and the exit code is 1.
 *
 * @throws {HotclubError} `HC_BUILD_MISSING`, `HC_PORT`, or what the app itself throws at start
 */
export async function runServer({ root, port, host, sharedLog, onBroken, beforeExit }: RunOptions): Promise<RunningServer> {
  const app = await loadApp(root)
  const log = createServerLog(app.settings.logLevel, { shared: sharedLog })
  setLogger(log)
  app.onError(({ error, requestId, route }) => log.error({ err: error, requestId, route }, 'A request failed.'))
  const server = createNodeServer(app, {
    logger: log,
    clientDir: join(root, 'dist/client'),
    ...(log.onRequest ? { onRequest: log.onRequest } : {}),
  })

  let stopped: Promise<void> | undefined
  let broken = false
  const stop = (): Promise<void> => (stopped ??= leave())
  const leave = async (): Promise<void> => {
    await server.stop()
    // A database that does not answer must not keep the process alive.
    await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, app.settings.shutdownTimeout).unref())]).catch(
      (error: unknown) => log.error({ err: error }, 'The app could not be closed.'),
    )
    await beforeExit?.()
    process.exit(broken ? 1 : 0)
  }
  const fail = (error: unknown, origin: string): void => {
    log.fatal({ err: error, origin }, 'Nobody handled an error; this process stops.')
    if (broken) return
    broken = true
    if (onBroken === undefined || stopped) return void stop()
    onBroken()
    setTimeout(() => void stop(), successorTime).unref()
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', (reason) => fail(reason, 'unhandledRejection'))

  const address = await server.listen(port, host)
  const warm = app.warm().catch((error: unknown) => log.error({ err: error }, 'A module of the app could not be loaded.'))
  return { port: address.port, log, warm, stop }
}

async function loadApp(root: string): Promise<App> {
  const entry = join(root, 'dist/server/index.js')
  if (!existsSync(entry))
    throw new HotclubError('HC_BUILD_MISSING', {
      where: relative(process.cwd(), entry),
      message: 'There is no build to start.',
      hint: "Run 'hotclub build' first.",
    })
  const { default: app } = (await import(pathToFileURL(entry).href)) as { default: App | Promise<App> }
  return await app
}
