import type { Context } from '../core/context.ts'
import { HttpError, Invalid, isHttpError, Redirect } from '../core/results.ts'
import { isBodyTooLarge } from '../http/body-error.ts'
import type { ContextFunction, RouteModule } from '../routing/types.ts'
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
export async function runAction(module: RouteModule, context: Context): Promise<PageStart> {
  const form = await readForm(context.request)
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

const FORM_TYPE = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i

async function readForm(request: Request): Promise<FormData> {
  if (!FORM_TYPE.test(request.headers.get('content-type') ?? '')) throw new HttpError(415, 'Send a form here.')
  try {
    return await request.formData()
  } catch (error) {
    if (isHttpError(error)) throw error
    throw new HttpError(isBodyTooLarge(error) ? 413 : 400, undefined, { cause: error })
  }
}
