/** `hotclub/auth`: who may do what. */
export type { AuthBackend, Credentials } from './lib/auth/backend.ts'
export { defineAuth, type AuthConfig, type AuthOptions } from './lib/auth/config.ts'
export { oidcProvider, type OidcProvider, type OidcProviderOptions } from './lib/auth/oidc/provider.ts'
export {
  createUnusablePassword,
  hashPassword,
  hasUsablePassword,
  verifyPassword,
  type PasswordCheck,
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
export { anyone, signedIn, type Permission, type Predicate, type UserPredicate } from './lib/core/permission.ts'
export type { BaseUser, Can, PermissionName, User, UserId, UserRow } from './lib/core/user.ts'
