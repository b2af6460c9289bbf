import type { Context } from '../core/context.ts'
import { audit, dbOf } from './events.ts'
import { mailUser } from './mail-user.ts'
import { hasUsablePassword } from './passwords/passwords.ts'
import { createUserToken } from './tokens.ts'
import { normalizeEmail } from './users.ts'

/**
 * Sends a link by which a password can be chosen anew. An address without an account, an account that is not active, and one that has never had
 * a password (it signs in elsewhere) get none; the answer is the same.
 */
export async function askToReset(context: Context, address: string): Promise<void> {
  const user = await dbOf(context).user.findUnique({ where: { email: normalizeEmail(address) } })
  const mayReset = user?.isActive && hasUsablePassword(user.password)
  await audit(context, 'account.resetAsked', { user })
  if (mayReset) mailUser(context, user, 'reset', { link: `${context.url.origin}/password/${createUserToken(context, 'reset', user)}` })
}
