import type { Context } from '../core/context.ts'
import type { User } from '../core/user.ts'
import { audit } from './events.ts'
import { browserSession } from './log-in.ts'

/** Remembers that somebody who is signed in has just proved again who they are. Their session goes on under a new id. */
export async function confirmUser(context: Context, user: User): Promise<void> {
  await (await browserSession(context)).renew({ confirmedAt: new Date() })
  await audit(context, 'account.confirmed', { user })
}
