import { createHash } from 'node:crypto'
import { hashSync } from '@node-rs/bcrypt'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import vectors from '../../../../test/vectors/password_hashes.json' with { type: 'json' }
import { setLogger } from '../../core/log.ts'
import { createUnusablePassword, hashPassword, hasUsablePassword, maxPasswordLength, verifyPassword } from './passwords.ts'
import { readStored } from './read-stored.ts'
import { hashScrypt } from './scrypt.ts'

interface Vector {
  op: string
  password?: string
  encoded?: string | null
  expected?: unknown
}

let lines: string[] = []
beforeEach(() => {
  const write = (fields: object, message: string): void => void lines.push(JSON.stringify(fields) + message)
  setLogger({ debug: write, info: write, warn: write, error: write })
})
afterEach(() => {
  setLogger(undefined)
  lines = []
})

const isCorrect = async (password: string, stored: string): Promise<boolean> => (await verifyPassword(password, stored)).isCorrect

describe("Django's vectors", () => {
  const cases: Vector[] = vectors.cases
  const of = (...ops: string[]): Vector[] => cases.filter(({ op }) => ops.includes(op))
  // Without the wait that a refusal comes with.
  const matches = async (password: string, encoded: unknown): Promise<boolean> =>
    (await readStored(String(encoded))?.matches(password)) ?? false
  /** Django keeps md5 for tests; here such a password is as good as published. */
  const isMd5 = (encoded: unknown): boolean => String(encoded).startsWith('md5$')
  /** Argon2 before its version of 2016, which Node does not have. */
  const isOldArgon2 = (encoded: unknown): boolean => /^argon2\$argon2\w+\$m=/.test(String(encoded))

  it('are all replayed', () => {
    const ops = ['usable', 'check', 'check_malformed', 'encode', 'encode_params', 'must_update', 'identify']
    expect(of(...ops)).toHaveLength(vectors.count)
  })

  it.concurrent.each(of('check'))('check $password against $encoded', async ({ password, encoded, expected }) => {
    expect(await matches(password!, encoded)).toBe(expected === true && !isMd5(encoded) && !isOldArgon2(encoded))
  })

  it.concurrent.each(of('encode', 'encode_params'))('encode $password as $expected', async ({ password, expected }) => {
    expect(await matches(password!, expected)).toBe(!isMd5(expected))
    expect(await matches(`${password}x`, expected)).toBe(false)
  })

  it.concurrent.each(of('check_malformed'))('refuse $encoded without an error', async ({ password, encoded }) => {
    expect(await verifyPassword(password!, encoded ?? undefined)).toEqual({ isCorrect: false, isOutdated: false })
  })

  // There it is the word at the beginning that counts; here a hash is read as a whole, and these are cut short.
  it.concurrent.each(of('identify'))('take no part of a hash for one: $encoded', async ({ encoded }) => {
    expect(readStored(encoded!)).toBeUndefined()
  })

  // There what differs from the default is weak; here, whatever is easier to guess from than argon2id: all of these.
  it.each(of('must_update'))('update $encoded', ({ encoded }) => {
    expect(readStored(encoded!)?.isWeak).toBe(isMd5(encoded) || isOldArgon2(encoded) ? undefined : true)
  })

  it.each(of('usable').filter(({ encoded }) => encoded !== null))('usable $encoded', ({ encoded, expected }) => {
    expect(hasUsablePassword(encoded!)).toBe(expected)
  })

  it('usable null: the column holds no NULL here', () => {
    expect(of('usable').filter(({ encoded }) => encoded === null)).toHaveLength(1)
  })
})

describe('hashPassword', () => {
  it('makes what verifyPassword takes, and nothing else', async () => {
    const stored = await hashPassword('lètmein 🔑')
    expect(stored).toMatch(/^argon2\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(await verifyPassword('lètmein 🔑', stored)).toEqual({ isCorrect: true, isOutdated: false })
    expect(await isCorrect('letmein 🔑', stored)).toBe(false)
    // The same letter, in two characters: another password, as in Django.
    expect(await isCorrect('lètmein 🔑'.normalize('NFD'), stored)).toBe(false)
  })

  it('never makes the same hash twice', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'))
  })

  it('takes no more than people type', async () => {
    const longest = 'a'.repeat(maxPasswordLength)
    expect(await isCorrect(longest, await hashPassword(longest))).toBe(true)
    await expect(hashPassword(`${longest}a`)).rejects.toThrow(RangeError)
    expect(await isCorrect(`${longest}a`, await hashPassword(longest))).toBe(false)
  })

  it('falls back on scrypt, which is outdated where there is argon2', async () => {
    const stored = await hashScrypt('plan B')
    expect(stored).toMatch(/^scrypt\$16384\$[\w-]{22}\$8\$5\$[\w+/]{86}==$/)
    expect(await verifyPassword('plan B', stored)).toEqual({ isCorrect: true, isOutdated: true })
  })
})

