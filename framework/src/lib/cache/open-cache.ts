import type { CacheSettings } from '../core/cache.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import type { CacheBus } from './bus.ts'
import type { Cache } from './cache.ts'
import { Engine } from './engine.ts'
import { Ledger } from './ledger.ts'
import { LocalBackend } from './local-backend.ts'
import { Memory } from './memory.ts'
import { ScopedCache } from './scoped-cache.ts'

/** The cache of the app: `context.service(cacheService)`. */
export const cacheService: ServiceKey<Cache> = serviceKey('cache', 'Make the app with createApp, which sets it up.')

/** What a cache is opened with, besides its settings. */
export interface OpenCacheOptions {
  /** The app's Prisma client, for `databaseCache()`. */
  db?: unknown
  /** Brings news between processes that have only their memory. */
  bus?: CacheBus | undefined
  /** The time, in milliseconds since 1970 (default: the clock's). */
  now?: () => number
}

/** A cache that can be closed. */
export interface OpenCache {
  readonly cache: Cache
  close(): Promise<void>
}

/**
 * Opens the cache of an app.
 *
 * It connects in the background: a server that is down delays nothing.
 */
export function openCache({ bytes, seconds }: CacheSettings, { bus, now = Date.now }: OpenCacheOptions = {}): OpenCache {
  const ledger = new Ledger()
  const memory = new Memory(ledger, bytes, now)
  const backend = new LocalBackend(memory, ledger, bus)
  return { cache: new ScopedCache(new Engine(backend, memory, ledger, now), seconds), close: () => backend.close() }
}
