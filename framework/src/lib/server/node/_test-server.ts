import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { defineSettings, type SettingsInput } from '../../core/settings.ts'
import type { Logger } from '../../core/log.ts'
import type { RequestLine } from './exchange.ts'
import { createNodeServer, type NodeServer, type NodeServerOptions } from './node-server.ts'

export interface LogEntry {
  level: keyof Logger
  fields: Record<string, unknown>
  message: string
}

export interface TestServer {
  url: string
  port: number
  server: NodeServer
  /** Lines of finished requests. */
  lines: RequestLine[]
  entries: LogEntry[]
  /** Settles with the first request line that fits, past or future. */
  line(fits?: (line: RequestLine) => boolean): Promise<RequestLine>
  /** The same for what went to the logger. */
  entry(fits: (entry: LogEntry) => boolean): Promise<LogEntry>
}

/** Starts a server around `fetch` on a free port, and stops it with the test. */
export async function startTestServer(
  fetch: (request: Request) => Promise<Response> | Response,
  settings: SettingsInput = {},
  options: Partial<NodeServerOptions> = {},
): Promise<TestServer> {
  const lines = recorder<RequestLine>()
  const entries = recorder<LogEntry>()
  const write =
    (level: keyof Logger) =>
    (fields: Record<string, unknown>, message: string): void =>
      entries.add({ level, fields, message })
  const logger: Logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const app = { settings: defineSettings({}, () => settings), fetch: async (request: Request) => fetch(request) }
  const server = createNodeServer(app, { logger, onRequest: lines.add, ...options })
  const { port } = await server.listen(0, '127.0.0.1')
  onTestFinished(async () => {
    server.node.closeAllConnections()
    await server.stop()
  })
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    server,
    lines: lines.items,
    entries: entries.items,
    line: (fits = () => true) => lines.first(fits),
    entry: entries.first,
  }
}

function recorder<T>(): { items: T[]; add: (item: T) => void; first: (fits: (item: T) => boolean) => Promise<T> } {
  const items: T[] = []
  const waiting = new Set<(item: T) => void>()
  return {
    items,
    add(item) {
      items.push(item)
      for (const tell of waiting) tell(item)
    },
    first: (fits) =>
      new Promise((resolve) => {
        const known = items.find(fits)
        if (known) return resolve(known)
        const tell = (item: T): void => {
          if (!fits(item)) return
          waiting.delete(tell)
          resolve(item)
        }
        waiting.add(tell)
      }),
  }
}

/** A bare connection, for what no HTTP client would send. */
export interface RawConnection {
  socket: Socket
  send(text: string | Buffer): void
  /** Settles with all that came so far, once it holds `part`. */
  until(part: string): Promise<string>
  /** Settles with all that came, once the server has closed. */
  closed(): Promise<string>
}

export function openRaw(port: number): RawConnection {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  const listeners = new Set<() => void>()
  const isClosed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    for (const listen of listeners) listen()
  })
  // A reset is one way for the server to close.
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return {
    socket,
    send: (data) => void socket.write(data),
    until: (part) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!text.includes(part)) return
          listeners.delete(look)
          resolve(text)
        }
        listeners.add(look)
        look()
        void isClosed.then(() => reject(new Error(`The connection closed before '${part}' came: ${text}`)))
      }),
    async closed() {
      await isClosed
      return text
    },
  }
}

/** Sends bytes on a connection of their own and gives all that comes until the server closes it. */
export async function exchangeRaw(port: number, data: string | Buffer): Promise<string> {
  const connection = openRaw(port)
  connection.send(data)
  return await connection.closed()
}
