/**
 * Browser files. A request is looked up in the build's list, never in the file system, so there is no path to climb out of.
 */
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { negotiateEncoding, type Encoding } from '../../http/accept-encoding.ts'
import { evaluateConditions } from '../../http/conditions.ts'
import { matchesIfRange } from '../../http/etag.ts'
import { contentTypeOf } from '../../http/media-type.ts'
import { parseRange, type ByteRange } from '../../http/range.ts'
import type { Exchange } from './exchange.ts'
import { clientClosed, failResponse } from './send.ts'
import { readStaticIndex, suffixOf, type StaticEntry } from './static-index.ts'

/** Everything below carries its hash in its name. */
const hashedPrefix = '/_hotclub/assets/'
/** A file up to this many bytes stays in memory after its first use, as long as all of them together fit. */
const maxCachedFile = 256 * 1024
const maxCachedTotal = 64 * 1024 * 1024

/** One file in one form: as it is, or compressed. */
interface Variant {
  file: string
  size: number
  etag: string
  encoding: Encoding | undefined
  data: Buffer | undefined
}

interface StaticFile {
  type: string
  modified: string
  cacheControl: string
  identity: Variant
  /** Smallest first. */
  offered: Encoding[]
  variants: Partial<Record<Encoding, Variant>>
}

/** Types that a browser shows as documents, in which a script could run with the site's own rights. */
const mayRunScripts = /^(?:text\/html|image\/svg\+xml|(?:application|text)\/(?:xhtml\+xml|xml))/

/** Files come from anywhere: a drawing is shown as a drawing. */
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Serves the files of a build. */
export class StaticFiles {
  readonly #files = new Map<string, StaticFile>()
  #cached = 0

  /**
   * @param dir The folder of browser files, `dist/client`
   * @throws {HotclubError} `HC_BUILD_MISSING` when the build's list is missing
   */
  constructor(dir: string) {
    for (const entry of readStaticIndex(dir)) this.#files.set(entry.path, toStaticFile(dir, entry))
  }

  /**
   * Answers when the path is one of the files, or would have to be one.
   *
   * @param path The request's path, still percent-encoded
   * @returns Whether the request was answered
   */
  serve(exchange: Exchange, path: string): boolean {
    const file = this.#files.get(path) ?? (path.includes('%') ? this.#files.get(decoded(path)) : undefined)
    if (file === undefined) {
      if (!path.startsWith(hashedPrefix)) return false
      // A page of an older build asks for its files. The app's 404 page is no script.
      exchange.refuse(404, undefined, ['cache-control', 'no-store'])
      return true
    }
    const { method } = exchange.req
    if (method === 'GET' || method === 'HEAD') this.#answer(exchange, file)
    else exchange.refuse(405, undefined, ['allow', 'GET, HEAD'])
    return true
  }

  #answer(exchange: Exchange, file: StaticFile): void {
    const { headers: asked, method } = exchange.req
    const ranges = method === 'GET' ? wantedRanges(asked, file) : undefined
    const variant = ranges === undefined ? choose(asked['accept-encoding'], file) : file.identity
    const headers = ['cache-control', file.cacheControl, 'etag', variant.etag, 'last-modified', file.modified]
    headers.push('accept-ranges', 'bytes', 'x-request-id', exchange.id)
    if (file.offered.length > 0) headers.push('vary', 'Accept-Encoding')
    const version = { etag: variant.etag, lastModified: new Date(file.modified) }
    const decided = evaluateConditions({ method: method!, header: (name) => asked[name] as string | undefined }, version)
    if (decided === 304) return sendHead(exchange, 304, headers)
    if (decided === 412) return exchange.refuse(412)
    headers.push('content-type', file.type, 'x-content-type-options', 'nosniff')
    if (mayRunScripts.test(file.type)) headers.push('content-security-policy', filePolicy)
    if (ranges !== undefined) return this.#answerRanges(exchange, file, headers, ranges)
    if (variant.encoding !== undefined) headers.push('content-encoding', variant.encoding)
    headers.push('content-length', String(variant.size))
    if (method === 'HEAD') return sendHead(exchange, 200, headers)
    if (variant.data !== undefined) return sendData(exchange, 200, headers, variant.data)
    this.#send(exchange, 200, headers, variant, [{ head: '', start: 0, end: variant.size - 1 }], '')
  }

  #answerRanges(exchange: Exchange, file: StaticFile, headers: string[], ranges: ByteRange[]): void {
    const { identity, type } = file
    const [first] = ranges
    if (first === undefined) {
      return exchange.refuse(416, 'Range Not Satisfiable', ['content-range', `bytes */${identity.size}`])
    }
    if (ranges.length === 1) {
      headers.push('content-range', `bytes ${first.start}-${first.end}/${identity.size}`)
      headers.push('content-length', String(first.end - first.start + 1))
      return this.#send(exchange, 206, headers, identity, [{ head: '', ...first }], '')
    }
    const boundary = exchange.id
    const parts = ranges.map(({ start, end }) => ({
      head: `\r\n--${boundary}\r\ncontent-type: ${type}\r\ncontent-range: bytes ${start}-${end}/${identity.size}\r\n\r\n`,
      start,
      end,
    }))
    const tail = `\r\n--${boundary}--\r\n`
    const length = parts.reduce((sum, part) => sum + part.head.length + part.end - part.start + 1, tail.length)
    headers[headers.indexOf('content-type') + 1] = `multipart/byteranges; boundary=${boundary}`
    headers.push('content-length', String(length))
    this.#send(exchange, 206, headers, identity, parts, tail)
  }

  #send(exchange: Exchange, status: number, headers: string[], variant: Variant, parts: Part[], tail: string): void {
    this.#load(variant)
      .then((data) =>
        data ? sendData(exchange, status, headers, assemble(data, parts, tail)) : stream(exchange, status, headers, variant, parts, tail),
      )
      .catch((error: unknown) => failResponse(exchange, error, `The file ${variant.file} could not be sent.`))
  }

  /** Reads a small file into memory, once; gives nothing for a big one. */
  async #load(variant: Variant): Promise<Buffer | undefined> {
    if (variant.data !== undefined || variant.size > maxCachedFile) return variant.data
    const data = await readFile(variant.file)
    if (data.byteLength !== variant.size) throw changed(variant)
    if (variant.data === undefined && this.#cached + data.byteLength <= maxCachedTotal) {
      this.#cached += data.byteLength
      variant.data = data
    }
    return data
  }
}

