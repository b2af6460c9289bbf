import type { Register } from './register.ts'

/** The key of a user: whatever type the app's model gives it. */
export type UserId = number | string

/** What Hotclub needs of the app's `User` model; the app's own fields come on top. */
export interface BaseUser {
  id: UserId
  email: string
  name: string
  isActive: boolean
  isStaff: boolean
  isSuperuser: boolean
  password: string
  epoch: number
  totpSecret: string | null
  totpStep: number | null
  emailVerifiedAt: Date | null
  lastLoginAt: Date | null
}

/** A model of the app's client, with the type of its rows: Prisma keeps it under a symbol. */
interface ModelRows {
  [key: symbol]: { types: { payload: { scalars: object } } }
}

/** A row of the app's `User` model. */
export type UserRow = Register extends { db: { user: infer M extends ModelRows } } ? M[symbol]['types']['payload']['scalars'] : BaseUser

/** What can be asked for permission: `review.change` for each model, and what `@permissions` of the schema adds; any text before types were generated. */
export type PermissionName = Register extends { permission: infer N extends string } ? N : string

/** What a user may do. */
export interface Can {
  /** Whether the user has a permission: by themselves, by a group, by a backend, or as a superuser. Nobody inactive has any. */
  can(permission: PermissionName): boolean
  /** Whether the policy of the row's model lets the user do that with this row; without a policy, whether they have the permission. */
  can(permission: PermissionName, row: object): Promise<boolean>
}

/** Somebody who is signed in. */
export type User = UserRow & Can

/** The name of one of the permissions that every model has. @param delegate The model's name on the client */
export function modelPermission(delegate: string, action: 'view' | 'add' | 'change' | 'delete'): PermissionName {
  // The app's types list the names of its models; here they come from the metadata.
  return `${delegate}.${action}` as PermissionName
}
