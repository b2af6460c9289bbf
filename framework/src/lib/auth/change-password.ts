import type { Context } from '../core/context.ts'
import type { BaseUser, User } from '../core/user.ts'
import { signalsService } from '../signals/signals.ts'
import { authService } from './config.ts'
import { audit } from './events.ts'
import { renewSessions } from './log-in.ts'
import { mailUser } from './mail-user.ts'
import { hashPassword } from './passwords/passwords.ts'
import { checkPassword } from './passwords/rules.ts'

/**
 * Gives a user another password. Every session of theirs ends, but the one it is changed in; so does every link that was mailed before.
 *
 * @returns The user as they are now; `undefined` where somebody else has changed the account since it was read
 */
export async function changePassword(context: Context, before: BaseUser, password: string): Promise<User | undefined> {
  const user = await renewSessions(context, before, { password: await hashPassword(password) })
  if (!user) return undefined
  await audit(context, 'account.passwordChanged', { user })
  mailUser(context, user, 'passwordChanged', {})
  await context.service(signalsService).send('account', 'passwordChanged', { context, user })
  return user
}

/** What the app asks of a new password: a sentence each. */
export function passwordHelp(context: Context): string[] {
  return context.service(authService).passwordRules.map(({ help }) => help)
}

/** Says what is wrong with a new password, by the rules of the app: a sentence each. */
export function complaintsAbout(context: Context, password: string, { email, name }: { email: string; name: string }): Promise<string[]> {
  return checkPassword(password, { 'e-mail address': email, name }, context.service(authService).passwordRules)
}
