/** Codes of authenticator apps: RFC 6238 with SHA-1, six digits and half a minute, which every app has. */
import { createHmac, randomBytes } from 'node:crypto'
import { isEqual } from '../../http/is-equal.ts'
import { fromBase32, toBase32 } from './base32.ts'

const period = 30
const digits = 6
/** Steps before and after now whose code is taken too: clocks differ, and people type slowly. */
const drift = 1

/** What an authenticator app is told. */
export interface TotpAccount {
  secret: string
  /** What the site is called. */
  issuer: string
  /** Whose account it is: the e-mail address. */
  account: string
}

/** Returns a new secret, of 160 bits, in base32. Encrypt it before it is stored. */
export function createTotpSecret(): string {
  return toBase32(randomBytes(20))
}

/** The address that an authenticator app reads from a QR code, or that opens it on the same device. */
export function totpUri({ secret, issuer, account }: TotpAccount): string {
  // A colon ends the issuer, whether it is encoded or not.
  const label = `${encodeURIComponent(issuer.replaceAll(':', ' '))}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digits}&period=${period}`
}

/**
 * Finds the step of time that a code belongs to: this one, or one beside it.
 *
 * Each code is good once: keep the step, and hand it in the next time. Two requests with one code may come at once, so store it on the
 * condition that it is still the one you handed in.
 *
 * @param code As typed; spaces and hyphens do not count
 * @param lastStep The step of the last code that was taken; neither it nor one before is taken again
 * @param now Milliseconds (default: now)
 * @returns The step; `undefined` when the code is wrong, too old, or was taken before
 */
export function totpStep(secret: string, code: string, lastStep: number | null, now: number = Date.now()): number | undefined {
  const typed = Buffer.from(code.normalize('NFKC').replace(/[\s\p{Pd}]/gu, ''))
  const key = fromBase32(secret)
  const current = Math.floor(now / 1_000 / period)
  let found: number | undefined
  // All of them, whichever fits: the time tells nothing.
  for (let step = current - drift; step <= current + drift; step++)
    if (isEqual(Buffer.from(codeAt(key, step)), typed) && step > (lastStep ?? -1)) found = step
  return found
}

/** The code that an authenticator app shows. @param now Milliseconds (default: now) */
export function totpCode(secret: string, now: number = Date.now()): string {
  return codeAt(fromBase32(secret), Math.floor(now / 1_000 / period))
}

/** HOTP, RFC 4226. */
function codeAt(key: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.max(0, step)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = mac.at(-1)! & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}
