/** The list of browser files that the build writes and the server answers from: what is not on it cannot be asked for. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { HotclubError } from '../../core/hotclub-error.ts'
import type { Encoding } from '../../http/accept-encoding.ts'
import { contentTypeOf, isCompressible } from '../../http/media-type.ts'
import { buildEncodings, compressSmall, minCompressed } from './compress.ts'

/** One file the browser may ask for. */
export interface StaticEntry {
  /** URL path, decoded: `/robots.txt`, `/_hotclub/assets/entry-B2x.js`. */
  path: string
  size: number
  /** Names the content. */
  hash: string
  /** Milliseconds since 1970. */
  modified: number
  /** Bytes of the compressed copies that lie beside it; only those that are smaller. */
  encodings: Partial<Record<Encoding, number>>
}

/** Name of the list; it lies beside the folder of the files. */
const indexName = 'static.json'
export const suffixOf: Record<Encoding, string> = { br: '.br', zstd: '.zst', gzip: '.gz' }
const compressedName = /\.(?:br|zst|gz)$/

/**
 * Lists the browser files of a build in `static.json` beside their folder, and writes brotli, zstd and gzip copies of those that get
 * smaller. Hidden files and folders stay out, except `.well-known`.
 *
 * @param dir The folder of browser files, `dist/client`
 * @returns The list, sorted by path
 */
export async function writeStaticIndex(dir: string): Promise<StaticEntry[]> {
  const files = await listFiles(dir)
  const entries: StaticEntry[] = []
  const queue = files.values()
  // Brotli at its highest level is slow; a lane a core keeps all of them at it without holding every file in memory.
  const lane = async (): Promise<void> => {
    for (const file of queue) entries.push(await addFile(dir, file))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  entries.sort((a, b) => (a.path < b.path ? -1 : 1))
  await writeFile(indexPath(dir), JSON.stringify(entries))
  return entries
}

/**
 * Reads what {@link writeStaticIndex} wrote.
 *
 * @param dir The folder of browser files, `dist/client`
 * @throws {HotclubError} `HC_BUILD_MISSING` when there is no list
 */
export function readStaticIndex(dir: string): StaticEntry[] {
  try {
    return JSON.parse(readFileSync(indexPath(dir), 'utf8')) as StaticEntry[]
  } catch (cause) {
    throw new HotclubError('HC_BUILD_MISSING', {
      where: relative(process.cwd(), indexPath(dir)),
      message: 'The list of browser files is missing or broken.',
      hint: "Run 'hotclub build' first.",
      cause,
    })
  }
}

function indexPath(dir: string): string {
  return join(dirname(dir), indexName)
}

async function listFiles(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true })
  const names = new Set(found.filter((item) => item.isFile()).map((item) => relative(dir, join(item.parentPath, item.name))))
  return [...names].filter((name) => !isHidden(name) && !(compressedName.test(name) && names.has(name.replace(compressedName, ''))))
}

function isHidden(name: string): boolean {
  return name.split(sep).some((part) => part.startsWith('.') && part !== '.well-known')
}

async function addFile(dir: string, name: string): Promise<StaticEntry> {
  const file = join(dir, name)
  const [data, { mtimeMs }] = await Promise.all([readFile(file), stat(file)])
  const encodings: StaticEntry['encodings'] = {}
  if (data.byteLength >= minCompressed && isCompressible(contentTypeOf(name)))
    for (const encoding of buildEncodings) {
      const compressed = await compressSmall(data, encoding)
      if (compressed.byteLength >= data.byteLength) continue
      await writeFile(file + suffixOf[encoding], compressed)
      encodings[encoding] = compressed.byteLength
    }
  return {
    path: `/${name.split(sep).join('/')}`,
    size: data.byteLength,
    hash: createHash('sha256').update(data).digest('base64url').slice(0, 22),
    modified: Math.floor(mtimeMs / 1000) * 1000,
    encodings,
  }
}
