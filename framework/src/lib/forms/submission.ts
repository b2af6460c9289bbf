/**
 * What happens to a form that was sent: read, checked, handled, and shown again where something is wrong. The server runs it; no
 * part of it reaches a browser.
 */
import type { ZodType } from 'zod'
import { type Context, settleUser } from '../core/context.ts'
import { isAllowed, needsUser } from '../core/permission.ts'
import { FormErrors, HttpError } from '../core/results.ts'
import { tooManyAttempts } from '../http/rate-limiter.ts'
import { type Entries, type FormState, LIST_FIELD, type ObjectNode } from '../view/form-node.ts'
import { checkForm, stateOf } from './check-form.ts'
import { databaseErrors } from './database-errors.ts'
import type { FormAction } from './form-action.ts'
import { applyListOperation, parseListOperation } from './list-operations.ts'
import { toEntries } from './names.ts'

/** How a form's action ended: with what `handle` gave, or with the form to show again. */
export type Submission = { done: true; result: unknown } | { done: false; status: number; state: FormState }

/** What one submission is about. */
export interface SubmissionInput {
  /** The action's name on its page. */
  name: string
  options: FormAction<ZodType, Context, unknown>['options']
  /** The schema of `options`, for this request. */
  schema: ZodType
  /** The form of `schema`. */
  node: ObjectNode
  form: FormData
  context: Context
  /** Seconds to wait, where the visitor has sent the form too often; `undefined` where it may be handled. */
  retryAfter: number | undefined
}

/**
 * Runs an action with a form.
 *
 * @throws {HttpError} 403 where the user may not send it; and whatever `handle` throws, except broken keys of the database
 */
export async function submit({ name, options, schema, node, form, context, retryAfter }: SubmissionInput): Promise<Submission> {
  const entries = toEntries(form)
  const again = (status: number, errors: Record<string, string[]>, shown: Entries = entries): Submission => ({
    done: false,
    status,
    state: stateOf(name, node, shown, errors),
  })
  if (options.permission !== undefined) {
    if (!(await isAllowed(options.permission, context))) {
      if (!needsUser(options.permission) || (await context.user) !== null) throw new HttpError(403)
      return again(401, { '': ['You are not signed in. Sign in on another tab, then send this again.'] })
    }
    if (needsUser(options.permission)) settleUser(context, await context.user)
  }
  if (retryAfter !== undefined) return again(429, { '': [tooManyAttempts(retryAfter)] })
  const button = entries.get(LIST_FIELD)?.[0]
  if (typeof button === 'string') {
    const operation = parseListOperation(button, node)
    if (!operation) throw new HttpError(400, 'This button belongs to no list of the form.')
    return again(200, {}, applyListOperation(entries, operation))
  }
  const checked = await checkForm(schema, node, entries)
  if (!checked.ok) return again(422, checked.errors)
  const invalid = (errors: Record<string, string | string[] | undefined>): FormErrors => new FormErrors(errors)
  const args = Object.assign(context, { data: checked.data, form, invalid })
  let result: unknown
  try {
    result = await options.handle(args)
  } catch (error) {
    const errors = await databaseErrors(error, { node, data: checked.data, db: context.db })
    if (errors) return again(422, errors)
    throw error
  }
  return result instanceof FormErrors ? again(422, { ...result.errors }) : { done: true, result }
}
