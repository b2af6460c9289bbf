import type { IncomingMessage, ServerResponse } from 'node:http'
import { statusText } from '../../core/results.ts'
import type { Logger } from '../../core/log.ts'
import type { Forwarded } from '../../http/trusted-proxy.ts'

/** What the server says of one request once it is over. */
export interface RequestLine {
  method: string
  /** Path and query as the client sent them. */
  target: string
  /** 499 when the client left before the answer. */
  status: number
  /** From the headers' arrival until the answer was handed to the network; a stream until its end. */
  ms: number
  bytes: number
  requestId: string
  ip: string
  /** True when the client did not take the whole answer. */
  aborted: boolean
}

/** Takes the line of each finished request. */
export type RequestSink = (line: RequestLine) => void

/** What all requests of a server share. */
export interface ServerState {
  readonly logger: Logger
  readonly onRequest: RequestSink | undefined
  /** Set while the server stops: every answer then ends its connection. */
  stopping: boolean
}

/** Milliseconds that a client gets to read a refusal while it still sends what was refused. */
const lingerTime = 2_000

/** One request on its way through the adapter: its names, its one log line, and the adapter's own short answers. */
export class Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly state: ServerState
  readonly id: string
  readonly forwarded: Forwarded | undefined
  readonly #started = performance.now()
  #logged = false

  constructor(state: ServerState, req: IncomingMessage, res: ServerResponse, id: string, forwarded: Forwarded | undefined) {
    this.state = state
    this.req = req
    this.res = res
    this.id = id
    this.forwarded = forwarded
  }

  /** Whether no answer can reach the client any more. */
  get gone(): boolean {
    return this.res.destroyed || (this.#socket?.destroyed ?? true)
  }

  /** Node takes the socket away from a request that was destroyed, whatever its types say. */
  get #socket(): IncomingMessage['socket'] | null {
    return this.req.socket
  }

  /**
   * Writes status and headers.
   *
   * @param headers Names and values in turn; what the connection needs is added
   * @throws {TypeError} when the app gave a status or header that HTTP cannot carry
   */
  writeHead(status: number, headers: string[], reason = ''): void {
    if (this.state.stopping) headers.push('connection', 'close')
    if (reason === '') this.res.writeHead(status, headers)
    else this.res.writeHead(status, reason, headers)
  }

  /** Ends the request with a short text, unless an answer has begun. */
  refuse(status: number, reason: string = statusText(status), headers: string[] = []): void {
    const { req, res } = this
    if (res.headersSent || this.gone) return void res.destroy()
    const text = `${reason}\n`
    headers.push('content-type', 'text/plain; charset=utf-8', 'content-length', String(Buffer.byteLength(text)))
    headers.push('x-request-id', this.id)
    this.writeHead(status, headers)
    res.end(text)
    this.finish(status, text.length)
    if (!req.complete) this.#linger()
  }

  /** Reports the request, once. */
  finish(status: number, bytes: number, aborted = false): void {
    if (this.#logged) return
    this.#logged = true
    this.state.onRequest?.({
      method: this.req.method ?? 'GET',
      target: this.req.url ?? '/',
      status,
      ms: performance.now() - this.#started,
      bytes,
      requestId: this.id,
      ip: this.forwarded?.ip ?? this.#socket?.remoteAddress ?? '',
      aborted,
    })
  }

  /**
   * Takes in and drops the rest of a body nobody wants, for a moment. Closing at once would reset the connection, and
   * a client that is still sending would never see why.
   */
  #linger(): void {
    const { req } = this
    req.on('error', () => {})
    req.resume()
    const timer = setTimeout(() => req.complete || req.destroy(), lingerTime).unref()
    req.once('close', () => clearTimeout(timer))
  }
}
