import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { HttpError } from '../core/results.ts'
import type { FormLimits } from './read-form.ts'
import { safeFilename } from './safe-filename.ts'

/** A part has three headers at most; anything beyond is somebody trying. */
const partHeaders = { headerPairs: 16, headerSize: 8_192 }

/** Characters of a name; one that was cut by the limit above is longer. */
const maxName = 1_000

/** Encodings that leave a part as it is; browsers use no others, and RFC 7578 has done away with them. */
const plainEncodings = new Set(['7bit', '8bit', 'binary'])

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Parses a `multipart/form-data` body. A part with a file name becomes a `File` under a safe name; one whose file name leaves no safe
 * name, as that of an empty file field, is left out.
 *
 * @param type The `Content-Type` with its boundary
 * @throws {HttpError} 400 for what is no multipart body of UTF-8 texts, 413 for too many parts
 */
export async function parseMultipart(body: Buffer, type: string, limits: FormLimits): Promise<FormData> {
  try {
    return await parse(body, type, limits)
  } catch (error) {
    throw error instanceof HttpError ? error : new HttpError(400, undefined, { cause: error })
  }
}

function parse(body: Buffer, type: string, limits: FormLimits): Promise<FormData> {
  return new Promise((resolve, reject) => {
    // Every part is taken as bytes: the parser would decode texts leniently, and by whatever charset the part claims.
    const parser = new Busboy({
      headers: { 'content-type': type } as BusboyHeaders,
      isPartAFile: () => true,
      preservePath: true,
      limits: partHeaders,
    })
    const parts: Array<() => [name: string, value: string | File] | undefined> = []
    let fields = 0
    let files = 0
    const fail = (error: unknown): void => {
      reject(error)
      parser.removeAllListeners().on('error', () => {})
    }
    parser.on('file', (name: string | undefined, stream, filename: string | undefined, encoding, mime) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail)
      if (name === undefined || name.length > maxName || name.includes('\uFFFD') || !plainEncodings.has(encoding))
        return fail(new HttpError(400, 'A part of the form cannot be read.'))
      if (filename === undefined ? ++fields > limits.fields : ++files > limits.files)
        return fail(new HttpError(413, filename === undefined ? 'The form has too many fields.' : 'The form has too many files.'))
      parts.push(() => {
        if (filename === undefined) return [name, utf8.decode(Buffer.concat(chunks))]
        const safe = safeFilename(filename)
        return safe === undefined ? undefined : [name, new File(chunks as Array<Buffer<ArrayBuffer>>, safe, { type: mime })]
      })
    })
    parser.on('error', fail)
    parser.on('finish', () => {
      try {
        const form = new FormData()
        for (const read of parts) {
          const entry = read()
          if (entry) form.append(entry[0], entry[1] as string)
        }
        resolve(form)
      } catch (error) {
        reject(error)
      }
    })
    parser.end(body)
  })
}
