/**
 * Answers a Node request with a web response: compressed where the client likes it, without ever building a native
 * object for a response that is a string.
 */
import { pipeline, type Readable } from 'node:stream'
import { negotiateEncoding, type Encoding } from '../../http/accept-encoding.ts'
import { weakenEtag } from '../../http/etag.ts'
import { compressFast, createCompressor, dynamicEncodings, minCompressed } from './compress.ts'
import type { Exchange } from './exchange.ts'
import { prepareResponse, readHeaders, type HeaderFacts, type PreparedResponse } from './prepared-response.ts'

/** The status that the log gives a request whose client left before the answer. */
export const clientClosed = 499

/** Sends a response and reports the request. Never throws: a response that HTTP cannot carry becomes a 500 and a report. */
export function sendResponse(exchange: Exchange, response: Response): void {
  let prepared: PreparedResponse | undefined
  try {
    prepared = prepareResponse(response)
    send(exchange, prepared)
  } catch (error) {
    discard(prepared?.body)
    failResponse(exchange, error, 'The response could not be sent.')
  }
}

/** Ends a request after a fault of the app or the framework: a plain 500, or the end of the connection when part of an answer is out. */
export function failResponse(exchange: Exchange, error: unknown, message: string): void {
  exchange.state.logger.error({ err: error, requestId: exchange.id }, message)
  if (exchange.res.headersSent) {
    exchange.res.destroy()
    exchange.finish(exchange.res.statusCode, 0, true)
  } else exchange.refuse(500)
}

function send(exchange: Exchange, prepared: PreparedResponse): void {
  const { res } = exchange
  const { status, headers, body } = prepared
  if (exchange.gone || res.headersSent) {
    discard(body)
    return exchange.finish(clientClosed, 0, true)
  }
  const facts = readHeaders(headers)
  if (!facts.named) headers.push('x-request-id', exchange.id)
  if (status === 204 || status === 304 || body === undefined) return sendEmpty(exchange, prepared, facts)
  if (typeof body === 'string' || body instanceof Uint8Array) sendWhole(exchange, prepared, body, facts)
  else sendStream(exchange, prepared, body, facts)
}

function discard(body: PreparedResponse['body']): void {
  if (typeof body === 'object' && 'destroy' in body) body.on('error', () => {}).destroy()
}

function sendEmpty(exchange: Exchange, prepared: PreparedResponse, facts: HeaderFacts): void {
  const { status, headers, body } = prepared
  discard(body)
  // A 204 has no length at all; the 304 and the answer to HEAD keep the one of the body they leave out.
  if (status === 204 && facts.length !== 0) headers.splice(facts.length - 1, 2)
  else if (status !== 204 && status !== 304 && facts.length === 0 && exchange.req.method !== 'HEAD') headers.push('content-length', '0')
  exchange.writeHead(status, headers, prepared.reason)
  exchange.res.end()
  exchange.finish(status, 0)
}

function sendWhole(exchange: Exchange, prepared: PreparedResponse, body: string | Uint8Array, facts: HeaderFacts): void {
  const { req, res } = exchange
  const { status, headers } = prepared
  // As many bytes as characters means ASCII, which needs no encoding. A string leaves in one piece with the headers; bytes of its own
  // would cost an allocation outside the heap and a second piece.
  const size = typeof body !== 'string' ? body.byteLength : prepared.counted ? Number(headers[facts.length]) : Buffer.byteLength(body)
  const charset = typeof body === 'string' && size === body.length ? 'latin1' : 'utf8'
  const encoding = facts.compressible && size >= minCompressed ? chooseEncoding(exchange, prepared, facts) : undefined
  if (encoding === undefined || req.method === 'HEAD') {
    // What an app says of its length is not asked: a wrong one would break the next answer on the connection.
    if (facts.length === 0) headers.push('content-length', String(size))
    else headers[facts.length] = String(size)
    exchange.writeHead(status, headers, prepared.reason)
    if (typeof body === 'string') res.end(body, charset)
    else res.end(body)
    return exchange.finish(status, req.method === 'HEAD' ? 0 : size)
  }
  const sendCompressed = (compressed: Uint8Array): void => {
    exchange.writeHead(status, encodedHeaders(headers, facts, encoding, compressed.byteLength), prepared.reason)
    res.end(compressed)
    exchange.finish(status, compressed.byteLength)
  }
  const known = prepared.encoded?.get(encoding)
  if (known) return sendCompressed(known)
  compressFast(typeof body === 'string' ? Buffer.from(body, charset) : body, encoding, (error, compressed) => {
    if (exchange.gone) return exchange.finish(clientClosed, 0, true)
    if (error) return failResponse(exchange, error, 'The response could not be compressed.')
    prepared.encoded?.set(encoding, compressed)
    try {
      sendCompressed(compressed)
    } catch (unsendable) {
      failResponse(exchange, unsendable, 'The response could not be sent.')
    }
  })
}

