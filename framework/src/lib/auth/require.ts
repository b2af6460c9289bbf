import { signedIn, type UserPredicate } from '../core/permission.ts'
import type { Context } from '../core/context.ts'
import { HttpError, redirect } from '../core/results.ts'
import type { PermissionName, User } from '../core/user.ts'
import { confirmPath, loginPath } from './paths.ts'

/** Seconds after which a sensitive page asks once more who somebody is. */
const confirmedFor = 15 * 60

/** The same for what such a page sends: whoever could open it gets the time to fill it in. */
const confirmedForPosts = 60 * 60

/**
 * Goes on only with somebody who is signed in.
 *
 * @throws A redirect to the login page, which leads back here; 401 where something else than a page was asked for
 */
export async function requireUser(context: Context): Promise<User> {
  const user = await context.user
  if (user) return user
  if (context.isData || (context.request.headers.get('accept') ?? '').includes('text/html')) redirect(loginPath(here(context)))
  throw new HttpError(401)
}

/**
 * Goes on only with somebody who has a permission.
 *
 * @param row Asks for this very row, by the policy of its model
 * @throws As {@link requireUser}; 403 for a user without it
 */
export async function requirePermission(context: Context, permission: PermissionName, row?: object): Promise<User> {
  const user = await requireUser(context)
  if (!(row === undefined ? user.can(permission) : await user.can(permission, row))) throw new HttpError(403)
  return user
}

/** Lets in whoever has proved within the last quarter of an hour who they are, and asks the others to do it again: for what a stolen browser must not do. */
export const confirmed: UserPredicate = Object.assign(
  async (context: Context) => {
    if (!(await signedIn(context))) return false
    const { confirmedAt } = await context.session
    const limit = context.request.method === 'GET' || context.request.method === 'HEAD' ? confirmedFor : confirmedForPosts
    if (!confirmedAt || Date.now() - confirmedAt.getTime() > limit * 1_000) redirect(confirmPath(here(context)))
    return true
  },
  { isSignedIn: true as const },
)

function here({ pathname, query }: Context): string {
  return pathname + query
}
