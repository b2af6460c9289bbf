import type { Context, Middleware } from '../core/context.ts'
import { HttpError } from '../core/results.ts'
import { createRateLimiter, rateHeaders, rateKeyOf, type RateLimit, waitInWords } from '../http/rate-limiter.ts'

export interface RateLimitOptions extends RateLimit {
  /** Names whose times are counted together; `undefined` lets the request through uncounted (default: the visitor's address). */
  by?: (context: Context) => string | undefined
  /** Counts together what has the same name, wherever it stands (default: each route by itself). */
  name?: string
}

/** How many limits of the same numbers a request has met: each counts by itself. */
const met = new WeakMap<Context, Map<string, number>>()

/**
 * Limits how often a route answers: `export const middleware = [rateLimit({ max: 5, seconds: 60 })]`.
 *
 * Beyond the limit a visitor gets 429 with `Retry-After`, and every answer says in `RateLimit` what is left. In `app/middleware.ts` it
 * counts all requests of the app together.
 *
 * @throws {RangeError} when a number is not a whole one from 1 up
 */
export function rateLimit({ by = byAddress, name, ...limit }: RateLimitOptions): Middleware {
  const limiter = createRateLimiter(limit)
  return async (context, next) => {
    const who = by(context)
    if (who === undefined) return await next()
    const result = await limiter.consume(`${name ?? placeOf(context, limit)} ${who}`)
    const headers = rateHeaders(limit, result)
    if (!result.allowed)
      throw new HttpError(429, `That was too often. Try again in ${waitInWords(result.retryAfter)}.`, { headers: { ...headers } })
    const response = await next()
    for (const [header, value] of Object.entries(headers)) if (!response.headers.has(header)) response.headers.set(header, value)
    return response
  }
}

function byAddress({ ip }: Context): string {
  return rateKeyOf(ip)
}

function placeOf(context: Context, { max, seconds }: RateLimit): string {
  const counts = met.get(context) ?? new Map<string, number>()
  met.set(context, counts)
  const kind = `${max}/${seconds}`
  const before = counts.get(kind) ?? 0
  counts.set(kind, before + 1)
  return `${context.route} ${before}`
}
