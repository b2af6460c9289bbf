import type { ZodType, z } from 'zod'
import type { LoaderArgs } from '../core/args.ts'
import type { Context } from '../core/context.ts'
import type { Permission, UserPredicate } from '../core/permission.ts'
import type { RouteId } from '../core/register.ts'
import type { FormErrors } from '../core/results.ts'
import type { PermissionName, User } from '../core/user.ts'
import type { RateLimit } from '../http/rate-limiter.ts'
import type { FieldName } from './field-name.ts'

/** What `handle` gets beside the request's context. */
export interface FormInput<S extends ZodType> {
  /** What the schema made of the form. */
  readonly data: z.output<S>
  /** The form as it was sent. */
  readonly form: FormData
  /**
   * Refuses the form: it is shown again with what was typed, and these words beside the fields. Return what it gives.
   *
   * @param errors By the name of the field; under `''`, about the form as a whole
   */
  invalid(errors: { [K in FieldName<z.input<S>> | '']?: string | string[] }): FormErrors
}

/** Makes the schema of a form for one request. */
export type SchemaFunction<S extends ZodType, C> = (context: C) => S | Promise<S>

/** What an action of a form is made of. `C` is the request's context, `M` is who may send it, `A` what `handle` gets. */
interface Options<S extends ZodType, C, M, A, R> {
  /**
   * A zod object. Its constraints become the browser's, its check the server's, its types those of `handle` and the fields. A function
   * makes one for the request, where the form differs by who asks or by what it is about; it may end the request as a loader may.
   */
  schema: S | SchemaFunction<S, C>
  /**
   * Who may send the form: the name of a permission, `signedIn`, or a function (default: everyone). Others get 403. With a name
   * or `signedIn`, the form of a stranger comes back with status 401 and what was typed, and `handle` gets `user`.
   */
  permission?: M
  /** How often one visitor (one address) may send it; further attempts are refused for a while, with what was typed kept (default: no limit). */
  rateLimit?: RateLimit
  /**
   * Does what the form is for, with checked values. What it returns or throws is answered as for any action; a unique or foreign
   * key that the database finds broken becomes an error of the form.
   */
  handle(args: A): R
}

/** A form that anybody, or whoever a function lets in, may send. */
export type FormActionOptions<S extends ZodType, C, R> = Options<S, C, (context: C) => boolean | Promise<boolean>, C & FormInput<S>, R>

/** A form that only somebody signed in may send. */
export type UserFormActionOptions<S extends ZodType, C, R> = Options<
  S,
  C,
  PermissionName | UserPredicate,
  C & FormInput<S> & { readonly user: User },
  R
> & { permission: PermissionName | UserPredicate }

/** An action that takes a form: stands in `actions` of a page, and types `useForm`. */
export interface FormAction<S extends ZodType, C, R> {
  readonly kind: 'form'
  readonly options: Options<S, C, Permission, C & FormInput<S>, R>
}

/** Any of them. */
export type AnyFormAction = FormAction<ZodType, never, unknown>

/** The context of an action that names no route: its params are not known. */
// oxlint-disable-next-line typescript/no-explicit-any -- the route says what they are
export type AnyRouteContext = Context<Record<string, any>, any>

/**
 * Declares an action by the form it takes.
 *
 * ```ts
 * export const actions = {
 *   review: formAction('/movies/[id=int]', {
 *     schema: z.object({ stars: z.int().min(1).max(5) }),
 *     async handle({ data, params, db }) { … },
 *   }),
 * }
 * ```
 *
 * @param route The id of the file it stands in, which types `params` and `search`; may be left out
 */
export function formAction<S extends ZodType, R, const P extends RouteId>(
  route: P,
  options: UserFormActionOptions<S, LoaderArgs<P>, R>,
): FormAction<S, LoaderArgs<P>, R>
export function formAction<S extends ZodType, R, const P extends RouteId>(
  route: P,
  options: FormActionOptions<S, LoaderArgs<P>, R>,
): FormAction<S, LoaderArgs<P>, R>
export function formAction<S extends ZodType, R>(options: UserFormActionOptions<S, AnyRouteContext, R>): FormAction<S, AnyRouteContext, R>
export function formAction<S extends ZodType, R>(options: FormActionOptions<S, AnyRouteContext, R>): FormAction<S, AnyRouteContext, R>
export function formAction(...args: unknown[]): AnyFormAction {
  return { kind: 'form', options: args.at(-1) as AnyFormAction['options'] }
}

/** Whether an entry of `actions` takes a form, rather than being a plain function. */
export function isFormAction(action: unknown): action is FormAction<ZodType, Context, unknown> {
  return typeof action === 'object' && action !== null && 'kind' in action && action.kind === 'form'
}
