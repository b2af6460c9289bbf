/** What a kept answer depends on besides its address. */
import { record, Recording } from '../../core/recording.ts'
import type { CacheOptions } from '../../core/cache-options.ts'
import type { ServerContext } from '../context.ts'

/** What came with a request and chooses between several copies of an answer. */
export interface Variant {
  /** Part of the key. */
  key: string
  /** What the answer may read, since the key stands for it. */
  inputs: ReadonlySet<string>
}

const plain: Variant = { key: '', inputs: new Set() }

/** Asks a route's `vary` which copy a request is for; `undefined` where it looks at who the visitor is. Whatever it reads, the route may read. */
export async function variantOf(context: ServerContext, vary: CacheOptions['vary']): Promise<Variant | undefined> {
  context.watchRequest()
  if (!vary) return plain
  const recording = new Recording()
  const value = await record(recording, () => vary(context))
  if (recording.obstacle !== undefined) return undefined
  return { key: JSON.stringify(value) ?? '', inputs: recording.inputs }
}

/** The `Vary` of an answer: the headers that choose between its copies. */
export function varyNames({ inputs }: Variant, isForStrangers: boolean): string[] {
  const names = [...inputs].flatMap((input) => (input.startsWith('header ') ? [input.slice('header '.length)] : []))
  const hasCookie = isForStrangers || [...inputs].some((input) => input.startsWith('cookie '))
  return hasCookie ? [...names, 'Cookie'] : names
}
