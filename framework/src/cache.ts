/** `hotclub/cache`: values that are kept for a while, and the places they are kept in. */
export type { CacheChoice, CacheEntry, CacheSettings, CacheStore, StoreContext, StoreEvents, WriteMode } from './lib/core/cache.ts'
export type { Cache, KeepOptions, MakeOptions } from './lib/cache/cache.ts'
export type { EntryHandle } from './lib/cache/computation.ts'
export { memoryCache } from './lib/cache/memory-cache.ts'
export { redisCache, type RedisCacheOptions } from './lib/cache/redis/redis-cache.ts'
export { cacheService } from './lib/cache/open-cache.ts'
