import { withPolicies } from '../auth/policies/with-policies.ts'
import type { Middleware } from '../core/context.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { getLogger } from '../core/log.ts'
import { HttpError, isHttpError, isRedirect, type Redirect } from '../core/results.ts'
import type { ServiceKey } from '../core/services.ts'
import { isBodyTooLarge } from '../http/body-error.ts'
import { createKeys } from '../http/keys.ts'
import { cspReportPath } from '../http/csp.ts'
import { isSafeMethod } from '../http/csrf.ts'
import { logCspReport } from '../http/csp-report.ts'
import { configureReadJson } from '../http/read-json.ts'
import { requestIdOf } from '../http/request-id.ts'
import { createSecurityHeaders } from '../http/security-headers.ts'
import { mailService } from '../mail/mailer.ts'
import { configureHref } from '../routing/href.ts'
import { createMatcher } from '../routing/match.ts'
import { parseSearch } from '../routing/search.ts'
import { encode } from '../view/encode.ts'
import { PAYLOAD_TYPE, type RedirectPayload } from '../view/payload.ts'
import { hasAction, runAction } from './action.ts'
import { createChains, type Chain, type Chains } from './chain.ts'
import { ServerContext, type Site } from './context.ts'
import { plainErrorPage } from './error-page.ts'
import { signalsService, type Signals } from '../signals/signals.ts'
import { Guard } from './guard.ts'
import { Keeper } from './keep/keeper.ts'
import { openKeeping, type OpenKeeping } from './keep/open-keeping.ts'
import { leave } from './leave.ts'
import { runMiddleware } from './middleware.ts'
import { answerPage, type PageStart } from './page.ts'
import { refusalOf } from './permission.ts'
import { answerResource, methodNotAllowed } from './resource.ts'
import type { RespondRequest } from './respond.ts'
import { emptyResponse, fastResponse } from './responses.ts'
import { secretsOf } from './secrets.ts'
import { createServices } from './services.ts'
import { parseTarget, type Target } from './target.ts'
import type { App, AppManifest, ErrorReport } from './types.ts'

/**
 * Assembles an application from its manifest.
 *
 * The order of a request is the order of the methods below: `fetch` reads the target, `#enter` runs the middleware,
 * `#dispatch` matches, `#page` and `answerResource` answer, `leave` adds what the request as a whole calls for. Every failure on the way
 * ends in `#fail`.
 *
 * @throws {HotclubError} when the routes contradict each other
 */
export async function createApp(manifest: AppManifest): Promise<App> {
  configureReadJson(manifest.settings.limits)
  configureHref({ converters: manifest.params, trailingSlash: manifest.settings.trailingSlash })
  const db = await manifest.createDb()
  if (db && manifest.schema) withPolicies(db, manifest.policies ?? [], manifest.schema)
  return new Application(manifest, db)
}

class Application implements App {
  readonly settings: AppManifest['settings']
  readonly #manifest: AppManifest
  readonly #db: Awaited<ReturnType<AppManifest['createDb']>>
  readonly #match: ReturnType<typeof createMatcher>
  readonly #chains: Chains
  readonly #site: Site
  readonly #guard: Guard
  readonly #signals: Signals
  readonly #keeping: OpenKeeping
  readonly #keeper: Keeper
  #listener: (report: ErrorReport) => void = ({ error, requestId }) => console.error(`[${requestId}]`, error)

  constructor(manifest: AppManifest, db: Awaited<ReturnType<AppManifest['createDb']>>) {
    this.settings = manifest.settings
    this.#manifest = manifest
    this.#db = db
    this.#match = createMatcher(manifest.routes, manifest.params, { trailingSlash: manifest.settings.trailingSlash })
    this.#chains = createChains(manifest)
    this.#guard = new Guard(manifest)
    const keys = createKeys(secretsOf(manifest.settings))
    this.#keeping = openKeeping(manifest, db)
    this.#keeper = new Keeper(this.#keeping)
    this.#site = {
      settings: manifest.settings,
      keys,
      services: createServices(manifest, db, keys, this.#keeping.cache),
      headers: createSecurityHeaders(manifest.settings.security, []),
    }
    this.#signals = this.service(signalsService)
  }

