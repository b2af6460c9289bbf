import { createHash } from 'node:crypto'
import type { ReadStored } from './stored.ts'

/** Costs above 16 take some seconds and more. */
const pattern = /^(?<kind>bcrypt(?:_sha256)?\$)?(?<hash>\$2[aby]\$(?:0[4-9]|1[0-6])\$[./\dA-Za-z]{53})$/

/** Django's `bcrypt_sha256` and `bcrypt`, and plain bcrypt (`$2b$12$…`). */
export const readBcrypt: ReadStored = (encoded) => {
  const found = pattern.exec(encoded)?.groups
  if (found === undefined) return undefined
  const isDigested = found['kind'] === 'bcrypt_sha256$'
  return {
    isWeak: true,
    async matches(password) {
      // To bcrypt `a` and `a\0a` are the same password.
      if (!isDigested && password.includes('\0')) return false
      const { verify } = await import('@node-rs/bcrypt')
      return await verify(isDigested ? createHash('sha256').update(password).digest('hex') : password, found['hash']!)
    },
  }
}
