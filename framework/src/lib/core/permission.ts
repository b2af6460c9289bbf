/** Who may have a page or send a form: the same words for routes and for actions. */
import type { Context } from './context.ts'
import type { PermissionName } from './user.ts'

/** Decides by itself who may go on. It may also send the visitor elsewhere, with `redirect()`. */
export type Predicate = (context: Context) => boolean | Promise<boolean>

/** One that lets in nobody who is not signed in, so that a form's `handle` gets the user itself. */
export type UserPredicate = Predicate & { readonly isSignedIn: true }

/** The name of a permission, which takes somebody signed in, or a function. */
export type Permission = PermissionName | Predicate | UserPredicate

/** Lets everybody in, where the app is closed to all but its users. */
export const anyone: Predicate = () => true

/** Lets in whoever is signed in. */
export const signedIn: UserPredicate = Object.assign(async ({ user }: Context) => (await user) !== null, { isSignedIn: true as const })

/** Whether a visitor may go on. */
export async function isAllowed(permission: Permission, context: Context): Promise<boolean> {
  return typeof permission === 'function' ? await permission(context) : ((await context.user)?.can(permission) ?? false)
}

/** Whether all that a permission lets in are signed in. */
export function needsUser(permission: Permission): boolean {
  return typeof permission === 'string' || 'isSignedIn' in permission
}
