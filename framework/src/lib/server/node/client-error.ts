import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { statusText } from '../../core/results.ts'
import type { Logger } from '../../core/log.ts'
import type { Limits } from '../../core/settings.ts'

interface ClientError extends Error {
  code?: string
  rawPacket?: Buffer
}

/** Milliseconds a refused client gets to read the answer. */
const lingerTime = 1_000

/** Answers what Node's parser could not read, or did not get in time, with a 4xx and a line in the log. */
export function handleClientErrors(server: Server, logger: Logger, limits: Limits): void {
  server.on('clientError', (error: ClientError, socket: Socket) => {
    // After an error the parser reports one again for whatever else arrives.
    if (socket.destroyed || socket.writableEnded) return
    const status = statusOf(error, limits)
    if (status === undefined || answerHasBegun(socket)) {
      logger.debug({ code: error.code, ip: socket.remoteAddress }, 'A connection broke off.')
      return void socket.destroy()
    }
    logger.warn({ status, code: error.code, ip: socket.remoteAddress }, 'A request was refused that could not be read.')
    refuseSocket(socket, status)
  })
  server.on('connect', (req, socket: Socket) => {
    logger.warn({ status: 405, code: 'CONNECT', ip: socket.remoteAddress }, 'A request was refused: this server is no proxy.')
    refuseSocket(socket, 405)
  })
}

/** Writes an answer by hand and closes. The client may still be sending: closing at once would reset what it is to read. */
function refuseSocket(socket: Socket, status: number): void {
  const text = `${statusText(status)}\n`
  socket.on('error', () => {})
  socket.end(
    `HTTP/1.1 ${status} ${statusText(status)}\r\nconnection: close\r\ndate: ${new Date().toUTCString()}\r\n` +
      `content-type: text/plain; charset=utf-8\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
  )
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerTime).unref()
  socket.once('close', () => clearTimeout(timer))
}

function statusOf(error: ClientError, limits: Limits): number | undefined {
  switch (error.code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return undefined
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 413
    case 'HPE_HEADER_OVERFLOW':
      return isLongTarget(error.rawPacket, limits) ? 414 : 431
    default:
      return 400
  }
}

/** Whether it was the request line that never ended. */
function isLongTarget(packet: Buffer | undefined, limits: Limits): boolean {
  if (packet === undefined) return false
  const end = packet.indexOf(10)
  return (end === -1 ? packet.length : end) > limits.url && /^[A-Z]+ /.test(packet.toString('latin1', 0, 20))
}

/** A second answer on the wire would be taken for part of the first. Node keeps the response in turn under this name. */
function answerHasBegun(socket: Socket & { _httpMessage?: { headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent ?? false
}