describe('verifyPassword', () => {
  it('takes what is stored elsewhere, and says that it is outdated', async () => {
    const digest = createHash('sha256').update('p\0q').digest('hex')
    const outdated = { isCorrect: true, isOutdated: true }
    expect(await verifyPassword('plain', hashSync('plain', { cost: 4 }))).toEqual(outdated)
    expect(await verifyPassword('plain', hashSync('plain', { cost: 4, version: '2y' }))).toEqual(outdated)
    expect(await verifyPassword('p\0q', `bcrypt_sha256$${hashSync(digest, { cost: 4 })}`)).toEqual(outdated)
    expect(await verifyPassword('other', (await hashPassword('other')).slice('argon2'.length))).toEqual({
      isCorrect: true,
      isOutdated: false,
    })
  })

  it('keeps what is stronger than its own', async () => {
    const strong = 'argon2$argon2id$v=19$m=102400,t=2,p=8$UzBGYkdIbVhnS1FqVUF0N0xsTUQ3ZQ$Rg/1Vy6W7xbc3jgMhxTrhA'
    expect(await verifyPassword('lètmein', strong)).toEqual({ isCorrect: true, isOutdated: false })
  })

  it('does not take a\\0a for a, though to bcrypt they are the same', async () => {
    const stored = hashSync('a', { cost: 4 })
    expect(await isCorrect('a', stored)).toBe(true)
    expect(await isCorrect('a\0a', stored)).toBe(false)
  })

  it('lets nobody in without a password', async () => {
    const stored = createUnusablePassword()
    for (const password of ['', '!', stored, stored.slice(1)]) expect.soft(await isCorrect(password, stored), password).toBe(false)
    expect(hasUsablePassword(stored)).toBe(false)
    expect(createUnusablePassword()).not.toBe(stored)
    expect(lines).toEqual([])
  })

  it('says in the log, without the hash, what it cannot verify', async () => {
    await isCorrect('letmein', 'md5$seasalt$f5531bef9f3687d0ccf0f617f0e25573')
    await isCorrect('letmein', 'a secret on a shelf')
    expect(lines).toEqual([
      '{"kind":"md5"}A password is stored in a way that is not verified; its owner needs a new one.',
      '{"kind":"unknown"}A password is stored in a way that is not verified; its owner needs a new one.',
    ])
  })

  it.each([
    ['memory', 'argon2$argon2id$v=19$m=9999999,t=2,p=1$UzBGYkdIbVhnS1FqVUF0N0xsTUQ3ZQ$Rg/1Vy6W7xbc3jgMhxTrhA'],
    ['passes', 'argon2$argon2id$v=19$m=19456,t=999,p=1$UzBGYkdIbVhnS1FqVUF0N0xsTUQ3ZQ$Rg/1Vy6W7xbc3jgMhxTrhA'],
    ['lanes without memory', 'argon2$argon2id$v=19$m=8,t=2,p=8$UzBGYkdIbVhnS1FqVUF0N0xsTUQ3ZQ$Rg/1Vy6W7xbc3jgMhxTrhA'],
    ['no pass', 'argon2$argon2id$v=19$m=19456,t=0,p=1$UzBGYkdIbVhnS1FqVUF0N0xsTUQ3ZQ$Rg/1Vy6W7xbc3jgMhxTrhA'],
    ['memory', `scrypt$1048576$salt$8$1$${'A'.repeat(86)}==`],
    ['an N that is no power of two', `scrypt$16385$salt$8$1$${'A'.repeat(86)}==`],
    ['iterations', `pbkdf2_sha256$99999999$salt$${'A'.repeat(43)}=`],
    ['half a key', `pbkdf2_sha256$1$salt$${'A'.repeat(27)}=`],
    ['rounds', '$2b$31$DrM.CZhzq/lzY3JlxG/XHOvk9NSLVUsuyG0L1/Co1gTmNjaxm/DB6'],
    ['the bcrypt with the fault', '$2x$04$DrM.CZhzq/lzY3JlxG/XHOvk9NSLVUsuyG0L1/Co1gTmNjaxm/DB6'],
  ])('does not start on what no honest hash asks for: %s', (_what, stored) => {
    expect(readStored(stored)).toBeUndefined()
  })

  it('comes to a verdict about anything', async () => {
    const pieces = fc.constantFrom(
      'argon2',
      'argon2id',
      'scrypt',
      'pbkdf2_sha256',
      'bcrypt',
      '$',
      'v=19',
      'm=64,t=1,p=1',
      '$2b$04$',
      '16',
      '1',
      'AAAA',
      '=',
      '!',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((list) => list.join('')),
        ),
        async (password, stored) => {
          expect(await readStored(stored)?.matches(password)).not.toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('takes as long for nobody as for a wrong password, of whatever kind', async () => {
    const timeOf = async (stored: string | undefined): Promise<number> => {
      const begun = performance.now()
      await verifyPassword('wrong', stored)
      return performance.now() - begun
    }
    const kinds = [undefined, createUnusablePassword(), await hashPassword('right'), hashSync('right', { cost: 4 }), 'md5$a$b']
    const times: number[] = []
    for (const stored of kinds) times.push(await timeOf(stored))
    // Timers may fire a moment early.
    expect(Math.min(...times)).toBeGreaterThan(490)
  })

  it('turns away with 503 who comes when the line is full', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 200 }, () => hashPassword('flood')))
    const refused = answers.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(70)
    expect(refused[0]).toMatchObject({ reason: { status: 503, headers: { 'retry-after': '5' } } })
    expect(await hashPassword('after')).toMatch(/^argon2/)
  })
})
