import { setKeeping, type Keeping } from '../../cache/current.ts'
import { openCache } from '../../cache/open-cache.ts'
import type { Db } from '../../core/register.ts'
import { observeChanges } from '../../db/changes.ts'
import { isOurs, scopeOf } from '../../db/client/scope.ts'
import { tagsOf } from '../../db/dependencies/writes.ts'
import { workerBus } from '../node/worker-bus.ts'
import type { AppManifest } from '../types.ts'

/** The cache of an app, dropping what each change of its data makes worthless. */
export interface OpenKeeping extends Keeping {
  close(): Promise<void>
}

/** Opens the cache that the settings name, and makes `hotclub/cache` stand for it. */
export function openKeeping({ settings, assets }: AppManifest, db: object | undefined): OpenKeeping {
  // What a cache in the database writes is no change that it has to hear of.
  const quiet = db && isOurs(db) ? scopeOf(db).prisma : db
  const { cache, close } = openCache(settings.cache, { db: quiet, bus: workerBus() })
  // Of what is written through a client that tells nothing, nobody would know what it makes worthless.
  const isObserved = db === undefined || isOurs(db)
  // This process drops it here and now; the others hear of it while the write goes on.
  const stop = db && isObserved ? observeChanges(db, (changes) => void cache.invalidate(...tagsOf(changes))) : undefined
  const keeping = {
    cache,
    kept: cache.namespace('hotclub'),
    db: db as Db,
    build: assets.build,
    isOn: assets.dev === undefined && isObserved,
  }
  setKeeping(keeping)
  const end = async (): Promise<void> => {
    stop?.()
    await close()
  }
  if (assets.dev && db) {
    void beforeEdit.get(db)?.()
    beforeEdit.set(db, end)
  }
  return { ...keeping, close: end }
}

/** In development an edit makes a new app on the client of the one before, which nobody closes. */
const beforeEdit = new WeakMap<object, () => Promise<void>>()
