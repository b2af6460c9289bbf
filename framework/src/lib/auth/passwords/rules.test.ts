import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../../../test/vectors/password_validation.json' with { type: 'json' }
import { maxPasswordLength } from './passwords.ts'
import {
  checkPassword,
  defaultPasswordRules,
  passwordLength,
  passwordNotDigits,
  type PasswordRule,
  passwordUncommon,
  passwordUnlike,
} from './rules.ts'
import { similarity } from './similarity.ts'

interface Vector {
  validator: string
  options: { min_length?: number; max_similarity?: number; user_attributes?: string[] }
  password: string
  user: Record<string, string> | null
  valid: boolean
}

/** The rule here for a validator there. */
function ruleOf({ validator, options }: Vector): PasswordRule | undefined {
  if (validator === 'MinimumLengthValidator') return passwordLength(options.min_length ?? 8)
  if (validator === 'UserAttributeSimilarityValidator') return passwordUnlike(options.max_similarity)
  if (validator === 'CommonPasswordValidator') return passwordUncommon()
  return validator === 'NumericPasswordValidator' ? passwordNotDigits() : undefined
}

describe("Django's vectors", () => {
  const cases = vectors.cases as unknown as Vector[]
  /** In Django's list and not in ours; too short for any of Django's or our own settings besides. */
  const isUnlisted = ({ password }: Vector): boolean => password === '&#2336:'

  it('have a rule each', () => {
    expect(cases.filter((vector) => ruleOf(vector) !== undefined)).toHaveLength(vectors.count)
  })

  it.each(cases.filter((vector) => !isUnlisted(vector)))('$validator $options $password $user', async (vector) => {
    const { password, user, options, valid } = vector
    const facts = Object.fromEntries(Object.entries(user ?? {}).filter(([name]) => options.user_attributes?.includes(name)))
    expect(await checkPassword(password, facts, [ruleOf(vector)!])).toHaveLength(valid ? 0 : 1)
  })

  it.each(cases.filter(isUnlisted))('$password is refused, if for its length', async ({ password }) => {
    expect(await checkPassword(password)).not.toEqual([])
  })
})

describe('checkPassword', () => {
  it('takes what is long and nobody else has', async () => {
    expect(await checkPassword('correct horse battery staple', { name: 'Ada', 'e-mail address': 'ada@example.com' })).toEqual([])
  })

  it('says everything that is wrong, in the words of the facts', async () => {
    expect(await checkPassword('31415926')).toEqual([
      'This password is too short. It needs at least 10 characters.',
      'Too many people use this password.',
      'This password has nothing but digits.',
    ])
    expect(await checkPassword('lovelace.ada', { name: 'Ada Lovelace', 'e-mail address': null })).toEqual([
      'This password is too similar to your name.',
    ])
    expect(await checkPassword('Example.com!', { 'e-mail address': 'ada@example.com' })).toEqual([
      'This password is too similar to your e-mail address.',
    ])
  })

  it.each([
    'Password123',
    'QWERTYUIOP',
    '!@#$%^&*()',
    'poiuytrewq',
    'abcabcabcabc',
    'abcdefghijkl',
    'zzzzzzzzzzzz',
    'ZYXWVUTSRQ',
    'dragondragon',
  ])('refuses %s: it is tried first', async (password) => {
    expect(await checkPassword(password, {}, [passwordUncommon()])).toEqual(['Too many people use this password.'])
  })

  it('counts characters, not the units that JavaScript has', async () => {
    expect(await checkPassword('🔑🌙🎈🦊🍋', {}, [passwordLength(6)])).toHaveLength(1)
    expect(await checkPassword('🔑🌙🎈🦊🍋🪁', {}, [passwordLength(6)])).toEqual([])
  })

  it('refuses what is too long to be looked at', async () => {
    expect(await checkPassword('a'.repeat(maxPasswordLength + 1))).toEqual(['This password is too long. It may have 4,096 characters.'])
  })

  it("asks an app's own rules", async () => {
    const noSpaces: PasswordRule = { help: 'No spaces.', check: (password) => (password.includes(' ') ? 'This has a space.' : undefined) }
    expect(await checkPassword('correct horse battery', {}, [...defaultPasswordRules, noSpaces])).toEqual(['This has a space.'])
  })

  it('comes to a verdict about anything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (password, name) => {
        expect(await checkPassword(password, { name })).not.toContain(undefined)
        expect(await checkPassword(`${name}!`, { name: `${name}!` })).toContain('This password is too similar to your name.')
      }),
    )
    expect(await checkPassword('ab'.repeat(maxPasswordLength / 2 - 1) + 'ac', { name: 'ab'.repeat(2_000) })).toHaveLength(1)
  })
})

describe('similarity', () => {
  it('is the same both ways, at most 1, and 1 for the same letters', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (left, right) => {
        expect(similarity(left, right)).toBe(similarity(right, left))
        expect(similarity(left, right)).toBeLessThanOrEqual(1)
        expect(similarity(left, Array.from(left).reverse().join(''))).toBe(1)
      }),
    )
  })
})
