/** What the admin knows of the models of accounts without being told: their secrets stay on the server, and rights are given by superusers. */
import { createUnusablePassword } from '../auth/passwords/passwords.ts'
import { normalizeEmail } from '../auth/users.ts'
import type { User } from '../core/user.ts'
import type { ModelMetadata } from '../schema/types.ts'

/** Rules that hold whatever policies and permissions say. */
export interface BuiltInRules {
  group: string
  /** Left out of the admin. */
  hidden?: boolean
  /** Fields that nobody sees. */
  secret?: readonly string[]
  /** Fields that only superusers write. */
  forSuperusers?: readonly string[]
  /** Rows are only read. */
  readonly?: boolean
}

const group = 'Accounts'

const rules: Readonly<Record<string, BuiltInRules>> = {
  User: {
    group,
    secret: ['password', 'totpSecret', 'totpStep', 'epoch'],
    forSuperusers: ['isStaff', 'isSuperuser', 'groups', 'permissions'],
  },
  Group: { group, forSuperusers: ['name', 'permissions', 'users'] },
  Permission: { group, readonly: true },
  Session: { group, readonly: true },
  Passkey: { group, readonly: true, secret: ['publicKey'] },
  Identity: { group, readonly: true },
  AuditEvent: { group, readonly: true },
  SessionValue: { group, hidden: true },
  RecoveryCode: { group, hidden: true },
}

/** The rules of a model of accounts; `undefined` for the app's own. */
export function builtInRules({ name }: ModelMetadata): BuiltInRules | undefined {
  return Object.hasOwn(rules, name) ? rules[name] : undefined
}

/** Whether a field may be shown to anybody at all. */
export function isSecret(model: ModelMetadata, field: string): boolean {
  return builtInRules(model)?.secret?.includes(field) ?? false
}

/** Whether somebody may write a field as far as these rules go. */
export function mayWriteField(user: User, model: ModelMetadata, field: string): boolean {
  return user.isSuperuser || !(builtInRules(model)?.forSuperusers?.includes(field) ?? false)
}

/** Columns of a new row that are filled in without being asked for. */
export function filledIn({ name }: ModelMetadata): readonly string[] {
  return name === 'User' ? ['password'] : []
}

/** What is written of an account: its address as sign-in looks for it, and at first no password. */
export function completed({ name }: ModelMetadata, data: Record<string, unknown>, action: 'create' | 'update'): Record<string, unknown> {
  if (name !== 'User') return data
  const { email } = data
  return {
    ...data,
    ...(typeof email === 'string' ? { email: normalizeEmail(email) } : {}),
    ...(action === 'create' ? { password: createUnusablePassword() } : {}),
  }
}

/** Whether a row is out of reach: an account that may do everything is changed only by one that may, too. */
export function isOutOfReach(user: User, model: ModelMetadata, row: Readonly<Record<string, unknown>>): boolean {
  return model.name === 'User' && row['isSuperuser'] === true && !user.isSuperuser
}
