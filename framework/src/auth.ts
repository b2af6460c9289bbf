/** `hotclub/auth`: who somebody is, and what they may do. */
export { authenticate, type Authentication } from './lib/auth/authenticate.ts'
export type { AuthBackend, Credentials } from './lib/auth/backend.ts'
export { changePassword } from './lib/auth/change-password.ts'
export { defineAuth, type AuthConfig, type AuthOptions } from './lib/auth/config.ts'
export { audit, type AuditKind, type AuditOptions } from './lib/auth/events.ts'
export { logIn, logOut, type LogInOptions } from './lib/auth/log-in.ts'
export type { AccountMails, MailFacts, MailText } from './lib/auth/mails.ts'
export { passwordBackend } from './lib/auth/password-backend.ts'
export { oidcProvider, type OidcProvider, type OidcProviderOptions } from './lib/auth/oidc/provider.ts'
export {
  createUnusablePassword,
  hashPassword,
  hasUsablePassword,
  type PasswordCheck,
  verifyPassword,
} from './lib/auth/passwords/passwords.ts'
export {
  checkPassword,
  defaultPasswordRules,
  passwordLength,
  passwordNotDigits,
  passwordUncommon,
  passwordUnlike,
  type PasswordFacts,
  type PasswordRule,
} from './lib/auth/passwords/rules.ts'
export { grant, joinGroup, leaveGroup, revoke, type Grantee } from './lib/auth/permissions.ts'
export {
  definePolicy,
  type FieldRule,
  type FieldRules,
  type Policy,
  type PolicyContext,
  type PolicyRules,
  type RowRule,
} from './lib/auth/policies/policy.ts'
export { type Decision, type DenialReason, visibleFields, why, writableFields } from './lib/auth/policies/explain.ts'
export type { AsUser } from './lib/auth/policies/with-policies.ts'
export { confirmed, requirePermission, requireUser } from './lib/auth/require.ts'
export { normalizeEmail } from './lib/auth/users.ts'
export { anyone, signedIn, type Permission, type Predicate, type UserPredicate } from './lib/core/permission.ts'
export type { BaseUser, Can, PermissionName, User, UserId, UserRow } from './lib/core/user.ts'
