import type { CacheOptions } from '../core/cache-options.ts'
import { currentRecording, record, Recording, type Recorded } from '../core/recording.ts'
import type { Cache } from './cache.ts'

/** Something to keep, and how it is made. */
export interface Keep<T> {
  key: string
  options: Pick<CacheOptions, 'seconds' | 'stale'>
  /** What came with the request and is part of the key (default: nothing is looked at). */
  inputs?: ReadonlySet<string>
  /** Whether everybody may have the same object, since nobody changes it. */
  isShared?: boolean
  /** @param isRefresh Whether the old value was given out, and this is for later visitors */
  compute: (recording: Recording, isRefresh: boolean) => Promise<T>
  /** Told why a value was not kept. */
  refused?: (reason: string) => void
}

/** A value with all that decides how long it is worth anything, and to whom. */
interface Kept<T> extends Recorded {
  value: T
}

/**
 * Gives a value that is kept, or makes it. What is read of the database meanwhile is recorded; a change of it drops the value. A value that was
 * made from what one visitor alone has is kept for nobody.
 */
export async function keep<T>(cache: Cache, { key, options, inputs, isShared = false, compute, refused }: Keep<T>): Promise<T> {
  const kept = await cache.getOrSet(
    key,
    async (entry): Promise<Kept<T>> => {
      const recording = new Recording(inputs ?? new Set(), currentRecording())
      const value = await record(recording, () => compute(recording, entry.isRefresh))
      const { obstacle, isForStrangers } = recording
      const reason = obstacle ?? recording.refusal
      entry.tag(...recording.tags)
      if (reason !== undefined) {
        entry.skip()
        refused?.(reason)
      }
      return { value, tags: [...recording.tags], obstacle, isForStrangers }
    },
    { seconds: options.seconds, stale: options.stale ?? 0, asIs: isShared },
  )
  currentRecording()?.include(kept)
  return kept.value
}
