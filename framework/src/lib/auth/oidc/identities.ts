/** Whose account it is that a provider vouches for. */
import type { Context } from '../../core/context.ts'
import type { BaseUser, UserId } from '../../core/user.ts'
import { signalsService } from '../../signals/signals.ts'
import { authService } from '../config.ts'
import { audit, dbOf } from '../events.ts'
import { mailUser } from '../mail-user.ts'
import { createUnusablePassword } from '../passwords/passwords.ts'
import { isTaken, type IdentityKey, type IdentityRow } from '../tables.ts'
import { usersService } from '../users.ts'
import { removeWayIn, type RemovedWay } from '../ways-in.ts'
import type { OidcClaims } from './claims.ts'
import type { OidcProvider } from './provider.ts'

/**
 * Why a provider's word lets nobody in: `unknown` for one whose address it does not vouch for, or is not trusted to; `taken` where the
 * address has an account that was not linked; `closed` where there is no sign-up; `inactive` for an account that is switched off.
 */
export type IdentityRefusal = 'unknown' | 'taken' | 'closed' | 'inactive'

export type IdentityResult = { ok: true; user: BaseUser } | { ok: false; reason: IdentityRefusal }

/**
 * Finds the user that an account at a provider signs in, or makes one.
 *
 * Addresses count only from providers that are trusted with them: who could have any address written into a token could sign in to any
 * account, or open one for somebody who comes later. And nobody else learns which addresses have accounts.
 */
export async function userOfIdentity(context: Context, provider: OidcProvider, claims: OidcClaims): Promise<IdentityResult> {
  try {
    return await decide(context, provider, claims)
  } catch (error) {
    // The same account may have come twice at once, and the other one was faster.
    if (isTaken(error)) return await decide(context, provider, claims)
    throw error
  }
}

async function decide(context: Context, provider: OidcProvider, claims: OidcClaims): Promise<IdentityResult> {
  const db = dbOf(context)
  const { subject, email } = claims
  const identity = await db.identity.findUnique({ where: { provider_subject: { provider: provider.name, subject } } })
  if (identity) return active(await db.user.findUnique({ where: { id: identity.userId } }))
  if (!provider.trustEmail || !claims.isEmailVerified || email === undefined) return refused('unknown')
  const owner = await db.user.findUnique({ where: { email } })
  if (!owner) return await signUp(context, provider, { ...claims, email })
  // An address that nobody has verified may have been typed by somebody who waits for its owner to come.
  if (!owner.emailVerifiedAt) return refused('taken')
  if (!owner.isActive) return refused('inactive')
  return (await linkIdentity(context, owner, provider, claims)) ? { ok: true, user: owner } : refused('taken')
}

/** The accounts at providers that sign in to a user's, the oldest first. */
export async function identitiesOf(context: Context, userId: UserId): Promise<IdentityRow[]> {
  return await dbOf(context).identity.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })
}

/** Lets an account at a provider sign in to a user's. @returns `false` when it signs in to somebody else's already */
export async function linkIdentity(
  context: Context,
  user: BaseUser,
  provider: OidcProvider,
  { subject, email }: OidcClaims,
): Promise<boolean> {
  const key: IdentityKey = { provider: provider.name, subject }
  const db = dbOf(context)
  try {
    await db.identity.create({ data: { ...key, userId: user.id, email: email ?? '' } })
  } catch (error) {
    if (!isTaken(error)) throw error
    const known = await db.identity.findUnique({ where: { provider_subject: key } })
    return known?.userId === user.id
  }
  await audit(context, 'account.identityLinked', { user, detail: { provider: provider.name } })
  mailUser(context, user, 'waysInChanged', { change: `an account at ${provider.label} can sign in to yours now.` })
  return true
}

/**
 * Takes the way into a user's account from one at a provider.
 *
 * @returns `last` when there is no other, which keeps it
 */
export async function unlinkIdentity(context: Context, user: BaseUser, { provider, subject }: IdentityKey): Promise<RemovedWay> {
  const result = await removeWayIn(context, user.id, (db) => db.identity.deleteMany({ where: { provider, subject, userId: user.id } }))
  if (result !== 'removed') return result
  await audit(context, 'account.identityUnlinked', { user, detail: { provider } })
  mailUser(context, user, 'waysInChanged', { change: `an account at ${labelOf(context, provider)} cannot sign in to yours any more.` })
  return result
}

function labelOf(context: Context, name: string): string {
  return context.service(authService).providers.find((provider) => provider.name === name)?.label ?? name
}

async function signUp(context: Context, provider: OidcProvider, claims: OidcClaims & { email: string }): Promise<IdentityResult> {
  if (!context.service(authService).signUp) return refused('closed')
  const { subject, email, name } = claims
  const row = await dbOf(context).user.create({
    data: {
      email,
      name,
      password: createUnusablePassword(),
      emailVerifiedAt: new Date(),
      identities: { create: { provider: provider.name, subject, email } },
    },
  })
  await audit(context, 'account.signedUp', { user: row, detail: { method: provider.name } })
  const user = await context.service(usersService).with(row)
  await context.service(signalsService).send('account', 'signedUp', { context, user })
  return { ok: true, user: row }
}

function active(user: BaseUser | null): IdentityResult {
  return user?.isActive ? { ok: true, user } : refused('inactive')
}

function refused(reason: IdentityRefusal): IdentityResult {
  return { ok: false, reason }
}
