import { isCommonPassword } from './common.ts'
import { maxPasswordLength } from './passwords.ts'
import { similarity } from './similarity.ts'

/** What is known of whom a password belongs to, by the words that name it: `{ 'e-mail address': 'ada@example.com' }`. */
export type PasswordFacts = Readonly<Record<string, string | null | undefined>>

/** Something asked of a new password. */
export interface PasswordRule {
  /** What the form says beforehand. */
  readonly help: string
  /** Says what is wrong, as a sentence; `undefined` when nothing is. */
  check(password: string, facts: PasswordFacts): string | undefined | Promise<string | undefined>
}

/**
 * Asks for a length.
 *
 * @param min Characters, of Unicode: an emoji may be several (default: 10)
 */
export function passwordLength(min = 10): PasswordRule {
  return {
    help: `At least ${min} characters. Several words are good.`,
    check: (password) =>
      Array.from(password).length < min ? `This password is too short. It needs at least ${min} characters.` : undefined,
  }
}

/**
 * Refuses what resembles the name, the address and the like.
 *
 * @param limit How much a password may have in common with one of them, from 0 to 1 (default: 0.7)
 */
export function passwordUnlike(limit = 0.7): PasswordRule {
  return {
    help: 'Nothing that resembles your name or address.',
    check(password, facts) {
      const text = password.toLowerCase()
      const close = Object.entries(facts).find(([, fact]) => partsOf(fact ?? '').some((part) => similarity(text, part) >= limit))
      return close && `This password is too similar to your ${close[0]}.`
    },
  }
}

/** Refuses the passwords that are tried first. */
export function passwordUncommon(): PasswordRule {
  return {
    help: 'Nothing that others use too.',
    check: async (password) => ((await isCommonPassword(password)) ? 'Too many people use this password.' : undefined),
  }
}

/** Refuses digits alone. */
export function passwordNotDigits(): PasswordRule {
  return {
    help: 'Not digits alone.',
    check: (password) => (/^\p{N}+$/u.test(password) ? 'This password has nothing but digits.' : undefined),
  }
}

/** What is asked of passwords where an app says nothing else. */
export const defaultPasswordRules: readonly PasswordRule[] = [passwordLength(), passwordUnlike(), passwordUncommon(), passwordNotDigits()]

/**
 * Says what is wrong with a new password: a sentence for each rule it breaks; none when it may be used.
 *
 * @param facts What it must not resemble
 * @param rules Default: {@link defaultPasswordRules}
 */
export async function checkPassword(
  password: string,
  facts: PasswordFacts = {},
  rules: readonly PasswordRule[] = defaultPasswordRules,
): Promise<string[]> {
  if (password.length > maxPasswordLength)
    return [`This password is too long. It may have ${maxPasswordLength.toLocaleString('en')} characters.`]
  const complaints = await Promise.all(rules.map(async (rule) => await rule.check(password, facts)))
  return complaints.filter((complaint) => complaint !== undefined)
}

/** A fact as a whole, and each of its words: of an address, `ada`, `example` and `com` too. */
function partsOf(fact: string): string[] {
  const text = fact.toLowerCase()
  return text === '' ? [] : [text, ...text.split(/[^\p{L}\p{N}_]+/u).filter((part) => part !== '')]
}
