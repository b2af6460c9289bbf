import type { ZodType } from 'zod'
import type { Context } from '../core/context.ts'
import { HttpError, Invalid, Redirect } from '../core/results.ts'
import type { FormAction } from '../forms/form-action.ts'
import { submit } from '../forms/submission.ts'
import { rateHeaders, rateKeyOf } from '../http/rate-limiter.ts'
import type { RouteModule } from '../routing/types.ts'
import { ACTION_FIELD } from '../view/form-node.ts'
import type { Chain } from './chain.ts'
import { formFor } from './forms.ts'
import type { ServerContext } from './context.ts'
import type { PageStart } from './page.ts'

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
export async function runAction({ id, leaf, forms, limiters }: Chain, context: ServerContext): Promise<PageStart> {
  const form = await context.readForm()
  if (leaf.action) return toStart(await leaf.action(Object.assign(context, { form })), context)
  const [name, action] = pickAction(leaf.actions!, form)
  if (typeof action === 'function') return toStart(await action(Object.assign(context, { form })), context)
  const { options } = action as FormAction<ZodType, Context, unknown>
  const limiter = limiters[name]
  const attempt = await limiter?.consume(`${id}#${name} ${rateKeyOf(context.ip)}`)
  const retryAfter = attempt?.allowed === false ? attempt.retryAfter : undefined
  const submission = await submit({ name, options, ...(await formFor(forms!, name, context)), form, context, retryAfter })
  if (submission.done) return toStart(submission.result, context)
  return { status: submission.status, form: submission.state, headers: limiter && attempt ? rateHeaders(limiter, attempt) : {} }
}

function toStart(result: unknown, context: ServerContext): PageStart {
  if (result instanceof Response) throw result
  if (result === undefined) throw new Redirect(context.pathname + context.query, 303)
  if (result instanceof Invalid) return { status: result.status, actionData: result.data }
  return { actionData: result }
}

type Actions = NonNullable<RouteModule['actions']>

function pickAction(actions: Actions, form: FormData): [string, Actions[string]] {
  const name = form.get(ACTION_FIELD)
  if (typeof name === 'string' && Object.hasOwn(actions, name)) return [name, actions[name]!]
  throw new HttpError(400, 'This form names no action of the page.')
}
