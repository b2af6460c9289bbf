import type { CacheEntry, WriteMode } from '../core/cache.ts'
import type { Address } from './address.ts'

/**
 * Where the entries of a cache are: this process's memory, or a store that several share. Its methods never fail for an outage; then nothing
 * is found, and nothing is kept.
 */
export interface Backend {
  /** Whether all invalidations are heard of as they happen, so that entries may be kept in memory in front of it. */
  readonly isHeard: boolean
  /** The present place in the order of invalidations, for {@link write}; `undefined` where nothing can be written now. */
  mark(): Promise<string | undefined>
  /** Entries that are valid. */
  read(addresses: readonly Address[]): Promise<Array<CacheEntry | undefined>>
  /** @returns Whether it was written */
  write(address: Address, entry: CacheEntry, mode: WriteMode, mark: string | undefined): Promise<boolean>
  /** @returns How many there were */
  delete(addresses: readonly Address[]): Promise<number>
  /** @returns Whether there is such an entry */
  touch(address: Address, freshUntil: number): Promise<boolean>
  /** @returns The new count; `undefined` in an outage */
  increment(address: Address, by: number, endsAt: number): Promise<number | undefined>
  /** Invalidates in this process at once; settles when all others can know. */
  invalidate(tags: readonly string[]): Promise<void>
  /** Keeps other processes from computing the same. @returns Whether it was free; `undefined` in an outage */
  lock(address: Address, milliseconds: number): Promise<boolean | undefined>
  unlock(address: Address): Promise<void>
  close(): Promise<void>
}
