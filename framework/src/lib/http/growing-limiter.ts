import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { storeOf } from './rate-limiter.ts'

/** How soon something may happen again that went wrong before. */
export interface GrowingLimit {
  /** Times without a wait. */
  free: number
  /** Seconds of the longest wait. The first is of one second, and each is twice the one before. */
  longest: number
  /** Seconds after which it begins anew, if nothing happens for as long. More than `longest`. */
  memory: number
}

/** Whether it may happen now. */
export interface Entry {
  allowed: boolean
  /** Seconds to wait, rounded up; 0 where it is allowed. */
  retryAfter: number
  /** Takes this one time back, as if it had not been. */
  undo(): Promise<void>
}

/** Lets something happen less and less often, by key. */
export interface GrowingLimiter {
  /** Counts a time and says whether it may happen. Exact, however many ask at once, over all workers: who is refused was not counted. */
  enter(key: string): Promise<Entry>
  /** Begins anew. */
  forget(key: string): Promise<void>
}

/**
 * Creates a limiter whose waits grow. It counts where {@link createRateLimiter} does.
 *
 * Beyond the free times, a lock lets one through and stays for the wait that comes after it, so nobody else counts meanwhile.
 */
export function createGrowingLimiter({ free, longest, memory }: GrowingLimit): GrowingLimiter {
  const freeTimes = storeOf(free, memory)
  const later = storeOf(1, memory)
  const locks = storeOf(1, longest)
  return {
    async enter(name) {
      const key = keyOf(name)
      if ((await consume(freeTimes, key)) === 0) return allowed(() => freeTimes.reward(key))
      const before = (await later.get(key))?.consumedPoints ?? 0
      const retryAfter = await consume(locks, key, Math.min(longest, 2 ** before))
      if (retryAfter > 0) return { allowed: false, retryAfter, undo: () => Promise.resolve() }
      // Written anew, so that they are remembered from here on.
      await later.delete(key)
      await later.penalty(key, before + 1)
      await freeTimes.block(key, memory)
      return allowed(() => Promise.all([later.reward(key), locks.delete(key)]))
    },
    async forget(name) {
      const key = keyOf(name)
      await Promise.all([freeTimes, later, locks].map((store) => store.delete(key)))
    },
  }
}

/** Stores are shared with limits of the same numbers. */
function keyOf(name: string): string {
  return `growing ${name}`
}

function allowed(undo: () => Promise<unknown>): Entry {
  return { allowed: true, retryAfter: 0, undo: async () => void (await undo()) }
}

/** Takes one, and returns the seconds to wait where there is none. */
async function consume(store: RateLimiterAbstract, key: string, seconds?: number): Promise<number> {
  try {
    await store.consume(key, 1, seconds === undefined ? {} : { customDuration: seconds })
    return 0
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000))
    throw refused
  }
}