  async fetch(request: Request): Promise<Response> {
    const context = this.#open(request)
    const start = this.#signals.hear('request', 'finished') ? performance.now() : undefined
    if (this.#signals.hear('request', 'started')) await this.#signals.send('request', 'started', { context })
    const response = leave(context, await this.#enter(context).catch((error: unknown) => this.#fail(context, undefined, error)))
    if (start !== undefined)
      await this.#signals.send('request', 'finished', { context, status: response.status, duration: performance.now() - start })
    return response
  }

  onError(listener: (report: ErrorReport) => void): void {
    this.#listener = listener
  }

  async warm(): Promise<void> {
    if (this.settings.secrets.length === 0)
      getLogger().warn(
        { hint: 'Set SECRET_KEY to at least 32 random characters.' },
        'There is no secret, so this start has made one up: what is signed now is worth nothing after the next one.',
      )
    await Promise.all([this.#chains.root(), ...this.#manifest.routes.map((route) => this.#chains.of(route))])
  }

  service<T>(key: ServiceKey<T>): T {
    return this.#site.services.get(key)
  }

  async close(): Promise<void> {
    await this.service(mailService).flush()
    await this.#keeping.close()
    await this.#db?.$disconnect?.()
  }

  #open(request: Request): ServerContext {
    const target: Target = parseTarget(request.url)
    return new ServerContext({ request, ...target, requestId: requestIdOf(request), db: this.#db }, this.#site)
  }

  async #enter(context: ServerContext): Promise<Response> {
    const refusal = this.#guard.checkTarget(context)
    if (refusal) return refusal
    if (context.pathname === cspReportPath && context.request.method === 'POST') {
      await logCspReport(context.request)
      return emptyResponse(204)
    }
    if (!isSafeMethod(context.request.method)) {
      const chain = await this.#chainOf(context.pathname)
      try {
        await this.#guard.checkOrigin(context, chain)
      } catch (error) {
        return await this.#fail(context, chain, error)
      }
    }
    return await this.#through(this.#manifest.middleware, context, undefined, () => this.#dispatch(context))
  }

  /** The route that a request is for, as far as a path tells. */
  async #chainOf(pathname: string): Promise<Chain | undefined> {
    const match = this.#match(pathname)
    return match.kind === 'match' ? await this.#chains.of(match.route) : undefined
  }

  /** Runs middleware around `inner`, which never throws; what a link throws is answered by the error view of `chain`. */
  #through(middleware: Middleware[], context: ServerContext, chain: Chain | undefined, inner: () => Promise<Response>): Promise<Response> {
    return middleware.length === 0 ? inner() : runMiddleware(middleware, context, inner, (error) => this.#fail(context, chain, error))
  }

  async #dispatch(context: ServerContext): Promise<Response> {
    let chain: Chain | undefined
    try {
      const match = this.#match(context.pathname)
      if (match.kind === 'bad') throw new HttpError(400, 'This address cannot be read.')
      if (match.kind === 'none') throw new HttpError(404)
      if (match.kind === 'redirect') return this.#redirect(context, match.pathname + context.query, 308)
      chain = await this.#chains.of(match.route)
      context.route = chain.id
      context.headers = chain.headers
      context.params = match.params
      const found = chain
      return await this.#through(chain.middleware, context, found, () => this.#answer(context, found))
    } catch (error) {
      return await this.#fail(context, chain, error)
    }
  }

  async #answer(context: ServerContext, chain: Chain): Promise<Response> {
    try {
      const refusal = chain.permissions.length > 0 ? await refusalOf(chain, context) : undefined
      if (refusal) return await this.#fail(context, chain, refusal.answer, refusal.level - 1)
      if (chain.kind === 'page') context.versionSuffix = `.${this.#manifest.assets.build}`
      context.search = parseSearch(chain.leaf.search, context.query)
      return chain.kind === 'resource' ? await this.#resource(context, chain) : await this.#page(context, chain)
    } catch (error) {
      return await this.#fail(context, chain, error)
    }
  }

  async #resource(context: ServerContext, chain: Chain): Promise<Response> {
    if (context.isData) return this.#leave(context, context.pathname + context.query, true)
    return await this.#kept(context, chain, (on) => answerResource(chain, on))
  }

