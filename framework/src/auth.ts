/** `hotclub/auth`: who may do what. */
export type { AuthBackend, Credentials } from './lib/auth/backend.ts'
export { defineAuth, type AuthConfig, type AuthOptions } from './lib/auth/config.ts'
export { anyone, signedIn, type Permission, type Predicate, type UserPredicate } from './lib/core/permission.ts'
export type { BaseUser, Can, PermissionName, User, UserId, UserRow } from './lib/core/user.ts'
