import { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { isCompressible } from '../../http/media-type.ts'

/** A web response taken apart for Node: headers as names and values in turn, names in lower case. */
export interface PreparedResponse {
  status: number
  reason: string
  headers: string[]
  body: string | Uint8Array | Readable | undefined
  /**
   * Whether srvx has counted the bytes of the body: it adds its own `content-length` after all of the app's headers, and a web
   * `Headers` of the app sorts one before `content-type`.
   */
  counted: boolean
  /** The compressed forms of a body that goes out again and again: whoever makes one leaves it here. */
  encoded: Map<string, Uint8Array> | undefined
}

interface Fast {
  encoded?: Map<string, Uint8Array>
  _toNodeResponse(): { status: number; statusText: string; headers: string[]; body: unknown }
}

/** The `FastResponse` of any copy of srvx: the app's bundle may hold another one. */
function isFast(response: object): response is Fast {
  return '_toNodeResponse' in response && typeof response._toNodeResponse === 'function'
}

/** Takes a response apart, which uses it up. */
export function prepareResponse(response: Response): PreparedResponse {
  if (isFast(response)) {
    const { status, statusText, headers, body } = response._toNodeResponse()
    return {
      status,
      reason: statusText,
      headers,
      body: bodyOf(body),
      counted: headers.at(-2) === 'content-length',
      encoded: response.encoded,
    }
  }
  const headers: string[] = []
  for (const [name, value] of response.headers) headers.push(name, value)
  return { status: response.status, reason: response.statusText, headers, body: bodyOf(response.body), counted: false, encoded: undefined }
}

function bodyOf(body: unknown): PreparedResponse['body'] {
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof Readable) return body
  if (body instanceof ReadableStream) return Readable.fromWeb(body)
  return undefined
}

/** What the headers of a response mean for compression. */
export interface HeaderFacts {
  /** Index of the `content-length` value; 0 where there is none. The same for the others. */
  length: number
  etag: number
  vary: number
  ranges: number
  /** Whether the app has set `x-request-id` by itself. */
  named: boolean
  /** Whether the type shrinks, nothing has compressed it and nobody forbids to. */
  compressible: boolean
}

const shrinking = new Map<string, boolean>()

/** Reads all the adapter needs to know in one pass over the headers. */
export function readHeaders(headers: string[]): HeaderFacts {
  const facts: HeaderFacts = { length: 0, etag: 0, vary: 0, ranges: 0, named: false, compressible: false }
  let allowed = true
  for (let i = 0; i < headers.length; i += 2) {
    const value = i + 1
    switch (headers[i]!) {
      case 'content-length':
        facts.length = value
        break
      case 'content-type':
        facts.compressible = isShrinking(headers[value]!)
        break
      case 'etag':
        facts.etag = value
        break
      case 'vary':
        facts.vary = value
        break
      case 'accept-ranges':
        facts.ranges = value
        break
      case 'x-request-id':
        facts.named = true
        break
      case 'content-encoding':
      case 'content-range':
        allowed = false
        break
      case 'cache-control':
        if (headers[value]!.includes('no-transform')) allowed = false
        break
      default:
    }
  }
  if (!allowed) facts.compressible = false
  return facts
}

function isShrinking(type: string): boolean {
  let known = shrinking.get(type)
  if (known === undefined) {
    if (shrinking.size >= 200) shrinking.clear()
    shrinking.set(type, (known = isCompressible(type)))
  }
  return known
}
