/** Signing in, or proving once more who one is, by a passkey. */
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Context } from '../../core/context.ts'
import { getLogger } from '../../core/log.ts'
import type { BaseUser, UserId } from '../../core/user.ts'
import { dbOf } from '../events.ts'
import { keepPending, pendingKey, takePending } from '../pending.ts'
import type { PasskeyRow } from '../tables.ts'
import { readUsed, type UsedPasskey } from './credential.ts'
import { relyingParty, userHandle } from './relying-party.ts'

/** Whoever begins as somebody ends as them. */
const pending = pendingKey<{ challenge: string; userId?: UserId }>('passkey')

/**
 * What `navigator.credentials.get` takes. It names no passkeys: the device knows its own, and strangers learn nothing about anybody's.
 *
 * @param userId Who has to prove that it is them; left out where anybody may sign in
 */
export async function beginUsingPasskey(context: Context, userId?: UserId): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  const options = await generateAuthenticationOptions({ rpID: relyingParty(context).id, userVerification: 'required' })
  await keepPending(context, pending, { challenge: options.challenge, ...(userId === undefined ? {} : { userId }) })
  return options
}

/**
 * Says who has used a passkey; `undefined` for nobody who may come in, whatever the reason. The device has asked for a finger, a face or a
 * PIN, so this is two factors.
 *
 * @param text What `navigator.credentials.get` gave, as JSON
 * @param userId As it was begun
 */
export async function userOfPasskey(context: Context, text: string, userId?: UserId): Promise<BaseUser | undefined> {
  const begun = await takePending(context, pending)
  const response = readUsed(text)
  if (!begun || !response || begun.userId !== userId) return undefined
  const db = dbOf(context)
  const passkey = await db.passkey.findUnique({ where: { id: response.id } })
  if (!passkey || (userId !== undefined && passkey.userId !== userId)) return undefined
  const use = await verify(context, response, begun.challenge, passkey)
  if (!use) return undefined
  // By what the counter was, so that of two who come with the same number at once one is refused.
  const { count } = await db.passkey.updateMany({ where: { id: passkey.id, counter: passkey.counter }, data: use })
  if (count === 0) return undefined
  const user = await db.user.findUnique({ where: { id: passkey.userId } })
  return user?.isActive ? user : undefined
}

/** What the use of a passkey changes of it. */
async function verify(context: Context, response: UsedPasskey, challenge: string, passkey: PasskeyRow): Promise<object | undefined> {
  // Every passkey is asked for by no name, and such ones say whose they are.
  if (response.response.userHandle !== userHandle(passkey.userId).toString('base64url')) return undefined
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { id, origin } = relyingParty(context)
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      // The counter is looked at below, when the signature is known to be right.
      credential: { id: passkey.id, publicKey: passkey.publicKey, counter: 0 },
    })
    if (!verified) return undefined
    const { newCounter, credentialBackedUp } = authenticationInfo
    if (isBehind(newCounter, passkey.counter)) {
      getLogger().warn({ passkey: passkey.id, user: passkey.userId }, 'A passkey counts less than it did: there may be a copy of it.')
      return undefined
    }
    return { counter: newCounter, isBackedUp: credentialBackedUp, usedAt: new Date() }
  } catch (error) {
    getLogger().info({ reason: String(error) }, 'A passkey was not taken.')
    return undefined
  }
}

/** Devices that count never give the same number twice; those that keep a passkey in step between them do not count. */
function isBehind(counter: number, before: number): boolean {
  return (counter > 0 || before > 0) && counter <= before
}
