/** Sign-ins that still need a code of the user's second factor. */
import type { Context } from '../core/context.ts'
import type { BaseUser, UserId } from '../core/user.ts'
import { dbOf } from './events.ts'
import { logIn, type LogInOptions } from './log-in.ts'

/** The cookie of a browser that has passed the first step. */
const pendingCookie = 'login'

/** Seconds that the second step may take. */
const goodFor = 10 * 60

/** What the cookie seals. */
interface Pending extends Required<LogInOptions> {
  userId: UserId
  epoch: number
}

/** Somebody who has passed the first step. */
export interface PendingLogin {
  user: BaseUser
  options: Required<LogInOptions>
}

/**
 * Signs somebody in who has proved one thing, or has them prove the second.
 *
 * @returns Whether they are in; `false` sends them to `/login/code`
 */
export async function beginLogIn(
  context: Context,
  user: BaseUser,
  { method = 'password', remember = false }: LogInOptions,
): Promise<boolean> {
  if (user.totpSecret === null) {
    await logIn(context, user, { method, remember })
    return true
  }
  const pending: Pending = { userId: user.id, epoch: user.epoch, method, remember }
  await context.cookies.setEncrypted(pendingCookie, pending, { maxAge: goodFor })
  return false
}

/** Who is in the middle of signing in here; `undefined` when nobody is, or their account has changed meanwhile. */
export async function pendingLogin(context: Context): Promise<PendingLogin | undefined> {
  const pending = await context.cookies.getEncrypted<Pending>(pendingCookie)
  if (!pending) return undefined
  const user = await dbOf(context).user.findUnique({ where: { id: pending.userId } })
  if (!user?.isActive || user.epoch !== pending.epoch) return undefined
  return { user, options: { method: pending.method, remember: pending.remember } }
}

/** Signs in who has passed both steps. */
export async function completeLogIn(context: Context, { user, options }: PendingLogin): Promise<void> {
  context.cookies.delete(pendingCookie)
  await logIn(context, user, options)
}
