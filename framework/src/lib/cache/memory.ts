import { LRUCache } from 'lru-cache'
import type { CacheEntry } from '../core/cache.ts'
import { getLogger } from '../core/log.ts'
import type { Address } from './address.ts'
import type { Ledger } from './ledger.ts'
import { decodeValue, isImmutable } from './values.ts'

/** An entry in memory. */
export interface Kept {
  readonly entry: CacheEntry
  /** All that makes it invalid: its tags, its namespaces, its key. */
  readonly tags: readonly string[]
  /** The tick at which what it is made from was read, or later was found unchanged. */
  start: number
  /** The value itself, where it may be given to everybody. */
  value?: { readonly it: unknown }
}

/** What an entry takes besides its texts, roughly. */
const overhead = 400

/** The memory of a process: what was used last, as much as fits. Gives only what is valid by the ledger and has not ended. */
export class Memory {
  readonly #kept: LRUCache<string, Kept>
  readonly #ledger: Ledger
  readonly #largest: number
  readonly #now: () => number
  #hasWarned = false

  constructor(ledger: Ledger, bytes: number, now: () => number) {
    this.#ledger = ledger
    this.#now = now
    this.#largest = Math.ceil(bytes / 8)
    this.#kept = new LRUCache({ maxSize: bytes })
  }

  get({ id }: Address): Kept | undefined {
    const kept = this.#kept.get(id)
    if (kept === undefined) return undefined
    if (kept.entry.endsAt > this.#now() && this.#isCurrent(kept)) return kept
    this.#kept.delete(id)
    return undefined
  }

  /**
   * @param start The tick before that which it is made from was read
   * @returns The entry as kept; it is one too where there was no room for it
   */
  put({ id, tag, spaces }: Address, entry: CacheEntry, start: number): Kept {
    const kept: Kept = { entry, tags: [...entry.tags, ...spaces, tag], start }
    const size = overhead + 2 * (id.length + entry.text.length + entry.tags.reduce((sum, { length }) => sum + length, 0))
    if (size <= this.#largest) this.#kept.set(id, kept, { size })
    else this.#tooLarge(id, size)
    return kept
  }

  delete({ id }: Address): void {
    this.#kept.delete(id)
  }

  /** Nothing to look up tag by tag when nothing was invalidated since the last time. */
  #isCurrent(kept: Kept): boolean {
    const { tick } = this.#ledger
    if (kept.start === tick) return true
    if (!this.#ledger.isCurrent(kept.tags, kept.start)) return false
    kept.start = tick
    return true
  }

  #tooLarge(id: string, size: number): void {
    this.#kept.delete(id)
    if (this.#hasWarned) return
    this.#hasWarned = true
    getLogger().warn(
      { key: id, bytes: size, most: this.#largest },
      'A value is too large for the cache in memory and is not kept there. Raise cache.bytes, of which one entry may take an eighth. This is said once.',
    )
  }
}

/**
 * The value of an entry.
 *
 * @param asIs Whether the caller shares it with everybody and changes nothing
 */
export async function valueOf(kept: Kept, asIs: boolean): Promise<unknown> {
  if (kept.value) return kept.value.it
  const value = await decodeValue(kept.entry.text)
  if (asIs || isImmutable(value)) kept.value = { it: value }
  return value
}
