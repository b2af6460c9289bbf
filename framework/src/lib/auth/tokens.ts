/** Links in mails that prove that somebody reads an address. */
import { createHash } from 'node:crypto'
import type { Context } from '../core/context.ts'
import type { BaseUser, UserId } from '../core/user.ts'
import { keysService } from '../http/keys.ts'
import { dbOf } from './events.ts'

/** What a link is for. One that was made for another purpose is worth nothing. */
export type LinkPurpose = 'reset' | 'email'

/** Seconds that a link is good for. */
const goodFor: Record<LinkPurpose | 'sign-up', number> = { reset: 3_600, email: 86_400, 'sign-up': 86_400 }

/**
 * Makes the token of a link for a user. It dies with its use and with a change of password or address, and a reset with a sign-in too: it
 * holds a digest of them, and no table is needed.
 *
 * @param extra What the link carries besides, like the new address
 */
export function createUserToken(context: Context, purpose: LinkPurpose, user: BaseUser, extra = ''): string {
  const text = JSON.stringify([user.id, digestOf(purpose, user), extra])
  return context.service(keysService).sign(Buffer.from(text).toString('base64url'), `link ${purpose}`)
}

/** Opens the token of a link: whose it is and what it carries; `undefined` when it is wrong, too old, or dead. */
export async function openUserToken(
  context: Context,
  purpose: LinkPurpose,
  token: string,
): Promise<{ user: BaseUser; extra: string } | undefined> {
  const text = context.service(keysService).unsign(token, `link ${purpose}`, goodFor[purpose])
  if (text === undefined) return undefined
  const [id, digest, extra] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [UserId, string, string]
  const user = await dbOf(context).user.findUnique({ where: { id } })
  return user?.isActive && digestOf(purpose, user) === digest ? { user, extra } : undefined
}

/** Makes the token of a link for an address that has no account yet. */
export function createAddressToken(context: Context, email: string): string {
  return context.service(keysService).sign(Buffer.from(email).toString('base64url'), 'link sign-up')
}

/** The address that a token of {@link createAddressToken} was made for. */
export function openAddressToken(context: Context, token: string): string | undefined {
  const text = context.service(keysService).unsign(token, 'link sign-up', goodFor['sign-up'])
  return text === undefined ? undefined : Buffer.from(text, 'base64url').toString()
}

/** Stands for what ends the life of a link when it changes. */
function digestOf(purpose: LinkPurpose, { password, epoch, email, lastLoginAt }: BaseUser): string {
  return createHash('sha256')
    .update(JSON.stringify([password, epoch, email, purpose === 'reset' ? lastLoginAt : null]))
    .digest('base64url')
}
