import type { Version } from '../core/context.ts'
import { evaluateConditions, type Validators } from '../http/conditions.ts'
import { quoteEtag } from '../http/etag.ts'
import { httpDate, parseHttpDate } from '../http/http-date.ts'
import { emptyResponse, headersOf, type HeaderRecord } from './responses.ts'

/** What a client that has the answer already gets of its headers, as RFC 9110, 15.4.5 wants it. */
const keptHeaders = [
  'cache-control',
  'content-location',
  'date',
  'etag',
  'expires',
  'last-modified',
  'vary',
  'surrogate-key',
  'x-request-id',
]

/** Puts what an app says of a version into the words of HTTP. @param suffix Tells versions of the site apart */
export function validatorsOf({ etag, lastModified }: Version, suffix: string): Validators {
  return { ...(etag === undefined ? {} : { etag: quoteEtag(etag + suffix) }), ...(lastModified === undefined ? {} : { lastModified }) }
}

/** Names the version in the headers of an answer, unless it names one itself. */
export function addValidators(response: Response, { etag, lastModified }: Validators): void {
  const headers = headersOf(response)
  if (etag !== undefined && headers.get('etag') === undefined) headers.set('etag', etag)
  if (lastModified !== undefined && headers.get('last-modified') === undefined) headers.set('last-modified', httpDate(lastModified))
}

/** Leaves out the body of a good answer that the client has already. */
export function withConditions(request: Request, response: Response): Response {
  if (response.status < 200 || response.status > 299 || (request.method !== 'GET' && request.method !== 'HEAD')) return response
  const headers = headersOf(response)
  const etag = headers.get('etag')
  const modified = headers.get('last-modified')
  if (etag === undefined && modified === undefined) return response
  const moment = modified === undefined ? undefined : parseHttpDate(modified)
  const version = { etag, lastModified: moment === undefined ? undefined : new Date(moment) }
  const decided = evaluateConditions({ method: request.method, header: (name) => request.headers.get(name) }, version)
  if (decided === undefined) return response
  const kept: HeaderRecord = {}
  for (const name of keptHeaders) {
    const value = headers.get(name)
    if (value !== undefined) kept[name] = value
  }
  // Nobody will read it; a stream would wait for ever.
  void response.body?.cancel()
  return emptyResponse(decided, kept)
}
