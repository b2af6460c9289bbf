import { isAllowed } from '../core/permission.ts'
import { HttpError, Redirect } from '../core/results.ts'
import { loginPath } from '../auth/paths.ts'
import { usersService } from '../auth/users.ts'
import type { Chain } from './chain.ts'
import type { ServerContext } from './context.ts'

/** Somebody may not have a route. */
export interface Refusal {
  /** The level that says so: neither it nor what is below is shown. */
  level: number
  /** What to answer: 403, 401, or the way to the login page. */
  answer: HttpError | Redirect
}

/** Asks every level of a route whether the visitor may have it. @returns The refusal, if there is one */
export async function refusalOf({ permissions, kind }: Chain, context: ServerContext): Promise<Refusal | undefined> {
  for (const { level, permission } of permissions) {
    if (await isAllowed(permission, context)) continue
    return { level, answer: await answerFor(kind, context) }
  }
  return undefined
}

async function answerFor(kind: Chain['kind'], context: ServerContext): Promise<HttpError | Redirect> {
  if ((await context.user) !== null) return new HttpError(403)
  if (kind === 'resource' || !context.offers(usersService)) return new HttpError(401)
  return new Redirect(loginPath(context.pathname + context.query))
}
