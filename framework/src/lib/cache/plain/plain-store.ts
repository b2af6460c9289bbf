import type { StoreTiming } from '../../core/cache.ts'

/** What a server must be able to do to become a cache: texts under keys of at most 43 letters and digits, and counters. */
export interface PlainStore {
  readonly name: string
  readonly timing: StoreTiming
  /** Makes sure that the server answers. */
  ping(): Promise<void>
  /** The texts under some keys; of a counter, some text that begins with no bracket. */
  get(keys: readonly string[]): Promise<Array<string | undefined>>
  /** @returns Whether there was room for it */
  set(key: string, text: string, endsAt: number): Promise<boolean>
  /** Writes where nothing is; of several who try at once, one succeeds. @returns Whether it was written */
  add(key: string, text: string, endsAt: number): Promise<boolean>
  /** Writes where something is. @returns Whether it was written */
  replace(key: string, text: string, endsAt: number): Promise<boolean>
  /** @returns Whether something was there */
  delete(key: string): Promise<boolean>
  /** Adds to a counter, at once for all; one that is not there begins at 0. */
  increment(key: string, by: number, endsAt: number): Promise<number>
  close(): Promise<void>
}
