/**
 * Slows down who guesses passwords and codes, by account and by address, without locking out the owner: a browser that has signed in to the
 * account before carries a cookie that says so, and is counted by itself.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Context } from '../core/context.ts'
import { createGrowingLimiter } from '../http/growing-limiter.ts'
import { rateKeyOf } from '../http/rate-limiter.ts'
import { normalizeEmail } from './users.ts'

/** What is guessed. Each is counted by itself. */
export type Guess = 'password' | 'code'

/** Whether somebody may try. */
export interface Gate {
  allowed: boolean
  /** Seconds to wait, rounded up; 0 where it is allowed. */
  retryAfter: number
  /** Says that the try was right: it and those before are forgotten. */
  succeeded(): Promise<void>
}

const deviceCookie = 'device'
const deviceAge = 365 * 24 * 60 * 60

const quarterHour = 15 * 60
const hour = 60 * 60
const accounts = createGrowingLimiter({ free: 5, longest: quarterHour, memory: hour })
/** Many may share an address. */
const addresses = createGrowingLimiter({ free: 30, longest: quarterHour, memory: hour })

/**
 * Asks whether somebody may try to sign in to an account, and counts the try: one that turns out right is taken back by
 * {@link Gate.succeeded}, so tries at the same time cannot all slip through.
 *
 * @param email As it was typed, whether there is such an account or not
 */
export async function enterGate(context: Context, guess: Guess, email: string): Promise<Gate> {
  const account = digestOf(email)
  const device = deviceOf(context, account)
  // Who is known here is not held up by what others of the address do.
  const address = device === undefined && context.ip !== '' ? await addresses.enter(`${guess} address ${rateKeyOf(context.ip)}`) : undefined
  if (address?.allowed === false) return refusal(address.retryAfter)
  const key = device === undefined ? `${guess} account ${account}` : `${guess} device ${device}`
  const entry = await accounts.enter(key)
  if (!entry.allowed) return refusal(entry.retryAfter)
  return {
    allowed: true,
    retryAfter: 0,
    async succeeded() {
      // Of the address only this try: who has one account must not pay with it for guesses at others.
      await Promise.all([accounts.forget(key), address?.undo()])
    },
  }
}

/** Lets this browser be known as one of the account's owner. Only for who has proved all that a sign-in takes. */
export function rememberDevice(context: Context, email: string): void {
  const account = digestOf(email)
  const id = deviceOf(context, account) ?? randomBytes(16).toString('base64url')
  context.cookies.setSigned(deviceCookie, `${account}.${id}`, { maxAge: deviceAge })
}

/** The name of this browser, where the account's owner has signed in by it. */
function deviceOf({ cookies }: Context, account: string): string | undefined {
  const [owner, id] = cookies.getSigned(deviceCookie, { maxAge: deviceAge })?.split('.') ?? []
  return owner === account ? id : undefined
}

/** Stands for an account, without saying whose it is. */
function digestOf(email: string): string {
  return createHash('sha256').update(normalizeEmail(email)).digest('base64url')
}

function refusal(retryAfter: number): Gate {
  return { allowed: false, retryAfter, succeeded: () => Promise.resolve() }
}
