/** The production server: `node:http` around an app, with the limits of its settings. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { HotclubError } from '../../core/hotclub-error.ts'
import type { Logger } from '../../core/log.ts'
import type { Limits } from '../../core/settings.ts'
import type { App } from '../types.ts'
import { handleClientErrors } from './client-error.ts'
import type { RequestSink, ServerState } from './exchange.ts'
import { createRequestListener } from './request-listener.ts'
import { StaticFiles } from './static-files.ts'

/** What a server is made of, beside the app. */
export interface NodeServerOptions {
  /** Takes faults and refusals. */
  logger: Logger
  /** Takes a line for each finished request (default: none is made). */
  onRequest?: RequestSink
  /** The build's folder of browser files; left out, every path is the app's. */
  clientDir?: string
}

/** A server that can be started once and stopped once. */
export interface NodeServer {
  readonly node: Server
  /**
   * Starts to accept connections.
   *
   * @param port 0 takes a free one
   * @param host Default: every address of the machine
   * @returns Where it listens
   * @throws {HotclubError} `HC_PORT` when the port is in use or not allowed
   */
  listen(port: number, host?: string): Promise<AddressInfo>
  /**
   * Stops accepting, lets requests in flight finish for `settings.shutdownTimeout`, and closes every connection. The app stays open.
   *
   * @returns Whether all requests could finish
   */
  stop(): Promise<boolean>
}

/**
 * Creates a server for an app. It listens only after {@link NodeServer.listen}.
 *
 * @throws {HotclubError} `HC_BUILD_MISSING` when `clientDir` is no build
 */
export function createNodeServer(app: Pick<App, 'fetch' | 'settings'>, options: NodeServerOptions): NodeServer {
  const { limits, shutdownTimeout } = app.settings
  const { logger } = options
  const state: ServerState = { logger, onRequest: options.onRequest, stopping: false }
  const listener = createRequestListener(app, state, options.clientDir === undefined ? undefined : new StaticFiles(options.clientDir))
  const node = createServer(nodeOptions(limits), listener)
  limitConnections(node, limits, logger)
  handleClientErrors(node, logger, limits)
  // A body that will be refused is not asked for.
  node.on('checkContinue', (req, res) => {
    if (!(Number(req.headers['content-length']) > limits.body)) res.writeContinue()
    listener(req, res)
  })
  return {
    node,
    listen: (port, host) => listen(node, port, host),
    stop: () => {
      state.stopping = true
      return stop(node, shutdownTimeout, logger)
    },
  }
}

function nodeOptions(limits: Limits): NonNullable<Parameters<typeof createServer>[0]> {
  return {
    // The parser counts the request's path with the headers.
    maxHeaderSize: limits.headers,
    headersTimeout: Math.min(limits.headersTimeout, limits.requestTimeout),
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAliveTimeout,
    // Timeouts are only noticed when Node looks.
    connectionsCheckingInterval: Math.max(50, Math.min(1_000, limits.headersTimeout / 4)),
    // Answered by us, so that it gets a log line.
    requireHostHeader: false,
    noDelay: true,
  }
}

function limitConnections(node: Server, limits: Limits, logger: Logger): void {
  node.maxConnections = limits.connections
  // The bytes are limited; beyond a count Node would drop headers in silence.
  node.maxHeadersCount = 0
  let dropped = 0
  node.on('drop', () => {
    // In a flood one line a second says as much as thousands.
    if (++dropped === 1)
      setTimeout(() => {
        logger.warn({ dropped, limit: limits.connections }, 'Connections were refused: too many are open.')
        dropped = 0
      }, 1_000).unref()
  })
  // A client that does not read its answer would hold it for ever. A quiet connection with nothing to send waits for the app.
  node.setTimeout(limits.requestTimeout, (socket: Socket) => {
    if (socket.writableLength > 0) {
      logger.warn({ ip: socket.remoteAddress }, 'A connection was closed: the client does not read its answer.')
      socket.destroy()
    } else if (socket.timeout !== limits.requestTimeout) socket.destroy()
    else socket.setTimeout(limits.requestTimeout)
  })
}

function listen(node: Server, port: number, host: string | undefined): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException): void => reject(portError(cause, port, host))
    node.once('error', failed)
    node.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      node.off('error', failed)
      resolve(node.address() as AddressInfo)
    })
  })
}

function portError(cause: NodeJS.ErrnoException, port: number, host: string | undefined): unknown {
  const where = host === undefined ? `port ${port}` : `${host}:${port}`
  const what: Record<string, [string, string]> = {
    EADDRINUSE: [`Something else listens on ${where}.`, `Stop it, or choose another port: PORT=${port + 1} or --port ${port + 1}.`],
    EACCES: [`This user may not listen on ${where}.`, 'Choose a port from 1024 up, and let a proxy listen on the lower one.'],
    EADDRNOTAVAIL: [`This machine has no address ${host}.`, 'Leave out --host to listen on every address.'],
    ENOTFOUND: [`The host ${host} is not known.`, 'Leave out --host to listen on every address.'],
  }
  const known = what[cause.code ?? '']
  return known ? new HotclubError('HC_PORT', { where, message: known[0], hint: known[1], cause }) : cause
}

function stop(node: Server, timeout: number, logger: Logger): Promise<boolean> {
  if (!node.listening) return Promise.resolve(true)
  return new Promise((resolve) => {
    let inTime = true
    const deadline = setTimeout(() => {
      inTime = false
      logger.warn({ timeout }, 'Requests were still running when the time to stop was over; they were cut off.')
      node.closeAllConnections()
    }, timeout)
    // A stream that began before the stop has promised to keep its connection; it is closed once it is idle.
    const sweep = setInterval(() => node.closeIdleConnections(), 50)
    node.close(() => {
      clearTimeout(deadline)
      clearInterval(sweep)
      resolve(inTime)
    })
  })
}
