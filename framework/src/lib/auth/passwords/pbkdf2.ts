import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { isEqual } from '../../http/is-equal.ts'
import { areWithin, type ReadStored } from './stored.ts'

const derive = promisify(pbkdf2)

/** Some seconds. */
const maxIterations = 10_000_000

const pattern = /^pbkdf2_(?<digest>sha256|sha1)\$(?<iterations>\d{1,8})\$(?<salt>[^$]{1,128})\$(?<key>[A-Za-z\d+/]{27,43}=)$/

/** Django's `pbkdf2_sha256` and `pbkdf2_sha1`. */
export const readPbkdf2: ReadStored = (encoded) => {
  const found = pattern.exec(encoded)?.groups
  if (found === undefined) return undefined
  const iterations = Number(found['iterations'])
  const digest = found['digest']!
  const key = Buffer.from(found['key']!, 'base64')
  const keyLength = digest === 'sha1' ? 20 : 32
  // A key cut short would let in whoever hits the bytes that are left.
  if (!areWithin(maxIterations, iterations) || key.length !== keyLength) return undefined
  return {
    isWeak: true,
    matches: async (password) => isEqual(await derive(password, found['salt']!, iterations, keyLength, digest), key),
  }
}
