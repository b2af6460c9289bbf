import type { Readable } from 'node:stream'
import { FastResponse } from 'srvx'

/** Header names in lower case. */
export type HeaderRecord = Record<string, string>

/**
 * A response that the Node adapter sends as it is: a string or Node stream, and headers as a plain object. For everybody else it
 * behaves as a web `Response`. A length among the headers is dropped: the adapter counts for itself.
 */
export function fastResponse(body: string | Readable | null, status: number, headers: HeaderRecord): Response {
  if ('content-length' in headers) delete headers['content-length']
  // A Node stream is a valid body for srvx and, as an async iterable, for Node's own Response.
  return new FastResponse(body as BodyInit | null, { status, headers })
}

export function emptyResponse(status: number, headers: HeaderRecord = {}): Response {
  return fastResponse(null, status, headers)
}

export function jsonResponse(value: unknown, status = 200): Response {
  return fastResponse(JSON.stringify(value), status, { 'content-type': 'application/json; charset=utf-8' })
}

/** Gives a response whose headers middleware can change; those of `fetch()` and `Response.redirect()` are fixed. */
export function withOwnHeaders(response: Response): Response {
  // Ours; `instanceof` would hold for any response.
  if ('_toNodeResponse' in response) return response
  try {
    // Nothing tells fixed headers but the attempt to change them.
    response.headers.delete('x-hotclub-none')
    return response
  } catch {
    return new Response(response.body, response)
  }
}
