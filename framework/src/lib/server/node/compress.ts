import { promisify } from 'node:util'
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import type { Encoding } from '../../http/accept-encoding.ts'

const { constants } = zlib

/** Node has zstd since 22.15. */
const hasZstd = typeof zlib.zstdCompress === 'function'

/** What dynamic answers may be compressed with: the cheapest first. */
export const dynamicEncodings: readonly Encoding[] = hasZstd ? ['zstd', 'br', 'gzip'] : ['br', 'gzip']

/** What the build compresses files with. */
export const buildEncodings: readonly Encoding[] = hasZstd ? ['br', 'zstd', 'gzip'] : ['br', 'gzip']

/** Bodies below this many bytes fit one packet anyway. */
export const minCompressed = 1024

const brotli = (data: Uint8Array, quality: number, done: Done): void =>
  zlib.brotliCompress(
    data,
    { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: data.byteLength } },
    done,
  )

const zstd = (data: Uint8Array, level: number, done: Done): void =>
  zlib.zstdCompress(data, { params: { [constants.ZSTD_c_compressionLevel]: level } }, done)

type Done = (error: Error | null, result: Buffer) => void

/** Compresses a body that is whole, at the level where time costs more than bytes. Works off the main thread. */
export function compressFast(data: Uint8Array, encoding: Encoding, done: Done): void {
  if (encoding === 'zstd') zstd(data, 1, done)
  else if (encoding === 'br') brotli(data, 3, done)
  else zlib.gzip(data, { level: 3 }, done)
}

const compressSmallWith = {
  br: promisify((data: Uint8Array, done: Done) => brotli(data, 11, done)),
  zstd: promisify((data: Uint8Array, done: Done) => zstd(data, 19, done)),
  gzip: promisify((data: Uint8Array, done: Done) => zlib.gzip(data, { level: 9 }, done)),
}

/** Compresses a file at build, as small as it gets. */
export function compressSmall(data: Uint8Array, encoding: Encoding): Promise<Buffer> {
  return compressSmallWith[encoding](data)
}

/** A stream that compresses, and passes on each chunk at once: a page that streams still arrives in its parts. */
export function createCompressor(encoding: Encoding): Transform {
  if (encoding === 'zstd')
    return zlib.createZstdCompress({ flush: constants.ZSTD_e_flush, params: { [constants.ZSTD_c_compressionLevel]: 1 } })
  if (encoding === 'br')
    return zlib.createBrotliCompress({ flush: constants.BROTLI_OPERATION_FLUSH, params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })
  return zlib.createGzip({ flush: constants.Z_SYNC_FLUSH, level: 3 })
}
