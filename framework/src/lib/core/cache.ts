/** What the cache and its settings have in common: places that several processes share, as settings name them and the cache uses them. */

/** A value as it is kept. */
export interface CacheEntry {
  /** The value, encoded. */
  readonly text: string
  /** What it was made from. */
  readonly tags: readonly string[]
  /** When it goes: milliseconds since 1970, or `Infinity`. */
  readonly endsAt: number
  /** Milliseconds at the end of its life in which it is still given out, while somebody makes it anew. */
  readonly stale: number
}

/**
 * How an entry is written: `set` whatever is there; `add` only where nothing is; `computed` only if none of its tags was invalidated since
 * the mark.
 */
export type WriteMode = 'set' | 'add' | 'computed'

/** What a store tells the cache in front of it. */
export interface StoreEvents {
  /** Tags that another process has invalidated. */
  heard(tags: readonly string[]): void
  /** News may have been missed. */
  missed(): void
  /** The connection is gone. */
  lost(error: unknown): void
}

/** A key in a store. */
export interface StoreKey {
  readonly key: string
  /** The tag under which others are told that the key itself was changed. */
  readonly tag: string
}

/**
 * A place for entries that several processes share. All its methods may fail and may hang: the cache sees to both.
 *
 * Keys and tags are texts of any length, without lone surrogates. {@link read} gives only entries that are valid: those that have not ended,
 * and of whose tags none was invalidated since the mark they were written with.
 */
export interface CacheStore {
  /** For the log: `Redis at localhost:6379`. */
  readonly name: string
  /** Whether {@link StoreEvents.heard} is called for all that others invalidate or change. Without, nothing can be kept in memory. */
  readonly hasNews: boolean
  readonly timing: StoreTiming
  /** Connects, or makes sure that it is connected; called again after a loss until it succeeds. */
  connect(events: StoreEvents): Promise<void>
  /** A place in the order of invalidations: this moment. */
  mark(): Promise<string>
  read(keys: readonly string[]): Promise<Array<CacheEntry | undefined>>
  /** @returns Whether it was written. Where `set` is not, because a tag was invalidated just now, nothing is left under the key */
  write(key: StoreKey, entry: CacheEntry, mode: WriteMode, mark: string): Promise<boolean>
  /** @returns How many there were */
  delete(keys: readonly StoreKey[]): Promise<number>
  /** Gives an entry another end; its stale time comes after. @returns Whether there is such an entry */
  touch(key: StoreKey, freshUntil: number): Promise<boolean>
  /** Adds to a counter, which begins at 0 and with the end given here. */
  increment(key: string, by: number, endsAt: number): Promise<number>
  /** Makes every entry invalid that has one of the tags and was marked before now, and gives the tags new versions. */
  invalidate(tags: readonly string[]): Promise<void>
  /** A text without spaces for each tag, which is another one after each invalidation. */
  versions(tags: readonly string[]): Promise<string[]>
  /** Takes a lock for so many milliseconds. @returns Whether it was free */
  lock(key: string, milliseconds: number): Promise<boolean>
  /** Gives back a lock, if it is still this process's. */
  unlock(key: string): Promise<void>
  close(): Promise<void>
}

/** How patient the cache is with a store. All numbers are milliseconds. */
export interface StoreTiming {
  /** An operation that takes longer has failed. */
  readonly timeout: number
  /** After an outage nothing is read for so long, so that every process can say first what it invalidated meanwhile. */
  readonly grace: number
}

/** What an app gives to the store that its settings name. */
export interface StoreContext {
  /** The app's Prisma client. */
  db: unknown
}

/** A choice of store: `redisCache(url)`, `memcachedCache(servers)`, `databaseCache()`, `memoryCache()`. */
export interface CacheChoice {
  /** `undefined`: the memory of each process. */
  open(context: StoreContext): CacheStore | undefined
}

/** Where the cache keeps things, and how long. */
export interface CacheSettings {
  /** Default: what `CACHE_URL` of the environment names, else the memory of each process. */
  store?: CacheChoice | undefined
  /** Bytes of memory for it in each process (default: 64 MiB). */
  bytes: number
  /** Seconds that an entry lives where nothing else is said (default: 300). */
  seconds: number
}
