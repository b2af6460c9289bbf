import type { Cache } from '../../cache/cache.ts'
import { setKeeping } from '../../cache/current.ts'
import { openCache } from '../../cache/open-cache.ts'
import { observeChanges } from '../../db/changes.ts'
import { tagsOf } from '../../db/dependencies/writes.ts'
import { workerBus } from '../node/worker-bus.ts'
import type { AppManifest } from '../types.ts'

/** The cache of an app, dropping what each change of its data makes worthless. */
export interface OpenKeeping {
  readonly cache: Cache
  /** The part of it for what the framework keeps. */
  readonly kept: Cache
  close(): Promise<void>
}

/** Opens the cache that the settings name, and makes `hotclub/cache` stand for it. */
export function openKeeping({ settings, assets }: AppManifest, db: object | undefined): OpenKeeping {
  const { cache, close } = openCache(settings.cache, { db, bus: workerBus() })
  const kept = cache.namespace('hotclub')
  // This process drops it here and now; the others hear of it while the write goes on.
  const stop = db && observeChanges(db, (changes) => void cache.invalidate(...tagsOf(changes)))
  setKeeping({ cache, kept, db, build: assets.build, isOn: assets.dev === undefined })
  return {
    cache,
    kept,
    async close() {
      stop?.()
      await close()
    },
  }
}
