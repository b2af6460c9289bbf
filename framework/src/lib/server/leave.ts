import type { ServerContext } from './context.ts'
import { appendHeaders, headersOf, withOwnHeaders } from './responses.ts'

/** The last stage: gives the answer, whoever made it, the headers that the request as a whole calls for. */
export function leave(context: ServerContext, response: Response): Response {
  const cookies = context.close()
  const set = cookies?.leave() ?? []
  const isPersonal = context.isPersonal || set.length > 0
  if (!isPersonal && !cookies?.wasRead) return response
  const own = withOwnHeaders(response)
  const headers = headersOf(own)
  const control = headers.get('cache-control')
  // What is one visitor's alone no shared cache may keep, whatever the app says.
  if (isPersonal ? !/\b(?:private|no-store)\b/i.test(control ?? '') : control === undefined)
    headers.set('cache-control', 'private, no-cache')
  headers.set('vary', withCookie(headers.get('vary')))
  appendHeaders(own, 'set-cookie', set)
  return own
}

function withCookie(vary: string | undefined): string {
  if (vary === undefined || vary === '') return 'Cookie'
  return /(?:^|[\s,])(?:\*|cookie)(?:[\s,]|$)/i.test(vary) ? vary : `${vary}, Cookie`
}
