import type { Context } from '../core/context.ts'
import type { User } from '../core/user.ts'
import { signalsService } from '../signals/signals.ts'
import { audit, dbOf } from './events.ts'
import { renewSessions } from './log-in.ts'
import { mailUser } from './mail-user.ts'
import { createUserToken, openUserToken } from './tokens.ts'
import { normalizeEmail } from './users.ts'

/** Sends a link to the address that a user wants to have. One that has an account already gets nothing, and nobody learns that. */
export async function askToChangeEmail(context: Context, user: User, address: string): Promise<void> {
  const email = normalizeEmail(address)
  const isTaken = (await dbOf(context).user.findUnique({ where: { email } })) !== null
  await audit(context, 'account.emailChangeAsked', { user })
  const token = createUserToken(context, 'email', user, email)
  if (!isTaken) mailUser(context, { email, name: user.name }, 'emailChange', { link: `${context.url.origin}/account/email/${token}` })
}

/**
 * Gives a user the address that a link was sent to. Their other sessions end.
 *
 * @returns Whether the link was good, and theirs
 * @throws A unique key broken, where the address has got an account since
 */
export async function changeEmail(context: Context, user: User, token: string): Promise<boolean> {
  const opened = await openUserToken(context, 'email', token)
  if (!opened || opened.user.id !== user.id) return false
  const before = user.email
  const changed = await renewSessions(context, opened.user, { email: opened.extra, emailVerifiedAt: new Date() })
  if (!changed) return false
  await audit(context, 'account.emailChanged', { user: changed, detail: { before, after: changed.email } })
  mailUser(context, { email: before, name: changed.name }, 'emailChanged', { email: changed.email })
  await context.service(signalsService).send('account', 'emailChanged', { context, user: changed, before })
  return true
}
