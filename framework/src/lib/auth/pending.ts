/** What a browser has begun and comes back with: a challenge to be answered, a trip to somebody else's login page. */
import { randomBytes } from 'node:crypto'
import type { Context } from '../core/context.ts'
import { createRateLimiter } from '../http/rate-limiter.ts'

/** A typed name for something begun. Create it with {@link pendingKey}. */
export interface PendingKey<T> {
  readonly cookie: string
  /** Carries the type only; never set. */
  readonly '~type'?: T
}

/** @param cookie The cookie that keeps it. Of two that were begun, the later one counts */
export function pendingKey<T>(cookie: string): PendingKey<T> {
  return { cookie }
}

interface Kept<T> {
  id: string
  value: T
}

/** Seconds until what was begun is forgotten: long enough to look for a phone. */
const lifetime = 600

/** A cookie can be sent again by whoever has seen it. What was taken is remembered for longer than its seal can be opened. */
const uses = createRateLimiter({ max: 1, seconds: 2 * lifetime })

/** Keeps with the browser, encrypted, what was begun. @param value What JSON can hold */
export async function keepPending<T>({ cookies }: Context, { cookie }: PendingKey<T>, value: T): Promise<void> {
  const kept: Kept<T> = { id: randomBytes(16).toString('base64url'), value }
  await cookies.setEncrypted(cookie, kept, { maxAge: lifetime })
}

/** Gives what was kept, to the first who asks; `undefined` when it was asked for before, is too old, or was never there. */
export async function takePending<T>({ cookies }: Context, { cookie }: PendingKey<T>): Promise<T | undefined> {
  const kept = await cookies.getEncrypted<Kept<T>>(cookie, { hostOnly: true })
  if (kept === undefined) return undefined
  cookies.delete(cookie)
  const { allowed } = await uses.consume(`pending ${kept.id}`)
  return allowed ? kept.value : undefined
}
