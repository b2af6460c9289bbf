/** Codes that stand in for a lost authenticator app, each once. */
import { createHash, randomInt } from 'node:crypto'

/** Crockford's: without `i`, `l`, `o`, which are read as `1` and `0`, and without `u`. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const count = 10
/** 80 bits: a digest without salt tells nothing about so many. */
const length = 16

/** Returns ten new codes, to be shown once and kept as digests: `7k3d-9xq2-h0mv-b4t8`. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: count }, () => {
    const code = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
    return code.replace(/.{4}(?=.)/g, '$&-')
  })
}

/**
 * Returns what is stored for a code, and looked for.
 *
 * @param typed In whatever case, with whatever between the groups, and with the letters that look like digits
 * @returns `undefined` for what can be no code
 */
export function recoveryCodeDigest(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  return /^[\da-hjkmnp-tv-z]{16}$/.test(code) ? createHash('sha256').update(code).digest('base64url') : undefined
}
