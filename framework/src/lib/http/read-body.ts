import { HttpError, isHttpError } from '../core/results.ts'
import { isBodyTooLarge } from './body-error.ts'
import { mediaTypeOf } from './media-type.ts'

/**
 * Looks at what a request says of its body before any of it is read.
 *
 * @returns The media type
 * @throws {HttpError} 415 for compressed bodies, which could grow without bound, and for every charset but UTF-8; 413 for an announced
 * length over the limit
 */
export function checkBodyHeaders(request: Request, limit: number): string {
  const { headers } = request
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding.trim().toLowerCase() !== 'identity')
    throw new HttpError(415, 'Send the body without a content encoding.', { headers: { 'accept-encoding': 'identity' } })
  if (Number(headers.get('content-length')) > limit) throw new HttpError(413)
  const type = headers.get('content-type') ?? ''
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type)?.[1]
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset)) throw new HttpError(415, 'Send text as UTF-8.')
  return mediaTypeOf(type)
}

/**
 * Reads a body as UTF-8 text.
 *
 * @throws {HttpError} 413 when it is larger than `limit` bytes, 400 when it breaks off, was read before or is no UTF-8
 */
export async function readText(request: Request, limit: number): Promise<string> {
  const text = await orHttpError(() => request.text())
  // The fast way to read text replaces what is no UTF-8; nobody sends the replacement itself unencoded.
  if (text.includes('\uFFFD')) throw new HttpError(400, 'The body is not UTF-8.')
  if (text.length > limit || (text.length > limit / 3 && Buffer.byteLength(text) > limit)) throw new HttpError(413)
  return text
}

/** Reads a body as bytes; fails as {@link readText} does. */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const bytes = Buffer.from(await orHttpError(() => request.arrayBuffer()))
  if (bytes.byteLength > limit) throw new HttpError(413)
  return bytes
}

async function orHttpError<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (isHttpError(error)) throw error
    throw new HttpError(isBodyTooLarge(error) ? 413 : 400, undefined, { cause: error })
  }
}