function sendStream(exchange: Exchange, prepared: PreparedResponse, body: Readable, facts: HeaderFacts): void {
  const { req, res } = exchange
  const { status, headers, reason } = prepared
  const encoding = facts.compressible ? chooseEncoding(exchange, prepared, facts) : undefined
  // An error that is on its way already, or comes after the client has left, must not end the process.
  body.on('error', () => {})
  if (req.method === 'HEAD') {
    body.destroy()
    exchange.writeHead(status, headers, reason)
    res.end()
    return exchange.finish(status, 0)
  }
  // Nothing is written before the first byte is there: a stream that fails at once can still become a 500.
  const settle = (): void => {
    body.off('readable', start).off('end', start).off('error', fail).off('close', fail)
    res.off('close', leave)
  }
  const leave = (): void => {
    settle()
    body.destroy()
    exchange.finish(clientClosed, 0, true)
  }
  const fail = (error?: Error): void => {
    settle()
    body.destroy()
    failResponse(exchange, error ?? new Error('The stream closed before it gave anything.'), 'The response stream failed.')
  }
  const start = (): void => {
    settle()
    try {
      exchange.writeHead(status, encoding === undefined ? headers : encodedHeaders(headers, facts, encoding), reason)
      pump(exchange, body, encoding, status)
    } catch (error) {
      body.destroy()
      failResponse(exchange, error, 'The response could not be sent.')
    }
  }
  if (body.readableEnded) return start()
  if (body.destroyed) return fail(body.errored ?? undefined)
  body.once('readable', start).once('end', start).once('error', fail).once('close', fail)
  res.once('close', leave)
}

/** Moves a stream to the client. Whichever side breaks, the other one is destroyed. */
function pump(exchange: Exchange, body: Readable, encoding: Encoding | undefined, status: number): void {
  const { req, res, state } = exchange
  const { socket } = req
  const before = socket.bytesWritten
  let broken: 'client' | 'source' | undefined
  res.once('close', () => (broken ??= 'client'))
  body.once('error', () => (broken ??= 'source'))
  body.once('close', () => (broken ??= body.readableEnded ? undefined : 'source'))
  const done = (error: NodeJS.ErrnoException | null | undefined): void => {
    if (error && broken !== 'client')
      state.logger.error({ err: error, requestId: exchange.id }, 'The response stream failed; the connection was closed.')
    exchange.finish(status, socket.bytesWritten - before, Boolean(error))
  }
  if (body.readableEnded) res.end(done)
  else if (encoding === undefined) pipeline(body, res, done)
  else pipeline(body, createCompressor(encoding), res, done)
}

/** Marks the answer as depending on `Accept-Encoding`, and picks the encoding that the client likes. */
function chooseEncoding(exchange: Exchange, { headers }: PreparedResponse, facts: HeaderFacts): Encoding | undefined {
  if (facts.vary === 0) headers.push('vary', 'Accept-Encoding')
  else if (!/(?:^|[\s,])(?:\*|accept-encoding)(?:[\s,]|$)/i.test(headers[facts.vary]!)) headers[facts.vary] += ', Accept-Encoding'
  const accepted = exchange.req.headers['accept-encoding']
  return accepted === undefined ? undefined : negotiateEncoding(String(accepted), dynamicEncodings)
}

/** The headers of the compressed form: its own length, a weak tag, and no promise of ranges. */
function encodedHeaders(headers: string[], facts: HeaderFacts, encoding: Encoding, length?: number): string[] {
  const kept: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const value = i + 1
    if (value === facts.length || value === facts.ranges) continue
    kept.push(headers[i]!, value === facts.etag ? weakenEtag(headers[value]!) : headers[value]!)
  }
  kept.push('content-encoding', encoding)
  if (length !== undefined) kept.push('content-length', String(length))
  return kept
}
