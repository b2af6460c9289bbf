/**
 * Passwords as the database holds them. New ones are argon2id, or scrypt on a Node without it, in Django's notation, so that one database
 * serves both. What Django and others stored is verified too, and replaced when its owner signs in.
 *
 * Hashing runs on Node's thread pool, two at once: the pool has four threads, which also read files and look up names.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { hashArgon2 } from './argon2.ts'
import { createQueue } from '../../core/queue.ts'
import { readStored } from './read-stored.ts'
import { hashScrypt } from './scrypt.ts'

/** What a password came to. */
export interface PasswordCheck {
  isCorrect: boolean
  /** It is correct, and stored in a way that is easier to guess from than what {@link hashPassword} gives: store it anew. */
  isOutdated: boolean
}

/** Characters (UTF-16 units) of the longest password. More says nothing, and costs time. */
export const maxPasswordLength = 4_096

/** Milliseconds that a refusal takes at least. Hashes of other kinds take other times, which would tell accounts apart. */
const refusalTime = 500

const hash = hashArgon2 ?? hashScrypt
const queue = createQueue(2, 128)
const refused: PasswordCheck = { isCorrect: false, isOutdated: false }

/**
 * Returns a hash of a password, to be stored.
 *
 * @param password As it was typed: letters that look alike stay different, as in Django
 * @throws {HttpError} 503 when too many wait for one already
 * @throws {RangeError} when the password is longer than {@link maxPasswordLength}
 */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > maxPasswordLength) throw new RangeError(`A password has ${maxPasswordLength} characters at most.`)
  return await queue.run(() => hash(password))
}

/**
 * Says whether a password is the one that was stored.
 *
 * Whatever is refused takes half a second or more, whether the account exists, has a password, or has one of an older kind: nobody learns
 * from the time which. So ask for accounts that do not exist too, and for those that may not sign in.
 *
 * @param stored What {@link hashPassword} gave, or Django, or bcrypt; `undefined` where there is nobody to compare with
 * @throws {HttpError} 503 when too many wait already
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<PasswordCheck> {
  if (password.length > maxPasswordLength) return refused
  const known = stored !== undefined && hasUsablePassword(stored) ? readStored(stored) : undefined
  let begun = 0
  const isCorrect = await queue.run(async () => {
    begun = performance.now()
    if (known) return await known.matches(password)
    await hash(password)
    return false
  })
  if (known && isCorrect) return { isCorrect, isOutdated: known.isWeak }
  await delay(Math.max(0, begun + refusalTime - performance.now()))
  return refused
}

/** Returns what stands for a password where there is none: nobody signs in by it. No two are the same. */
export function createUnusablePassword(): string {
  return `!${randomBytes(30).toString('base64url')}`
}

/** Whether an account has a password at all. */
export function hasUsablePassword(stored: string): boolean {
  return !stored.startsWith('!')
}
