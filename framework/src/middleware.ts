/** `hotclub/middleware`: links for the chain of the app or of a route. */
export { rateLimit, type RateLimitOptions } from './lib/middleware/rate-limit.ts'
