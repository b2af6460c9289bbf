import type { Client, ClientOptions, ServerOptions } from 'memjs'
import type { CacheChoice } from '../../core/cache.ts'
import { HotclubError } from '../../core/hotclub-error.ts'
import { requireDriver } from '../driver.ts'
import { MemcachedStore } from './memcached-store.ts'
import { VersionedStore } from './versioned-store.ts'

/** How a cache in Memcached differs. */
export interface MemcachedCacheOptions {
  /** Keeps apps apart that share servers (default: `hotclub`). */
  prefix?: string
  /** Milliseconds that an operation may take before the app goes on without it (default: 250). */
  timeout?: number
}

interface Driver {
  Client: { create(servers: string, options: ClientOptions & ServerOptions): Client }
}

/**
 * A cache in Memcached, which all processes share. Needs the package `memjs`. An entry may have a megabyte.
 *
 * @param servers `localhost:11211`, several with commas, `user:password@` in front where one is asked for
 */
export function memcachedCache(servers: string | undefined, options: MemcachedCacheOptions = {}): CacheChoice {
  const { prefix = 'hotclub', timeout = 250 } = options
  return {
    open() {
      if (!servers)
        throw new HotclubError('HC_CACHE', {
          where: 'memcachedCache(servers)',
          message: 'The servers are missing.',
          hint: 'Name them like localhost:11211, several with commas.',
        })
      const client = requireDriver<Driver>('memjs').Client.create(servers, {
        retries: 1,
        timeout: timeout / 1_000,
        conntimeout: timeout / 1_000,
        keepAlive: true,
        logger: { log: () => undefined },
      })
      const name = `Memcached at ${servers.replaceAll(/[^,@]*@/g, '')}`
      return new VersionedStore(new MemcachedStore(client, name, { timeout: 2 * timeout, grace: 2_000 }), prefix)
    },
  }
}