  /** The answer to a request that only reads: as it was kept, or made now. */
  async #kept(context: ServerContext, chain: Chain, make: (context: ServerContext) => Promise<Response>): Promise<Response> {
    const { method } = context.request
    if (!chain.cache || (method !== 'GET' && method !== 'HEAD')) return await make(context)
    return await this.#keeper.answer(context, chain, chain.cache, make)
  }

  async #page(context: ServerContext, chain: Chain): Promise<Response> {
    const { method } = context.request
    if (method === 'GET' || method === 'HEAD') {
      if (context.isData && !chain.hydrate) return this.#leave(context, context.pathname + context.query, true)
      return await this.#kept(context, chain, (on) => answerPage(this.#pageRequest(on, chain)))
    }
    const allow = hasAction(chain.leaf) ? 'GET, HEAD, POST, OPTIONS' : 'GET, HEAD, OPTIONS'
    if (method === 'OPTIONS') return emptyResponse(204, { allow })
    if (method !== 'POST' || !hasAction(chain.leaf)) throw methodNotAllowed(method, allow)
    return await answerPage(this.#pageRequest(context, chain), await this.#act(context, chain))
  }

  async #act(context: ServerContext, chain: Chain): Promise<PageStart> {
    try {
      return await runAction(chain, context)
    } catch (error) {
      if (isRedirect(error) || error instanceof Response) throw error
      if (!isHttpError(error)) this.#report(context, error)
      return { failure: { level: chain.modules.length - 1, error } }
    }
  }

  /**
   * The one place where whatever was thrown becomes a response.
   *
   * @param level The innermost level that may show it (default: the route's own)
   */
  async #fail(context: ServerContext, chain: Chain | undefined, error: unknown, level = Infinity): Promise<Response> {
    if (isRedirect(error)) return this.#redirect(context, error.location, redirectStatus(error, context))
    if (error instanceof Response) return error
    if (isBodyTooLarge(error)) return await this.#fail(context, chain, new HttpError(413))
    if (!isHttpError(error)) this.#report(context, error)
    if (chain?.kind === 'resource') return errorText(context, error)
    try {
      const shown = chain ?? (await this.#chains.root())
      context.headers = shown.headers
      return await answerPage(this.#pageRequest(context, shown), {
        failure: { level: Math.max(0, Math.min(level, shown.modules.length - 1)), error },
      })
    } catch (next) {
      if (isRedirect(next) || next instanceof Response) return await this.#fail(context, chain, next)
      if (next !== error && !isHttpError(next)) this.#report(context, next)
      return plainErrorPage(error, context.requestId)
    }
  }

  #redirect(context: ServerContext, location: string, status: number): Response {
    if (context.isData) return this.#leave(context, location, false)
    return emptyResponse(status, { location: asciiLocation(location) })
  }

  /** Tells the browser's router to go elsewhere. */
  #leave(context: ServerContext, location: string, document: boolean): Response {
    const payload: RedirectPayload = { build: this.#manifest.assets.build, redirect: location, document }
    const headers = { 'content-type': PAYLOAD_TYPE, 'cache-control': 'private, no-cache' }
    return fastResponse(encode(payload, never, true), 200, headers)
  }

  #pageRequest(context: ServerContext, chain: Chain): RespondRequest {
    return { manifest: this.#manifest, context, chain, keeper: this.#keeper, report: (error) => this.#report(context, error) }
  }

  /** Reports an unexpected error; work that stops because the client has gone is none. */
  #report(context: ServerContext, error: unknown): void {
    if (context.signal.aborted) return
    this.#listener({ error, request: context.request, requestId: context.requestId, route: context.route })
    void this.#signals.send('request', 'failed', { context, error })
  }
}

/** A header is ASCII; a path that an app wrote need not be. */
function asciiLocation(location: string): string {
  return location.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()))
}

function redirectStatus(error: Redirect, context: ServerContext): number {
  return error.status ?? (context.request.method === 'GET' || context.request.method === 'HEAD' ? 302 : 303)
}

function errorText(context: ServerContext, error: unknown): Response {
  const status = isHttpError(error) ? error.status : 500
  const text = isHttpError(error) ? error.message : `Internal Server Error (${context.requestId})`
  const headers = isHttpError(error) ? error.headers : {}
  return fastResponse(text, status, { 'content-type': 'text/plain; charset=utf-8', ...headers })
}

function never(): never {
  throw new HotclubError('HC_SERIALIZE', { message: 'A redirect carries no promises.' })
}
