/** The log of a production process: JSON lines on standard output, written in batches. */
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'
import type { Logger } from '../../core/log.ts'
import { redact, redactTarget } from '../../http/redact.ts'
import type { RequestSink } from './exchange.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** The log and its request lines share one destination and keep their order. */
export interface ServerLog extends Logger {
  /** For what ends the process. */
  fatal(fields: Record<string, unknown>, message: string): void
  /** Writes the line of a request; `undefined` when the level hides all of them. */
  readonly onRequest: RequestSink | undefined
  /** Writes what is still held back. */
  flush(): void
}

/** Lines up to this many characters are written together. */
const batchSize = 32_000
/** A write of 4 KiB to a pipe is not mixed with that of another worker. */
const sharedBatchSize = 3_800
/** Milliseconds that a line waits for others. */
const batchTime = 100

/** Takes whole lines. */
type Write = (lines: Buffer) => void

const levels = { debug: 20, info: 30, warn: 40, error: 50, silent: Infinity }

/**
 * Creates the log of this process.
 *
 * A request's line is `info`, from status 400 `warn`, from 500 `error`. Query values of secret-looking names, and fields with
 * such names at any depth, are replaced by `[redacted]`; everything is JSON, so no input can forge a line.
 *
 * @param level The least level that is written
 * @param options.shared Whether other processes write to the same output (default: `false`)
 * @param options.write Takes finished lines, each with its line break (default: standard output)
 */
export function createServerLog(level: LogLevel, options: { shared?: boolean; write?: Write } = {}): ServerLog {
  const stdout = options.write ? undefined : openStdout()
  const batch = new Batch(options.write ?? stdout!.write, options.shared ? sharedBatchSize : batchSize)
  if (stdout)
    process.on('exit', () => {
      batch.flush()
      stdout.flush()
    })
  const destination: DestinationStream = { write: (line) => batch.add(line) }
  const logger = pino(
    { level, base: { pid: process.pid }, formatters: { log: (fields) => redact(fields) as Record<string, unknown> } },
    destination,
  )
  return Object.assign(bind(logger, batch), { onRequest: levels[level] > levels.error ? undefined : requestSink(levels[level], batch) })
}

function bind(logger: PinoLogger, batch: Batch): Omit<ServerLog, 'onRequest'> {
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    fatal: (fields, message) => logger.fatal(fields, message),
    flush: () => batch.flush(),
  }
}

/** The one line that every request costs is put together by hand: its fields are known, so nothing has to be walked or escaped in general. */
function requestSink(least: number, batch: Batch): RequestSink {
  return ({ method, target, status, ms, bytes, requestId, ip, aborted }) => {
    const level = status >= 500 ? levels.error : status >= 400 && status !== 499 ? levels.warn : levels.info
    if (level < least) return
    batch.add(
      `{"level":${level},"time":${Date.now()},"pid":${process.pid},"requestId":"${requestId}","method":"${method}","path":${quote(target)},` +
        `"status":${status},"ms":${Math.round(ms * 100) / 100},"bytes":${bytes},"ip":"${ip}"${aborted ? ',"aborted":true' : ''},"msg":"request"}\n`,
    )
  }
}

const harmless = /^[\w/.~-]{1,500}$/

/** As a JSON string in ASCII: a terminal obeys some of the bytes beyond. */
function quote(target: string): string {
  if (harmless.test(target)) return `"${target}"`
  return JSON.stringify(redactTarget(target)).replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Gathers lines and makes them bytes once, together: line by line, or left to the stream that writes, that costs more. */
class Batch {
  readonly #write: Write
  readonly #size: number
  #text = ''
  #timer: NodeJS.Timeout | undefined

  constructor(write: Write, size: number) {
    this.#write = write
    this.#size = size
  }

  add(line: string): void {
    if (this.#text.length + line.length > this.#size) this.flush()
    this.#text += line
    this.#timer ??= setTimeout(() => this.flush(), batchTime).unref()
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#text === '') return
    const lines = Buffer.from(this.#text)
    this.#text = ''
    this.#write(lines)
  }
}

/** Standard output, where lines wait for a slow reader without blocking the server. */
function openStdout(): { write: Write; flush: () => void } {
  const stdout = pino.destination({ dest: 1, sync: false, maxLength: 8 * 1024 * 1024, maxWrite: 2 * batchSize, contentMode: 'buffer' })
  // In this mode it takes buffers, of which its types know nothing.
  const write = stdout.write.bind(stdout) as (lines: Buffer | string) => boolean
  // EPIPE: the server outlives whoever read its log.
  stdout.on('error', () => {})
  return {
    write: (lines) => void write(lines),
    flush() {
      try {
        stdout.flushSync()
      } catch {
        // The same: there is nobody left to tell.
      }
    },
  }
}
