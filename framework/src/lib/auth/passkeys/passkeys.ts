/** The passkeys that a user has. */
import type { Context } from '../../core/context.ts'
import type { BaseUser, UserId } from '../../core/user.ts'
import { audit, dbOf } from '../events.ts'
import { mailUser } from '../mail-user.ts'
import type { PasskeyRow } from '../tables.ts'
import { removeWayIn, type RemovedWay } from '../ways-in.ts'

/** The passkeys of a user, the oldest first. */
export async function passkeysOf(context: Context, userId: UserId): Promise<PasskeyRow[]> {
  return await dbOf(context).passkey.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })
}

/** Calls a passkey something else. One of another user's stays as it is. */
export async function renamePasskey(context: Context, userId: UserId, id: string, name: string): Promise<void> {
  await dbOf(context).passkey.updateMany({ where: { id, userId }, data: { name } })
}

/**
 * Forgets a passkey. What is left of it on its device is worth nothing.
 *
 * @returns `last` when its user has no other way to sign in, which keeps it
 */
export async function removePasskey(context: Context, user: BaseUser, id: string): Promise<RemovedWay> {
  const result = await removeWayIn(context, user.id, (db) => db.passkey.deleteMany({ where: { id, userId: user.id } }))
  if (result !== 'removed') return result
  await audit(context, 'account.passkeyRemoved', { user })
  mailUser(context, user, 'waysInChanged', { change: 'a passkey was removed from your account.' })
  return result
}
