import type { EntryHandle } from './computation.ts'

/** How a value is kept. */
export interface KeepOptions {
  /** How long: any number from 0 (not at all) to `Infinity` (default: `cache.seconds` of the settings, 300). */
  seconds?: number
  /** What it depends on: {@link Cache.invalidate} with one of them drops it. */
  tags?: readonly string[]
}

/** How a made value is kept. */
export interface MakeOptions extends KeepOptions {
  /**
   * Seconds after its end in which the old value is still given out, while one caller makes a new one in the background (default: 0). Only
   * time makes a value stale; one that was invalidated is never given out.
   */
  stale?: number
  /**
   * Gives everybody in this process the same object, which nobody may change (default: `false`: each caller gets a copy of their own). Worth it
   * for large values.
   */
  asIs?: boolean
}

/**
 * Keeps values for a while, where the settings say: in memory, in Redis, in Memcached, in the database.
 *
 * Keys, tags and names of namespaces are any texts. Values are plain data: all that JSON has, `undefined`, `Date`, `BigInt`, `Decimal`, `Map`,
 * `Set`, `URL`, bytes. A kept `undefined` or `null` is there like any other. What you get is a copy, in every store.
 *
 * A cache may forget at any time, for want of room. In an outage of its server nothing is found and nothing is kept, each call answers within
 * a moment, and no method throws for it. Every method that takes seconds or a value throws {@link HotclubError} `HC_CACHE` for one that cannot
 * be.
 */
export interface Cache {
  /** The value of a key, or `undefined`. */
  get<T = unknown>(key: string): Promise<T | undefined>
  /** Keeps a value, in place of what is there. */
  set(key: string, value: unknown, options?: KeepOptions): Promise<void>
  /** Keeps a value where there is none; of all who try at once, in all processes, one succeeds. @returns Whether it was this call */
  add(key: string, value: unknown, options?: KeepOptions): Promise<boolean>
  /**
   * The value of a key, made by `compute` where there is none. Those who ask at once share one making of it: within a process always, across
   * processes as far as there is a store in common. A failure of `compute` is thrown, and nothing is kept.
   *
   * Entries end up to a tenth of `seconds` earlier or later, so that what was made together does not end together.
   */
  getOrSet<T>(key: string, compute: (entry: EntryHandle) => T | Promise<T>, options?: MakeOptions): Promise<T>
  /** Drops a value and a counter. @returns Whether there was one */
  delete(key: string): Promise<boolean>
  /** The values of those keys that have one. */
  getMany<T = unknown>(keys: Iterable<string>): Promise<Map<string, T>>
  /** Keeps many values: pairs of key and value, or a `Map`. */
  setMany(values: Iterable<readonly [key: string, value: unknown]>, options?: KeepOptions): Promise<void>
  /** Drops many. @returns How many there were */
  deleteMany(keys: Iterable<string>): Promise<number>
  /** Whether a key has a value. */
  has(key: string): Promise<boolean>
  /**
   * Adds to a counter, exactly, however many do so at once. Counters are apart from values: {@link get} does not see them, `increment(key, 0)`
   * reads one, {@link delete} ends it. They hold whole numbers within ±2,000,000,000.
   *
   * @param by Default: 1. May be negative
   * @param options How long it lives from its first use on
   * @returns The new count; `undefined` when the cache's server cannot be reached
   */
  increment(key: string, by?: number, options?: Pick<KeepOptions, 'seconds'>): Promise<number | undefined>
  /** Lets a value live so many seconds from now. @returns Whether there was one */
  touch(key: string, seconds: number): Promise<boolean>
  /**
   * Drops all that was made from something that has changed. This process never gets such a value again from the moment of the call; the
   * others as soon as they hear of it. If the server cannot be reached, it is told before this process reads from it again.
   *
   * @returns Settles when the others can know. There is no need to wait
   */
  invalidate(...tags: string[]): Promise<void>
  /** Drops everything in here, namespaces included, at no cost that grows with it. */
  clear(): Promise<void>
  /** A part with keys of its own, which can be cleared by itself. Tags are the same for all. */
  namespace(name: string): Cache
}
