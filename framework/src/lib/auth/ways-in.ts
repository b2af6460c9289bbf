/** The ways by which somebody signs in to their account, of which the last one stays. */
import type { Context } from '../core/context.ts'
import type { BaseUser, UserId } from '../core/user.ts'
import { authService, type AuthConfig } from './config.ts'
import { dbOf } from './events.ts'
import { hasUsablePassword } from './passwords/passwords.ts'
import type { AuthDb } from './tables.ts'

/** What came of taking a way in: `missing` where there was none, `last` where there would be none left. */
export type RemovedWay = 'removed' | 'last' | 'missing'

class LastWay extends Error {}

/**
 * Takes a way to sign in from a user, unless it is the last one.
 *
 * @param remove Removes it, and says how many that were
 */
export async function removeWayIn(
  context: Context,
  userId: UserId,
  remove: (db: AuthDb) => Promise<{ count: number }>,
): Promise<RemovedWay> {
  try {
    return await dbOf(context).$transaction(async (tx) => {
      // Holds the row to the end, so that of two ways that go at once the second is seen to be the last.
      const user = await tx.user.update({ where: { id: userId }, data: { epoch: { increment: 0 } } })
      if ((await remove(tx)).count === 0) return 'missing'
      if ((await countWaysIn(tx, user, context.service(authService))) === 0) throw new LastWay()
      return 'removed'
    })
  } catch (error) {
    if (error instanceof LastWay) return 'last'
    throw error
  }
}

/** What counts is what the app still offers: a provider that it has dropped lets nobody in. */
async function countWaysIn(db: AuthDb, { id, password }: BaseUser, { passkeys, providers }: AuthConfig): Promise<number> {
  const keys = passkeys ? await db.passkey.count({ where: { userId: id } }) : 0
  const identities = await db.identity.count({ where: { userId: id, provider: { in: providers.map(({ name }) => name) } } })
  return (hasUsablePassword(password) ? 1 : 0) + keys + identities
}
