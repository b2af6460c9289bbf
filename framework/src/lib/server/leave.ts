import { isLoopback } from '../http/host.ts'
import type { ServerContext } from './context.ts'
import { addHeaders, appendHeaders, headersOf, withOwnHeaders } from './responses.ts'

/**
 * The last stage: gives the answer, whoever made it, the headers that the site, the route and the request as a whole call for. What the app
 * has set itself stays.
 */
export function leave(context: ServerContext, response: Response): Response {
  const cookies = context.close()
  const set = cookies?.leave() ?? []
  const inline = context.inlineSources
  const isPersonal = context.isPersonal || set.length > 0 || (inline !== undefined && inline !== context.hashes)
  const own = withOwnHeaders(response)
  addHeaders(own, context.headers.of(keepsToHttps(context.origin), inline))
  if (!isPersonal && !cookies?.wasRead) return own
  const headers = headersOf(own)
  const control = headers.get('cache-control')
  // What is one visitor's alone no shared cache may keep, whatever the app says.
  if (isPersonal ? !/\b(?:private|no-store)\b/i.test(control ?? '') : control === undefined)
    headers.set('cache-control', 'private, no-cache')
  if (cookies) headers.set('vary', withCookie(headers.get('vary')))
  appendHeaders(own, 'set-cookie', set)
  return own
}

/** Whether a promise to speak https is for this host to give: one for `localhost` would bind every other project on the machine. */
function keepsToHttps(origin: string): boolean {
  return origin.startsWith('https://') && !isLoopback(origin.slice(8))
}

function withCookie(vary: string | undefined): string {
  if (vary === undefined || vary === '') return 'Cookie'
  return /(?:^|[\s,])(?:\*|cookie)(?:[\s,]|$)/i.test(vary) ? vary : `${vary}, Cookie`
}
