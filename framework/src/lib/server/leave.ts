import { isLoopback } from '../http/host.ts'
import { mergeVary } from '../http/vary.ts'
import { addValidators, withConditions } from './conditional.ts'
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
  if (context.validators !== undefined && (own.ok || own.status === 304)) addValidators(own, context.validators)
  addHeaders(own, context.headers.of(keepsToHttps(context.origin), inline))
  if (!isPersonal && !cookies?.wasRead) return withConditions(context.request, own)
  const headers = headersOf(own)
  const control = headers.get('cache-control')
  // What is one visitor's alone no shared cache may keep, whatever the app says.
  if (isPersonal ? !/\b(?:private|no-store)\b/i.test(control ?? '') : control === undefined)
    headers.set('cache-control', 'private, no-cache')
  if (cookies) headers.set('vary', mergeVary(headers.get('vary'), ['Cookie']))
  const answer = withConditions(context.request, own)
  appendHeaders(answer, 'set-cookie', set)
  return answer
}

/** Whether a promise to speak https is for this host to give: one for `localhost` would bind every other project on the machine. */
function keepsToHttps(origin: string): boolean {
  return origin.startsWith('https://') && !isLoopback(origin.slice(8))
}
