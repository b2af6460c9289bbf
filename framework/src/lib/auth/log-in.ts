import { type Context, settleUser } from '../core/context.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import type { BaseUser, User } from '../core/user.ts'
import { BrowserSession } from '../session/browser-session.ts'
import { sessionsService } from '../session/sessions.ts'
import { signalsService } from '../signals/signals.ts'
import { audit, dbOf } from './events.ts'
import { rememberDevice } from './throttle.ts'
import { usersService } from './users.ts'

export interface LogInOptions {
  /** How they proved who they are (default: `password`). */
  method?: string
  /** Whether they stay signed in when the browser is closed (default: `false`). */
  remember?: boolean
}

/**
 * Signs somebody in, whose credentials were checked before. The session goes on under a new id, with what it kept of a stranger.
 *
 * @returns The user, who is `context.user` from here on
 * @throws {HotclubError} `HC_AUTH` for a user who is not active
 */
export async function logIn(context: Context, row: BaseUser, { method = 'password', remember = false }: LogInOptions = {}): Promise<User> {
  if (!row.isActive)
    throw new HotclubError('HC_AUTH', {
      where: 'logIn()',
      message: 'This user is not active.',
      hint: 'Check isActive where you check the credentials, and tell the visitor what you tell everybody whose credentials are wrong.',
    })
  const session = await browserSession(context)
  await session.signIn({ userId: row.id, epoch: row.epoch, method, isRemembered: remember })
  const user = await context
    .service(usersService)
    .with(await dbOf(context).user.update({ where: { id: row.id }, data: { lastLoginAt: new Date() } }))
  settleUser(context, user)
  rememberDevice(context, user.email)
  await audit(context, 'account.loggedIn', { user, detail: { method } })
  await context.service(signalsService).send('account', 'loggedIn', { context, user, method })
  return user
}

/** Signs the visitor out: the session ends, with everything it kept. */
export async function logOut(context: Context): Promise<void> {
  const user = await context.user
  await (await context.session).end()
  settleUser(context, null)
  if (!user) return
  await audit(context, 'account.loggedOut', { user })
  await context.service(signalsService).send('account', 'loggedOut', { context, user })
}

/**
 * Ends every session of a user but, where it is theirs, the one of this request, which goes on under a new id. Links that were mailed before
 * are worth nothing after.
 *
 * @param change Columns of the user that change along with it
 * @returns The user as they are now; `undefined` where somebody else has changed them since they were read
 */
export async function renewSessions(context: Context, before: BaseUser, change: object = {}): Promise<User | undefined> {
  const db = dbOf(context)
  // Both in one statement, so that of two who change the same account at once only one does.
  const { count } = await db.user.updateMany({
    where: { id: before.id, epoch: before.epoch, password: before.password },
    data: { ...change, epoch: before.epoch + 1 },
  })
  if (count === 0) return undefined
  const session = await browserSession(context)
  const isOwn = session.userId === before.id
  if (isOwn) await session.renew({ epoch: before.epoch + 1 })
  await context.service(sessionsService).endAll(before.id, isOwn ? session.row?.id : undefined)
  const user = (await context.service(usersService).byId(before.id)) ?? undefined
  if (isOwn && user) settleUser(context, user)
  return user
}

/** The session, as those who begin and end it see it. */
export async function browserSession(context: Context): Promise<BrowserSession> {
  const session = await context.session
  if (session instanceof BrowserSession) return session
  throw new TypeError('This context is none of Hotclub’s.')
}
