import type { Readable } from 'node:stream'
import { FastResponse } from 'srvx'

/** Header names in lower case. */
export type HeaderRecord = Record<string, string>

/** Headers as `Response` takes them: by name, or in pairs where a name stands more than once. */
interface Init {
  status: number
  headers: HeaderRecord | Array<[string, string]>
}

/** Compressed forms of one body, by encoding. */
export type EncodedBodies = Map<string, Uint8Array>

/** Ours, with its headers at hand for as long as nobody has asked for them as an object of the web's. */
class OwnResponse extends FastResponse {
  /** `undefined` once they are a web `Headers`. */
  init: Init | undefined
  /** The body as it was given. */
  readonly given: BodyInit | null
  /** Read by the adapter: the compressed forms there are, to which it adds those that it makes. */
  readonly encoded: EncodedBodies | undefined

  constructor(body: BodyInit | null, init: Init, encoded?: EncodedBodies) {
    super(body, init)
    this.init = init
    this.given = body
    this.encoded = encoded
  }

  override get headers(): Headers {
    this.init = undefined
    return super.headers
  }
}

/**
 * A response that the Node adapter sends as it is: a string or Node stream, and headers as a plain object. For everybody else it
 * behaves as a web `Response`. A length among the headers is dropped: the adapter counts for itself.
 *
 * @param encoded Where the adapter finds and keeps the compressed forms of a body that goes out again and again
 */
export function fastResponse(
  body: string | Uint8Array | Readable | null,
  status: number,
  headers: HeaderRecord,
  encoded?: EncodedBodies,
): Response {
  if ('content-length' in headers) delete headers['content-length']
  // A Node stream is a valid body for srvx and, as an async iterable, for Node's own Response.
  return new OwnResponse(body as BodyInit | null, { status, headers }, encoded)
}

/** A response as plain data, with its whole body. The response is used up. */
export async function takeApart(response: Response): Promise<{ status: number; headers: HeaderRecord; body: string | Uint8Array }> {
  const record = recordOf(response)
  if (record && typeof (response as OwnResponse).given === 'string')
    return { status: response.status, headers: { ...record }, body: (response as OwnResponse).given as string }
  return { status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) }
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

/** Headers by lower-case name, wherever they are kept. */
interface HeaderAccess {
  get(name: string): string | undefined
  set(name: string, value: string): void
}

/** Reads and sets headers of a response without making a web `Headers` of those that are none yet. */
export function headersOf(response: Response): HeaderAccess {
  const record = recordOf(response)
  if (record) return { get: (name) => record[name], set: (name, value) => void (record[name] = value) }
  const { headers } = response
  return { get: (name) => headers.get(name) ?? undefined, set: (name, value) => headers.set(name, value) }
}

/** Adds the headers that are not there yet. */
export function addHeaders(response: Response, pairs: ReadonlyArray<readonly [name: string, value: string]>): void {
  const record = recordOf(response)
  if (record) {
    for (const [name, value] of pairs) record[name] ??= value
    return
  }
  const { headers } = response
  for (const [name, value] of pairs) if (!headers.has(name)) headers.set(name, value)
}

/** Adds a header once for each value. After this, {@link headersOf} is slower. */
export function appendHeaders(response: Response, name: string, values: string[]): void {
  const record = recordOf(response)
  if (record && values.length > 0) (response as OwnResponse).init!.headers = [...Object.entries(record), ...values.map(pairWith(name))]
  else if (values.length > 0) for (const value of values) response.headers.append(name, value)
}

/** The headers of a response of ours that nobody has touched. */
function recordOf(response: Response): HeaderRecord | undefined {
  const headers = 'init' in response ? (response as OwnResponse).init?.headers : undefined
  return Array.isArray(headers) ? undefined : headers
}

function pairWith(name: string): (value: string) => [string, string] {
  return (value) => [name, value]
}
