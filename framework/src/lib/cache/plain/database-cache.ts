import type { CacheChoice } from '../../core/cache.ts'
import { HotclubError } from '../../core/hotclub-error.ts'
import { type CacheDb, DatabaseStore } from './database-store.ts'
import { VersionedStore } from './versioned-store.ts'

/** A cache in the app's own database, in the model `CacheEntry`. Slower than the others, and one server less to run. */
export function databaseCache(): CacheChoice {
  return {
    open({ db }) {
      if (!hasCache(db))
        throw new HotclubError('HC_CACHE', {
          where: 'databaseCache()',
          message: 'The Prisma schema has no model CacheEntry to keep things in.',
          hint: 'Copy node_modules/hotclub/templates/cache.prisma into prisma/, then run hotclub migrate create.',
        })
      return new VersionedStore(new DatabaseStore(db), 'hotclub')
    },
  }
}

function hasCache(db: unknown): db is CacheDb {
  return typeof db === 'object' && db !== null && 'cacheEntry' in db
}