/** A piece of a file, and the text that stands before it in a multipart answer. */
interface Part extends ByteRange {
  head: string
}

function assemble(data: Buffer, parts: Part[], tail: string): Buffer {
  const [only] = parts
  if (parts.length === 1 && tail === '') return data.subarray(only!.start, only!.end + 1)
  return Buffer.concat([...parts.flatMap(({ head, start, end }) => [Buffer.from(head), data.subarray(start, end + 1)]), Buffer.from(tail)])
}

async function stream(exchange: Exchange, status: number, headers: string[], variant: Variant, parts: Part[], tail: string): Promise<void> {
  const { res, state, id } = exchange
  const handle = await open(variant.file)
  try {
    if ((await handle.stat()).size !== variant.size) throw changed(variant)
    if (exchange.gone) return exchange.finish(clientClosed, 0, true)
    exchange.writeHead(status, headers)
    const length = Number(headers[headers.lastIndexOf('content-length') + 1])
    const sent = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
      pipeline(
        async function* () {
          for (const { head, start, end } of parts) {
            if (head !== '') yield head
            yield* handle.createReadStream({ start, end, autoClose: false, highWaterMark: 256 * 1024 })
          }
          if (tail !== '') yield tail
        },
        res,
        resolve,
      )
    })
    if (sent && sent.code !== 'ERR_STREAM_PREMATURE_CLOSE')
      state.logger.error({ err: sent, requestId: id }, `The file ${variant.file} could not be sent to its end.`)
    exchange.finish(status, sent ? 0 : length, Boolean(sent))
  } finally {
    await handle.close()
  }
}

function changed(variant: Variant): Error {
  return new Error(`${variant.file} is not the file that was built. Restart the server after a build.`)
}

function sendHead(exchange: Exchange, status: number, headers: string[]): void {
  exchange.writeHead(status, headers)
  exchange.res.end()
  exchange.finish(status, 0)
}

function sendData(exchange: Exchange, status: number, headers: string[], data: Buffer): void {
  if (exchange.gone) return exchange.finish(clientClosed, 0, true)
  exchange.writeHead(status, headers)
  exchange.res.end(data)
  exchange.finish(status, data.byteLength)
}

/** The parts a client wants; `undefined` for the whole file. */
function wantedRanges(asked: Exchange['req']['headers'], file: StaticFile): ByteRange[] | undefined {
  if (asked.range === undefined) return undefined
  const condition = asked['if-range']
  if (condition !== undefined && !matchesIfRange(String(condition), file.identity.etag, file.modified)) return undefined
  return parseRange(asked.range, file.identity.size)
}

function choose(accepted: string | string[] | undefined, file: StaticFile): Variant {
  if (accepted === undefined || file.offered.length === 0) return file.identity
  const encoding = negotiateEncoding(String(accepted), file.offered)
  return (encoding && file.variants[encoding]) ?? file.identity
}

function toStaticFile(dir: string, entry: StaticEntry): StaticFile {
  const path = join(dir, entry.path)
  const identity: Variant = { file: path, size: entry.size, etag: `"${entry.hash}"`, encoding: undefined, data: undefined }
  const variants: StaticFile['variants'] = {}
  const compressed = (Object.entries(entry.encodings) as Array<[Encoding, number]>).sort((a, b) => a[1] - b[1])
  for (const [encoding, size] of compressed)
    variants[encoding] = { file: path + suffixOf[encoding], size, etag: `"${entry.hash}-${encoding}"`, encoding, data: undefined }
  return {
    type: contentTypeOf(entry.path),
    modified: new Date(entry.modified).toUTCString(),
    cacheControl: entry.path.startsWith(hashedPrefix) ? 'public, max-age=31536000, immutable' : 'public, no-cache',
    identity,
    offered: compressed.map(([encoding]) => encoding),
    variants,
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // No file has a name that cannot be decoded; what to say about such a path is the app's business.
    return ''
  }
}
