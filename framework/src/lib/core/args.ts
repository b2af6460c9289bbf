/** What loaders, actions and views get, typed by a route's id and by each other. */
import type { ReactNode } from 'react'
import type { Context } from './context.ts'
import type { ParamsOf, RouteId, SearchOf } from './register.ts'
import type { FormErrors, Invalid } from './results.ts'

/**
 * What a loader, a method handler or `middleware` of a route gets: the request's context, with this route's params and search.
 *
 * The id is the path of the file: `LoaderArgs<'/movies/[id=int]'>` in `app/routes/movies/[id=int].tsx`,
 * `LoaderArgs<'/movies/layout'>` in its layout, `LoaderArgs<'root'>` in `app/root.tsx`.
 */
export interface LoaderArgs<P extends RouteId> extends Context<ParamsOf<P>, SearchOf<P>> {
  /** Carries the id to {@link ViewProps} and to the generated checks; never set. */
  readonly '~route'?: P
}

/** What an action gets: the same, and the submitted form. */
export interface ActionArgs<P extends RouteId> extends LoaderArgs<P> {
  readonly form: FormData
}

/**
 * What a view, `head` and `headers` get.
 *
 * `ViewProps<typeof loader>` types `data`, `params` and `search` from the loader; a page without one names its id instead:
 * `ViewProps<'/about'>`. `actionData` is typed by a second argument, `typeof action` or `typeof actions`.
 */
export interface ViewProps<L extends Loader | RouteId = Loader, A = undefined> {
  /** What the loader gave; promises in it stay promises, for `use()` under Suspense. */
  data: LoaderData<L>
  params: ParamsOf<IdOf<L>>
  search: SearchOf<IdOf<L>>
  /** What the action returned, or `invalid()` held; `undefined` on a page that no action answered. */
  actionData: ActionData<A> | undefined
  /** In a layout or the root: the level below. */
  children?: ReactNode
  /** Carries the id to the generated checks; never set. */
  readonly '~route'?: IdOf<L>
}

/** The error an `ErrorView` shows. Unexpected errors carry no detail outside development. */
export interface ViewError {
  status: number
  message: string
  /** `data` of an `HttpError`. */
  data?: unknown
  /** The request id, for the visitor to quote. */
  id: string
}

/** What an `ErrorView` gets. */
export interface ErrorViewProps {
  error: ViewError
  params: Record<string, unknown>
}

/** Any loader, whatever it takes. */
export type Loader = (context: never) => unknown

/** The id in a loader's `LoaderArgs`. */
export type IdOf<L> = L extends string
  ? L
  : L extends (context: infer C) => unknown
    ? IdIn<C>
    : L extends FormLike<infer C, unknown>
      ? IdIn<C>
      : string

/** The id that an argument type carries; `string` without one. */
export type IdIn<C> = C extends { readonly '~route'?: infer P } ? P & string : string

/** What a loader gives its view. A `Response` never reaches one. */
export type LoaderData<L> = L extends (context: never) => infer R ? Exclude<Awaited<R>, Response> : undefined

/** What an action, or any of a record of them, gives its view. */
export type ActionData<A> = A extends Action ? Given<A> : A extends object ? { [K in keyof A]: Given<A[K]> }[keyof A] : undefined

type Action = ((context: never) => unknown) | FormLike<never, unknown>

/** An action that takes a form, as far as its types go. */
interface FormLike<C, R> {
  readonly kind: 'form'
  readonly options: { handle(args: C): R }
}

type Given<A> = A extends (context: never) => infer R ? Shown<Awaited<R>> : A extends FormLike<never, infer R> ? Shown<Awaited<R>> : never

type Shown<R> = R extends Invalid<infer D> ? D : R extends Response | FormErrors | void ? never : R
