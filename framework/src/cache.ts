/** `hotclub/cache`: values that are kept for a while, and the places they are kept in. */
export type {
  CacheChoice,
  CacheEntry,
  CacheSettings,
  CacheStore,
  StoreContext,
  StoreEvents,
  StoreKey,
  StoreTiming,
  WriteMode,
} from './lib/core/cache.ts'
export type { Cache, KeepOptions, MakeOptions } from './lib/cache/cache.ts'
export type { EntryHandle } from './lib/cache/computation.ts'
export { memoryCache } from './lib/cache/memory-cache.ts'
export { databaseCache } from './lib/cache/plain/database-cache.ts'
export { memcachedCache, type MemcachedCacheOptions } from './lib/cache/plain/memcached-cache.ts'
export { redisCache, type RedisCacheOptions } from './lib/cache/redis/redis-cache.ts'
export { cacheService } from './lib/cache/open-cache.ts'
export { cached, type CachedContext } from './lib/cache/cached.ts'
export { cache } from './lib/cache/current.ts'
export type { CacheOptions } from './lib/core/cache-options.ts'
export { mergeCacheControl, type CacheDirectives } from './lib/http/cache-control.ts'
