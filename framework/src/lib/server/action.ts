import { HttpError, Invalid, Redirect } from '../core/results.ts'
import type { ContextFunction, RouteModule } from '../routing/types.ts'
import type { ServerContext } from './context.ts'
import type { PageStart } from './page.ts'

/** The form field that picks one of a page's named actions. */
const ACTION_FIELD = '_action'

/** Whether a page takes POST. */
export function hasAction(module: RouteModule): boolean {
  return module.action !== undefined || module.actions !== undefined
}

/**
 * Runs the page's action with the posted form.
 *
 * @returns How to show the page again
 * @throws A `Redirect` or `Response` that ends the request, or an error for the page's `ErrorView`
 */
export async function runAction(module: RouteModule, context: ServerContext): Promise<PageStart> {
  const form = await context.readForm()
  const action = module.action ?? pickAction(module.actions!, form)
  const result = await action(Object.assign(context, { form }))
  if (result instanceof Response) throw result
  if (result === undefined) throw new Redirect(context.pathname + context.query, 303)
  if (result instanceof Invalid) return { status: result.status, actionData: result.data }
  return { actionData: result }
}

function pickAction(actions: NonNullable<RouteModule['actions']>, form: FormData): ContextFunction {
  const name = form.get(ACTION_FIELD)
  if (typeof name === 'string' && Object.hasOwn(actions, name)) return actions[name]!
  throw new HttpError(400, 'This form names no action of the page.')
}
