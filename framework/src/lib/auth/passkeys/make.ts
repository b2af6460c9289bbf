/** A new passkey: what the browser asks a device for, and what is kept of it. */
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import type { Context } from '../../core/context.ts'
import { getLogger } from '../../core/log.ts'
import type { User, UserId } from '../../core/user.ts'
import { audit, dbOf } from '../events.ts'
import { mailUser } from '../mail-user.ts'
import { keepPending, pendingKey, takePending } from '../pending.ts'
import { isTaken } from '../tables.ts'
import { readMade } from './credential.ts'
import { relyingParty, userHandle } from './relying-party.ts'

/** `failed` for anything that is wrong with it, `full` for one too many. */
export type MakeResult = { ok: true } | { ok: false; reason: 'failed' | 'full' }

const pending = pendingKey<{ challenge: string; userId: UserId }>('passkey-new')

/** Most passkeys that one user has. */
const maxPasskeys = 20

/** Sites that do not care which device it is get one of these. Other statements may have the server look up what a certificate names. */
const formats: readonly string[] = ['none', 'packed']

/** Ed25519, P-256 and RSA, as COSE numbers them: what every device has one of, and every Node can verify. */
const supportedAlgorithmIDs = [-8, -7, -257]

/** What `navigator.credentials.create` takes, for a passkey that is enough to sign in by itself. */
export async function beginMakingPasskey(context: Context, user: User): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  const { id, name } = relyingParty(context)
  const known = await dbOf(context).passkey.findMany({ where: { userId: user.id } })
  const options = await generateRegistrationOptions({
    rpID: id,
    rpName: name,
    userID: userHandle(user.id),
    userName: user.email,
    userDisplayName: user.name || user.email,
    excludeCredentials: known.map((passkey) => ({ id: passkey.id, transports: passkey.transports.split(',').filter(Boolean) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs,
  })
  await keepPending(context, pending, { challenge: options.challenge, userId: user.id })
  return options
}

/**
 * Keeps a passkey that was made for a user.
 *
 * @param text What `navigator.credentials.create` gave, as JSON
 * @param name What its owner calls it
 */
export async function keepPasskey(context: Context, user: User, text: string, name: string): Promise<MakeResult> {
  const begun = await takePending(context, pending)
  const made = begun?.userId === user.id ? await verify(context, text, begun.challenge) : undefined
  if (!made) return { ok: false, reason: 'failed' }
  const db = dbOf(context)
  if ((await db.passkey.count({ where: { userId: user.id } })) >= maxPasskeys) return { ok: false, reason: 'full' }
  try {
    await db.passkey.create({ data: { ...made, userId: user.id, name } })
  } catch (error) {
    // The browser would not make a second one of a device, so somebody has sent what was another's.
    if (isTaken(error)) return { ok: false, reason: 'failed' }
    throw error
  }
  await audit(context, 'account.passkeyAdded', { user, detail: { name } })
  mailUser(context, user, 'waysInChanged', { change: `a passkey, “${name}”, was added to your account.` })
  return { ok: true }
}

/** What to keep of a passkey that is as it should be. */
async function verify(context: Context, text: string, challenge: string): Promise<object | undefined> {
  const response = readMade(text)
  if (!response) return undefined
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers')
  const { id, origin } = relyingParty(context)
  try {
    const statement = decodeAttestationObject(isoBase64URL.toBuffer(response.response.attestationObject))
    const format = statement.get('fmt')
    if (!formats.includes(format)) throw new Error(`Nobody has asked for a statement of the kind '${format}'.`)
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      supportedAlgorithmIDs,
    })
    if (!registrationInfo) return undefined
    const { credential, credentialBackedUp } = registrationInfo
    return {
      id: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: response.response.transports.join(','),
      isBackedUp: credentialBackedUp,
    }
  } catch (error) {
    getLogger().info({ reason: String(error) }, 'A passkey was not taken.')
    return undefined
  }
}
