/** The second factor of a user: an authenticator app, and codes for when it is lost. */
import type { Context } from '../core/context.ts'
import type { BaseUser, User } from '../core/user.ts'
import { keysService } from '../http/keys.ts'
import { authService } from './config.ts'
import { audit, dbOf } from './events.ts'
import { mailUser } from './mail-user.ts'
import { enterGate } from './throttle.ts'
import { drawQr, type QrDrawing } from './totp/qr.ts'
import { createRecoveryCodes, recoveryCodeDigest } from './totp/recovery-codes.ts'
import { createTotpSecret, totpStep, totpUri } from './totp/totp.ts'

/** What the secret of an app is sealed for. */
const purpose = 'totp'

/** The cookie that keeps a secret until its app has shown a code. */
const setupCookie = 'totp'

/** Seconds that a setup may take. */
const setupTime = 30 * 60

/** What an authenticator app is to be told. */
export interface Setup {
  secret: string
  qr: QrDrawing
}

/** What a code came to. */
export type CodeCheck = { kind: 'right' } | { kind: 'wrong' } | { kind: 'wait'; seconds: number }

/** Begins to set up an app, or goes on where it was begun in this browser. */
export async function setUpSecondFactor(context: Context, { email }: BaseUser): Promise<Setup> {
  let secret = await setupSecret(context)
  if (secret === undefined) {
    secret = createTotpSecret()
    await context.cookies.setEncrypted(setupCookie, secret, { maxAge: setupTime })
  }
  const { siteName } = context.service(authService)
  return { secret, qr: drawQr(totpUri({ secret, issuer: siteName, account: email })) }
}

/**
 * Asks for codes of an app at sign-in from now on, once it has shown that it has the secret.
 *
 * @returns Recovery codes, to be shown once; `undefined` for a wrong code
 */
export async function addSecondFactor(context: Context, user: User, code: string): Promise<string[] | undefined> {
  const secret = await setupSecret(context)
  const step = secret === undefined ? undefined : totpStep(secret, code, null)
  if (secret === undefined || step === undefined) return undefined
  const sealed = await context.service(keysService).seal(secret, purpose, 0)
  const { count } = await dbOf(context).user.updateMany({
    where: { id: user.id, totpSecret: null },
    data: { totpSecret: sealed, totpStep: step },
  })
  if (count === 0) return undefined
  context.cookies.delete(setupCookie)
  await audit(context, 'account.secondFactorAdded', { user })
  mailUser(context, user, 'waysInChanged', { change: 'your account now asks for a code of an authenticator app.' })
  return await renewRecoveryCodes(context, user)
}

/** Asks for no more codes. */
export async function removeSecondFactor(context: Context, user: User): Promise<void> {
  const db = dbOf(context)
  await db.user.updateMany({ where: { id: user.id }, data: { totpSecret: null, totpStep: null } })
  await db.recoveryCode.deleteMany({ where: { userId: user.id } })
  await audit(context, 'account.secondFactorRemoved', { user })
  mailUser(context, user, 'waysInChanged', { change: 'your account does not ask for a code any more.' })
}

/** Makes new recovery codes, in place of those there were. @returns Them, to be shown once */
export async function renewRecoveryCodes(context: Context, user: User): Promise<string[]> {
  const codes = createRecoveryCodes()
  const { recoveryCode } = dbOf(context)
  await recoveryCode.deleteMany({ where: { userId: user.id } })
  await recoveryCode.createMany({ data: codes.map((code) => ({ userId: user.id, digest: recoveryCodeDigest(code) })) })
  await audit(context, 'account.recoveryCodesMade', { user })
  return codes
}

/** How many recovery codes of a user are left. */
export async function countRecoveryCodes(context: Context, { id }: BaseUser): Promise<number> {
  return await dbOf(context).recoveryCode.count({ where: { userId: id, usedAt: null } })
}

/** Checks a code of the user's app, or a recovery code. Each is good once, however many try it at the same time. */
export async function checkCode(context: Context, user: BaseUser, typed: string): Promise<CodeCheck> {
  const gate = await enterGate(context, 'code', user.email)
  if (!gate.allowed) return { kind: 'wait', seconds: gate.retryAfter }
  if (!((await isAppCode(context, user, typed)) || (await isRecoveryCode(context, user, typed)))) {
    await audit(context, 'account.logInFailed', { user, detail: { at: 'code' } })
    return { kind: 'wrong' }
  }
  await gate.succeeded()
  return { kind: 'right' }
}

async function isAppCode(context: Context, user: BaseUser, typed: string): Promise<boolean> {
  if (user.totpSecret === null) return false
  const keys = context.service(keysService)
  const secret = await keys.unseal(user.totpSecret, purpose)
  const step = typeof secret === 'string' ? totpStep(secret, typed, user.totpStep) : undefined
  if (step === undefined) return false
  // Sealed anew, so that it is by the first of the secrets before the old ones go.
  const { count } = await dbOf(context).user.updateMany({
    where: { id: user.id, totpStep: user.totpStep },
    data: { totpStep: step, totpSecret: await keys.seal(secret, purpose, 0) },
  })
  return count > 0
}

async function isRecoveryCode(context: Context, user: BaseUser, typed: string): Promise<boolean> {
  const digest = recoveryCodeDigest(typed)
  if (digest === undefined) return false
  const where = { userId: user.id, digest, usedAt: null }
  const { count } = await dbOf(context).recoveryCode.updateMany({ where, data: { usedAt: new Date() } })
  if (count === 0) return false
  await audit(context, 'account.recoveryCodeUsed', { user })
  return true
}

async function setupSecret({ cookies }: Context): Promise<string | undefined> {
  return await cookies.getEncrypted<string>(setupCookie, { hostOnly: true })
}
