import { getLogger } from '../../core/log.ts'
import { readArgon2 } from './argon2.ts'
import { readBcrypt } from './bcrypt.ts'
import { readPbkdf2 } from './pbkdf2.ts'
import { readScrypt } from './scrypt.ts'
import type { StoredPassword } from './stored.ts'

const readers = [readArgon2, readScrypt, readPbkdf2, readBcrypt]

/** Reads what the database has for a password; `undefined`, with a line in the log, when nothing here can verify it. */
export function readStored(stored: string): StoredPassword | undefined {
  for (const read of readers) {
    const known = read(stored)
    if (known) return known
  }
  const [kind] = /^\w{1,20}(?=\$)/.exec(stored) ?? ['unknown']
  getLogger().warn({ kind }, 'A password is stored in a way that is not verified; its owner needs a new one.')
  return undefined
}
