import type { CacheChoice } from '../../core/cache.ts'
import { HotclubError } from '../../core/hotclub-error.ts'
import { requireDriver } from '../driver.ts'
import { RedisStore, type RedisStoreOptions } from './redis-store.ts'

/** How a cache in Redis differs. */
export interface RedisCacheOptions {
  /** What its keys begin with (default: `hotclub`). Apps that share a server need one each. */
  prefix?: string
  /** Milliseconds that an operation may take before the app goes on without it (default: 250). */
  timeout?: number
  /** Milliseconds after an outage in which nothing is read, so that every process can say what it invalidated meanwhile (default: 2,000). */
  grace?: number
}

/**
 * A cache in Redis (6.2 or later), which all processes share, with the memory of each in front of it. Needs the package `ioredis`.
 *
 * @param url `redis://host:6379`, `rediss://user:password@host:6380/1`
 */
export function redisCache(url: string | undefined, options: RedisCacheOptions = {}): CacheChoice {
  const { prefix = 'hotclub', timeout = 250, grace = 2_000 } = options
  return {
    open() {
      if (!url || !URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol))
        throw new HotclubError('HC_CACHE', {
          where: 'redisCache(url)',
          message: url ? 'This is no URL of a Redis server.' : 'The URL of the Redis server is missing.',
          hint: 'Give one like redis://localhost:6379.',
        })
      const { Redis } = requireDriver<Pick<RedisStoreOptions, 'Redis'>>('ioredis')
      return new RedisStore({ Redis, url, prefix, timing: { timeout, grace } })
    },
  }
}
