import cluster from 'node:cluster'
import { RateLimiterCluster, RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'

/** How often something may happen. */
export interface RateLimit {
  /** Times in each window. */
  max: number
  /** Length of a window, which begins with the first time. */
  seconds: number
}

/** What one more time came to. */
export interface RateResult {
  allowed: boolean
  /** Times that are left in this window. */
  remaining: number
  /** Seconds until the window ends, rounded up. */
  retryAfter: number
}

/** Counts by key. */
export interface RateLimiter extends RateLimit {
  /** Counts one time for `key` and says whether it may happen. Never counts wrong, however many ask at once. */
  consume(key: string): Promise<RateResult>
}

/** Stores by limit. Limits that are the same share one; their keys have to differ. */
const stores = new Map<string, RateLimiterAbstract>()

/**
 * Creates a limiter. It counts in memory; with several workers in the process that watches over them, so that a limit holds for all
 * together and over the replacement of a worker. A restart forgets.
 *
 * @param limit What is allowed; limiters of the same numbers count together, so give each use keys of its own
 * @throws {RangeError} when a number is not a whole one from 1 up
 */
export function createRateLimiter({ max, seconds }: RateLimit): RateLimiter {
  if (!(Number.isSafeInteger(max) && max >= 1 && Number.isSafeInteger(seconds) && seconds >= 1))
    throw new RangeError(`A rate limit takes whole numbers from 1 up, got max ${max} and seconds ${seconds}.`)
  return {
    max,
    seconds,
    async consume(key) {
      try {
        return resultOf(await storeOf(max, seconds).consume(key), true)
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return resultOf(refused, false)
        throw refused
      }
    },
  }
}

/** Where times are counted: here, or in the process that watches over the workers. */
export function storeOf(max: number, seconds: number): RateLimiterAbstract {
  const keyPrefix = `${max}/${seconds}`
  let store = stores.get(keyPrefix)
  if (store === undefined) {
    const options = { points: max, duration: seconds, keyPrefix }
    store = cluster.isWorker ? new RateLimiterCluster(options) : new RateLimiterMemory(options)
    stores.set(keyPrefix, store)
  }
  return store
}

function resultOf({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): RateResult {
  return { allowed, remaining: Math.max(0, remainingPoints), retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1_000)) }
}

/** The headers that tell a client where it stands. */
export function rateHeaders({ max, seconds }: RateLimit, { remaining, retryAfter, allowed }: RateResult): Record<string, string> {
  return {
    'ratelimit-policy': `"default";q=${max};w=${seconds}`,
    ratelimit: `"default";r=${remaining};t=${retryAfter}`,
    ...(allowed ? {} : { 'retry-after': String(retryAfter) }),
  }
}

/** `30 seconds`, `5 minutes`: how long to wait, for people. */
export function waitInWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? 'a second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`
}

/** What whoever tries too often is told. */
export function tooManyAttempts(seconds: number): string {
  return `Too many attempts. Try again in ${waitInWords(seconds)}.`
}

/**
 * Names a visitor by address: an IPv4 address as it is, of an IPv6 address the first 64 bits. Whoever has one of those has 2⁶⁴ of them.
 *
 * @param ip As `context.ip` gives it
 */
export function rateKeyOf(ip: string): string {
  const address = ip.split('%', 1)[0]!
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : [])
  const [left, right] = [groups(head), groups(tail)]
  // An IPv4 address at the end stands for two groups.
  const length = left.length + right.length + (address.includes('.') ? 1 : 0)
  const all = tail === undefined ? left : [...left, ...Array.from({ length: 8 - length }, () => '0'), ...right]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
