import type { Cookies } from './cookies.ts'
import { HotclubError } from './hotclub-error.ts'
import type { Messages } from './messages.ts'
import type { Db } from './register.ts'
import type { ServiceKey } from './services.ts'
import type { Session } from './session.ts'
import type { User } from './user.ts'

/** A typed name for something middleware leaves for those after it. Create it with {@link contextKey}. */
export interface ContextKey<T> {
  readonly name: string
  /** Carries the type only; never set. */
  readonly '~type'?: T
}

/**
 * Creates a typed key for {@link Context.set} and {@link Context.get}.
 *
 * @param name Shown in errors; two keys of one name stay distinct
 */
export function contextKey<T>(name: string): ContextKey<T> {
  return { name }
}

/** What tells one version of an answer from another. */
export interface Version {
  /** Any text that changes with the answer: `String(film.updatedAt.getTime())`. Quotes are added. */
  etag?: string
  lastModified?: Date
}

/** What the server gives a context at the start of a request. */
export interface ContextInit {
  request: Request
  /** The path as the app sees it: without the data prefix, still percent-encoded. */
  pathname: string
  /** The query with its `?`, or an empty string. */
  query: string
  /** Whether the browser asked for data only (client navigation). */
  isData: boolean
  requestId: string
  db: Db
}

/**
 * One request, as middleware, loaders, actions and handlers see it. Everything derived is computed when first read.
 *
 * Code for the browser shares this file, so whatever needs Node is left to the server's own context.
 */
export abstract class Context<P = Record<string, unknown>, S = unknown> {
  readonly request: Request
  readonly pathname: string
  readonly query: string
  /** True when the browser asked for the page's data only; the same loaders and checks run. */
  readonly isData: boolean
  /** Names this request in logs and in the `X-Request-Id` header. */
  readonly requestId: string
  /** The app's Prisma client. */
  readonly db: Db
  /** The id of the matched route (`/movies/[id=int]`); empty before the match. */
  route = ''
  /** Converted path parameters; empty before the match. */
  params: P = {} as P
  /** The query parsed by the route's `search`, or its raw strings without one. */
  search: S = undefined as S
  #url: URL | undefined
  #values: Map<ContextKey<unknown>, unknown> | undefined

  constructor(init: ContextInit) {
    this.request = init.request
    this.pathname = init.pathname
    this.query = init.query
    this.isData = init.isData
    this.requestId = init.requestId
    this.db = init.db
  }

  /** The URL the visitor sees (a data request shows the page's own URL). */
  get url(): URL {
    return (this.#url ??= new URL(this.pathname + this.query, this.request.url))
  }

  /** Aborts when the client goes away or the server gives up; pass it to `fetch` and long work. */
  get signal(): AbortSignal {
    return this.request.signal
  }

  /** The visitor's address, in its shortest form; what trusted proxies say counts. Empty where no connection told it. */
  abstract readonly ip: string

  /**
   * Allows an inline `<script nonce>` or `<style nonce>` of this answer. Asking for it puts it into the policy and makes the answer private;
   * views have `useNonce()`.
   */
  abstract readonly nonce: string

  /** Cookies that came, and those that leave with the answer, whatever the answer is. */
  abstract readonly cookies: Cookies

  /**
   * A token for a form that browsers without `Sec-Fetch-Site` and `Origin` send, in the field `_csrf` or the header `X-CSRF-Token`. `<Form>`
   * has it where it is needed. Asking for one makes the answer private.
   */
  abstract csrfToken(): string

  /** Tells the visitor something once, on this page or the next. */
  abstract readonly messages: Messages

  /**
   * What the site remembers of this browser. Opened when it is asked for; asking makes the answer private. Rejects with `HC_SESSION` in an app
   * without the model `Session`.
   */
  abstract readonly session: Promise<Session>

  /** Who is signed in; `null` for a stranger. Read when it is asked for; asking makes the answer private. */
  abstract readonly user: Promise<User | null>

  /**
   * Names the version of the answer before the work is done. A client that has it already gets a 304 at once, one that wants to change
   * another version a 412; for the others the answer carries the version as `ETag` and `Last-Modified`.
   *
   * @throws The response that ends the request
   */
  abstract checkPreconditions(version: Version): void

  /**
   * Something that the whole app shares, like what sends mail.
   *
   * @throws {HotclubError} `HC_SERVICE` when the app has no such thing
   */
  abstract service<T>(key: ServiceKey<T>): T

  /** Leaves a value for later middleware, loaders, actions and handlers. */
  set<T>(key: ContextKey<T>, value: T): void {
    ;(this.#values ??= new Map()).set(key, value)
  }

  /**
   * Returns what middleware left under `key`.
   *
   * @throws {HotclubError} `HC_CONTEXT_KEY` when nothing was set; use {@link has} where that is fine
   */
  get<T>(key: ContextKey<T>): T {
    if (!this.#values?.has(key))
      throw new HotclubError('HC_CONTEXT_KEY', {
        where: this.route || this.pathname,
        message: `Nothing was set for the context key '${key.name}'.`,
        hint: `Add the middleware that sets '${key.name}' to app/middleware.ts, before whatever reads it.`,
      })
    return this.#values.get(key) as T
  }

  /** Takes over what is known of a request so far. */
  protected inherit(from: Context<P, S>): void {
    this.route = from.route
    this.params = from.params
    this.search = from.search
    this.#values = from.#values && new Map(from.#values)
  }

  /** Whether a value was set under `key`. */
  has(key: ContextKey<unknown>): boolean {
    return this.#values?.has(key) ?? false
  }
}

/** Tells a context who the user is: from here on `user` is known at once, and waiting for it gives the same. */
export function settleUser(context: Context, user: User | null): void {
  Object.defineProperty(context, 'user', { value: user, configurable: true })
}

/** Runs the rest of the chain and gives its response. */
export type Next = () => Promise<Response>

/**
 * One link of the chain. It may answer by itself, or call `next()` once and touch the headers of what comes back.
 */
export type Middleware = (context: Context, next: Next) => Response | Promise<Response>
