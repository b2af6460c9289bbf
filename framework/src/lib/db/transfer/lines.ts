import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { loadError } from './load-error.ts'

/** Yields the lines of a file, unpacked where it is packed by gzip, whatever its name. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const isPacked = await beginsAsGzip(file)
  const input = createReadStream(file)
  const stream = isPacked ? input.pipe(createGunzip()) : input
  // `pipe` does not carry errors on.
  input.once('error', (error) => stream.destroy(error))
  try {
    // A line may be as long as the largest row; only this way of reading has no limit.
    yield* createInterface({ input: stream, crlfDelay: Infinity })
  } catch (cause) {
    throw loadError(file, `The file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, 'Copy it again.', cause)
  } finally {
    input.destroy()
  }
}

async function beginsAsGzip(file: string): Promise<boolean> {
  try {
    await using handle = await open(file)
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return buffer[0] === 0x1f && buffer[1] === 0x8b
  } catch (cause) {
    throw loadError(file, `The file cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`, 'Check its name.', cause)
  }
}
