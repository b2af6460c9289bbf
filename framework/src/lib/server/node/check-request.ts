import type { IncomingMessage } from 'node:http'
import type { Limits } from '../../core/settings.ts'
import { isValidHost } from '../../http/host.ts'

/** Why a request is refused before anybody looks at it. */
export interface Refusal {
  status: number
  reason?: string
}

/**
 * Checks what Node's parser lets through: targets that are no path, missing, double or impossible hosts, sizes over the limits.
 * A target in absolute form is brought to a path, and its host takes the place of the header, as RFC 9112 asks for.
 *
 * @returns The refusal, or `undefined` for a sound request
 */
export function checkRequest(req: IncomingMessage, limits: Limits): Refusal | undefined {
  const target = req.url ?? ''
  if (target.length > limits.url) return { status: 414 }
  if (req.method === 'TRACE' || req.method === 'CONNECT') return { status: 405 }
  const { headers } = req
  if (target.charCodeAt(0) !== 47 && !(target === '*' && req.method === 'OPTIONS')) {
    const path = toOriginForm(req, target)
    if (path === undefined) return { status: 400, reason: 'The request target is not a path.' }
    req.url = path
  }
  const { host } = headers
  if (host === undefined ? req.httpVersion === '1.1' : !isValidHost(host))
    return { status: 400, reason: 'The Host header is missing or wrong.' }
  if (hasTwoHosts(req.rawHeaders)) return { status: 400, reason: 'There is more than one Host header.' }
  const length = headers['content-length']
  if (length !== undefined && Number(length) > limits.body) return { status: 413 }
  return undefined
}

/** Node keeps the first of several hosts; a proxy in front may have looked at the last. */
function hasTwoHosts(rawHeaders: string[]): boolean {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!
    if (name.length === 4 && (name === 'Host' || name === 'host' || name.toLowerCase() === 'host')) hosts++
  }
  return hosts > 1
}

function toOriginForm(req: IncomingMessage, target: string): string | undefined {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return undefined
  const { host, pathname, search, username, password } = new URL(target)
  if (username !== '' || password !== '') return undefined
  req.headers.host = host
  for (let i = 0; i < req.rawHeaders.length; i += 2) if (req.rawHeaders[i]!.toLowerCase() === 'host') req.rawHeaders[i + 1] = host
  return pathname + search
}
