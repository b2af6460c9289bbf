import type { IncomingMessage, ServerResponse } from 'node:http'
import { FastURL, NodeRequest } from 'srvx/node'
import { isBodyTooLarge } from '../../http/body-error.ts'
import { createRequestId, isSafeRequestId, setRequestId } from '../../http/request-id.ts'
import { createProxyTrust, type Forwarded } from '../../http/trusted-proxy.ts'
import type { App } from '../types.ts'
import { checkRequest } from './check-request.ts'
import { Exchange, type ServerState } from './exchange.ts'
import { limitBody } from './limit-body.ts'
import { clientClosed, failResponse, sendResponse } from './send.ts'
import type { StaticFiles } from './static-files.ts'

/** Where load balancers ask. */
const healthPath = '/healthz'

/** Answers requests of a `node:http` server. */
export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void

/**
 * Joins an app to a `node:http` server: checks the request, answers health checks and browser files, and sends what the app gives.
 *
 * @param app Asked for everything else
 * @param state Shared with the server around it
 * @param files Browser files; without them every path is the app's
 * @throws {TypeError} when `trustedProxies` holds something that is no address
 */
export function createRequestListener(app: Pick<App, 'fetch' | 'settings'>, state: ServerState, files?: StaticFiles): RequestListener {
  const { limits } = app.settings
  const trust = createProxyTrust(app.settings.trustedProxies)

  return (req, res) => {
    const forwarded = trust?.(req.socket.remoteAddress, req.headers)
    const exchange = new Exchange(state, req, res, chooseId(req, forwarded), forwarded)
    const refusal = checkRequest(req, limits)
    if (refusal !== undefined) return exchange.refuse(refusal.status, refusal.reason)
    const url = req.url!
    const mark = url.indexOf('?')
    const path = mark === -1 ? url : url.slice(0, mark)
    if (path === healthPath)
      return exchange.refuse(state.stopping ? 503 : 200, state.stopping ? 'stopping' : 'ok', ['cache-control', 'no-store'])
    if (path === '*') return exchange.refuse(200, 'ok', ['allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'])
    if (files?.serve(exchange, path)) return
    if (req.headers['transfer-encoding'] !== undefined) limitBody(req, limits.body, () => exchange.refuse(413))
    const request = new NodeRequest({ req, res })
    setRequestId(request, exchange.id)
    if (forwarded !== undefined) applyForwarded(request, req, forwarded, path)
    app.fetch(request).then(
      (response) => sendResponse(exchange, response),
      (error: unknown) => fail(exchange, error),
    )
  }
}

/** An app never rejects; a request whose body breaks off or grows too large may still end here. */
function fail(exchange: Exchange, error: unknown): void {
  if (isBodyTooLarge(error)) exchange.refuse(413)
  else if (exchange.gone) exchange.finish(clientClosed, 0, true)
  else failResponse(exchange, error, 'The app failed to answer.')
}

function chooseId(req: IncomingMessage, forwarded: Forwarded | undefined): string {
  const given = forwarded && req.headers['x-request-id']
  return typeof given === 'string' && isSafeRequestId(given) ? given : createRequestId()
}

function applyForwarded(
  request: InstanceType<typeof NodeRequest>,
  req: IncomingMessage,
  { ip, host, protocol }: Forwarded,
  path: string,
): void {
  Object.defineProperty(request, 'ip', { value: ip, enumerable: true })
  const chosen = host ?? req.headers.host
  if (chosen === undefined) return
  request._url = new FastURL({ protocol: protocol ?? 'http:', host: chosen, pathname: path, search: req.url!.slice(path.length) })
}
