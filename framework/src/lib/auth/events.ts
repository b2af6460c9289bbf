/** The audit trail, and the signals that go with it. */
import type { Context } from '../core/context.ts'
import type { BaseUser, UserId } from '../core/user.ts'
import { userAgentOf } from '../http/user-agent.ts'
import { type AuthDb, hasAccounts, missingAccounts } from './tables.ts'

/** What the trail knows of accounts. */
export type AuditKind =
  | 'account.signedUp'
  | 'account.loggedIn'
  | 'account.loggedOut'
  | 'account.logInFailed'
  | 'account.confirmed'
  | 'account.passwordChanged'
  | 'account.resetAsked'
  | 'account.emailChangeAsked'
  | 'account.emailChanged'
  | 'account.sessionEnded'
  | 'account.secondFactorAdded'
  | 'account.secondFactorRemoved'
  | 'account.recoveryCodesMade'
  | 'account.recoveryCodeUsed'
  | 'account.passkeyAdded'
  | 'account.passkeyRemoved'
  | 'account.identityLinked'
  | 'account.identityUnlinked'
  | 'account.permissionsChanged'
  | 'account.deleted'

export interface AuditOptions {
  /** Whose account it is about; left out where there is none of that address. */
  user?: Pick<BaseUser, 'id'> | null
  /** Facts that JSON can hold. Never a password, a code or a token. */
  detail?: object
}

/**
 * Adds a line to the audit trail: what happened, to whose account, who did it, from where. There is no way to change one.
 *
 * An app may add lines of its own, under kinds that begin with another word than `account`.
 */
export async function audit(context: Context, kind: AuditKind | (string & {}), options: AuditOptions = {}): Promise<void> {
  const actor = await context.user
  const isOther = actor !== null && actor.id !== options.user?.id
  await dbOf(context).auditEvent.create({
    data: {
      ...auditLine(kind, options),
      actorId: isOther ? idOf(actor.id) : null,
      ip: context.ip,
      userAgent: userAgentOf(context.request),
    },
  })
}

/** A line of the audit trail about something that no request has done. */
export function auditLine(kind: string, { user, detail = {} }: AuditOptions): object {
  return { kind, userId: idOf(user?.id), detail: JSON.stringify(detail) }
}

/**
 * The client, as accounts use it.
 *
 * @throws {HotclubError} `HC_AUTH` where the schema has no accounts
 */
export function dbOf(context: Context): AuthDb {
  const { db }: { db: unknown } = context
  if (hasAccounts(db)) return db
  throw missingAccounts(db)
}

function idOf(id: UserId | undefined): string | null {
  return id === undefined ? null : String(id)
}
