/** How somebody gets an account: an address first, and an account once it is proved. */
import type { Context } from '../core/context.ts'
import { HttpError } from '../core/results.ts'
import type { BaseUser } from '../core/user.ts'
import { signalsService } from '../signals/signals.ts'
import { authService } from './config.ts'
import { audit, dbOf } from './events.ts'
import { logIn } from './log-in.ts'
import { mailUser } from './mail-user.ts'
import { hashPassword } from './passwords/passwords.ts'
import { loginPath } from './paths.ts'
import { createAddressToken, openAddressToken } from './tokens.ts'
import { normalizeEmail } from './users.ts'

/** Sends a link to an address that somebody wants an account for. Nothing here, or in the answer, tells whether it has one. */
export async function askToSignUp(context: Context, address: string): Promise<void> {
  const email = normalizeEmail(address)
  const known = await dbOf(context).user.findUnique({ where: { email } })
  const { origin } = context.url
  if (known) mailUser(context, known, 'signUpAgain', { link: origin + loginPath() })
  else mailUser(context, { email }, 'signUp', { link: `${origin}/signup/${createAddressToken(context, email)}` })
}

/** The address that a link was sent to; `undefined` when the link is wrong or too old, or the address has an account by now. */
export async function addressOfLink(context: Context, token: string): Promise<string | undefined> {
  const email = openAddressToken(context, token)
  if (email === undefined) return undefined
  return (await dbOf(context).user.findUnique({ where: { email } })) ? undefined : email
}

/**
 * Makes an account for an address that was proved, and signs its owner in.
 *
 * @throws A unique key broken, where the same link was used twice at once
 */
export async function signUp(context: Context, email: string, { name, password }: { name: string; password: string }): Promise<BaseUser> {
  if (!context.service(authService).signUp) throw new HttpError(404)
  const row = await dbOf(context).user.create({
    data: { email, name, password: await hashPassword(password), emailVerifiedAt: new Date() },
  })
  const user = await logIn(context, row)
  await audit(context, 'account.signedUp', { user })
  await context.service(signalsService).send('account', 'signedUp', { context, user })
  return user
}
