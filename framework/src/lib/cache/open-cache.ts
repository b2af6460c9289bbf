import type { CacheChoice, CacheSettings } from '../core/cache.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { serviceKey, type ServiceKey } from '../core/services.ts'
import type { CacheBus } from './bus.ts'
import type { Cache } from './cache.ts'
import { Engine } from './engine.ts'
import { Ledger } from './ledger.ts'
import { LocalBackend } from './local-backend.ts'
import { Memory } from './memory.ts'
import { memoryCache } from './memory-cache.ts'
import { databaseCache } from './plain/database-cache.ts'
import { memcachedCache } from './plain/memcached-cache.ts'
import { redisCache } from './redis/redis-cache.ts'
import { ScopedCache } from './scoped-cache.ts'
import { SharedBackend } from './shared-backend.ts'

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
export function openCache(settings: CacheSettings, { db, bus, now = Date.now }: OpenCacheOptions = {}): OpenCache {
  const ledger = new Ledger()
  const memory = new Memory(ledger, settings.bytes, now)
  const store = (settings.store ?? choiceOf(process.env['CACHE_URL']))?.open({ db })
  const backend = store ? new SharedBackend(store, ledger) : new LocalBackend(memory, ledger, bus)
  return { cache: new ScopedCache(new Engine(backend, memory, ledger, now), settings.seconds), close: () => backend.close() }
}

/** @throws {HotclubError} `HC_CACHE` when the URL names no store */
function choiceOf(url: string | undefined): CacheChoice | undefined {
  if (!url) return undefined
  const scheme = url.slice(0, url.indexOf(':'))
  if (scheme === 'memory') return memoryCache()
  if (scheme === 'database') return databaseCache()
  if (scheme === 'memcached') return memcachedCache(url.replace(/^memcached:(\/\/)?/, ''))
  if (scheme === 'redis' || scheme === 'rediss') return redisCache(url)
  throw new HotclubError('HC_CACHE', {
    where: 'CACHE_URL',
    message: `There is no cache of the kind '${scheme}:'.`,
    hint: 'It may be redis://localhost:6379, memcached://localhost:11211, database: or memory:.',
  })
}
