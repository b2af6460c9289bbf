import { text } from 'node:stream/consumers'
import { checkPassword, type PasswordFacts } from '../../auth/passwords/rules.ts'
import { HotclubError } from '../../core/hotclub-error.ts'
import { askSecret, confirm } from '../data/ask.ts'

export interface PasswordFlags {
  /** Takes a password that breaks the rules. */
  acceptWeak?: boolean
}

/**
 * Gets a new password: asked for, piped in, or of a variable of the environment. Never a flag, which everybody on the machine could read.
 *
 * @param variable The environment variable that may hold it
 * @param facts What it must not resemble
 * @throws {HotclubError} `HC_ANSWER` where there is none to be had, or it breaks the rules and nobody can say that it may
 */
export async function newPassword(variable: string, facts: PasswordFacts, { acceptWeak = false }: PasswordFlags): Promise<string> {
  const given = process.env[variable] || (process.stdin.isTTY ? undefined : (await text(process.stdin)).replace(/\r?\n$/, ''))
  const password = given || (await askSecret('Password', `pipe it in, or set ${variable}`))
  const complaints = await checkPassword(password, facts)
  if (complaints.length === 0 || acceptWeak) return password
  console.log(complaints.map((complaint) => `  - ${complaint}`).join('\n'))
  if (await confirm('Use it all the same?', '--accept-weak')) return password
  if (!given) return await newPassword(variable, facts, { acceptWeak })
  throw new HotclubError('HC_ANSWER', {
    where: variable,
    message: 'The password was not taken.',
    hint: 'Choose another one, or add --accept-weak.',
  })
}
