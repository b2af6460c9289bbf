import { randomBytes } from 'node:crypto'
import { Context, type ContextInit, type ContextKey, type Version } from '../core/context.ts'
import { currentRecording } from '../core/recording.ts'
import type { ServiceKey, Services } from '../core/services.ts'
import type { Settings } from '../core/settings.ts'
import type { User } from '../core/user.ts'
import { usersService } from '../auth/users.ts'
import { evaluateConditions, type Validators } from '../http/conditions.ts'
import { plainIp } from '../http/ip.ts'
import type { InlineSources } from '../http/csp.ts'
import { createCsrfSecret, csrfCookie, maskCsrf, matchesCsrf } from '../http/csrf.ts'
import type { Keys } from '../http/keys.ts'
import { readForm } from '../http/read-form.ts'
import type { SecurityHeaders } from '../http/security-headers.ts'
import { userAgentOf } from '../http/user-agent.ts'
import type { Message } from '../core/messages.ts'
import type { BrowserSession } from '../session/browser-session.ts'
import { sessionCookie, sessionsService } from '../session/sessions.ts'
import { PREFETCH_HEADER } from '../view/payload.ts'
import { validatorsOf } from './conditional.ts'
import { recordedRequest } from './keep/recorded-request.ts'
import { RequestCookies } from './request-cookies.ts'
import { messagesCookie, RequestMessages } from './request-messages.ts'
import { emptyResponse } from './responses.ts'

/** What the contexts of an app share. */
export interface Site {
  settings: Settings
  keys: Keys
  services: Services
  /** Of answers that no route gives. */
  headers: SecurityHeaders
}

/** What the server gives a context at the start of a request. */
export interface ServerContextInit extends ContextInit {
  /** `https://matinee.example`, as the visitor sees it. */
  origin: string
}

/** The context with all that takes Node, and with what the answer needs to know of what was done with it. */
export class ServerContext extends Context {
  readonly origin: string
  /** Whether the answer is for this visitor alone, so that no shared cache may keep it. */
  isPersonal = false
  /** The headers of the matched route, or of the site. */
  headers: SecurityHeaders
  /** What the inline parts of the answer need of its policy, where a nonce is not it. */
  hashes: InlineSources | undefined
  /** Tells versions of pages apart that the app itself does not change: they also change with each build. */
  versionSuffix = ''
  /** The version of the answer, where the app has named it. */
  validators: Validators | undefined
  readonly #site: Site
  /** The request itself, where `request` tells what is read of it. */
  readonly #request: Request
  #nonce: string | undefined
  #cookies: RequestCookies | undefined
  #ip: string | undefined
  #messages: RequestMessages | undefined
  #form: Promise<FormData> | undefined
  #session: Promise<BrowserSession> | undefined
  #user: Promise<User | null> | undefined

  constructor(init: ServerContextInit, site: Site) {
    super(init)
    this.#request = init.request
    this.origin = init.origin
    this.#site = site
    this.headers = site.headers
  }

  get ip(): string {
    currentRecording()?.forbid("it reads the visitor's address")
    return this.#address
  }

  get #address(): string {
    return (this.#ip ??= plainIp((this.#request as Request & { ip?: string }).ip ?? ''))
  }

  get cookies(): RequestCookies {
    return (this.#cookies ??= new RequestCookies(this.#request.headers.get('cookie'), this.isSecure, this.#site.keys))
  }

  get nonce(): string {
    return (this.#nonce ??= randomBytes(16).toString('base64'))
  }

  /** The nonce, if anything on the page asked for it. */
  get usedNonce(): string | undefined {
    return this.#nonce
  }

  /** What the answer's policy has to allow beyond its constant part. */
  get inlineSources(): InlineSources | undefined {
    if (this.hashes || this.#nonce === undefined) return this.hashes
    const source = `'nonce-${this.#nonce}'`
    return { script: [source], style: [source] }
  }

  /** Whether the visitor's browser speaks https, or will as soon as it follows the redirect. */
  get isSecure(): boolean {
    return this.#site.settings.security.https || this.origin.startsWith('https:')
  }

  get messages(): RequestMessages {
    currentRecording()?.forbid('it tells the visitor something')
    return (this.#messages ??= new RequestMessages(this.cookies, this.#site.keys))
  }

  get session(): Promise<BrowserSession> {
    this.#noteSession()
    return (this.#session ??= handled(this.#openSession()))
  }

  get user(): Promise<User | null> {
    this.#noteSession()
    return (this.#user ??= handled(this.#findUser()))
  }

  checkPreconditions(version: Version): void {
    this.validators = validatorsOf(version, this.versionSuffix)
    // What is computed to be kept is needed whatever this visitor has.
    if (currentRecording()) return
    const { method, headers } = this.#request
    const decided = evaluateConditions({ method, header: (name) => headers.get(name) }, this.validators)
    if (decided !== undefined) throw emptyResponse(decided)
  }

  override get<T>(key: ContextKey<T>): T {
    currentRecording()?.read('context value', key.name)
    return super.get(key)
  }

  override has(key: ContextKey<unknown>): boolean {
    currentRecording()?.read('context value', key.name)
    return super.has(key)
  }

  /** The same request for work that goes on when its answer has left. */
  fork(): ServerContext {
    const { pathname, query, isData, requestId, db, origin } = this
    const fork = new ServerContext({ request: this.#request, pathname, query, isData, requestId, db, origin }, this.#site)
    fork.inherit(this)
    fork.watchRequest()
    fork.headers = this.headers
    fork.versionSuffix = this.versionSuffix
    return fork
  }

  /** Whether the browser brings messages that the next page shows. */
  get hasMessages(): boolean {
    return this.#messages !== undefined || (this.#request.headers.get('cookie')?.includes(`${messagesCookie}=`) ?? false)
  }

  /** From here on, `request` tells recordings which of its headers are read. */
  watchRequest(): void {
    if (this.request === this.#request) Object.defineProperty(this, 'request', { value: recordedRequest(this.#request) })
  }

  /** Whether the visitor has no session that could tell anything. */
  get isStranger(): boolean {
    return this.#request.headers.get('cookie') === null || this.cookies.peek(sessionCookie) === undefined
  }

  /** What asks a stranger who they are is the same for all strangers. */
  #noteSession(): void {
    const recording = currentRecording()
    if (!recording) return
    if (this.isStranger) recording.askWho()
    else recording.forbid('it reads the session')
  }

  service<T>(key: ServiceKey<T>): T {
    return this.#site.services.get(key)
  }

  /** Whether the app has a service. */
  offers(key: ServiceKey<unknown>): boolean {
    return this.#site.services.find(key) !== undefined
  }

  async #openSession(): Promise<BrowserSession> {
    const { cookies } = this
    // At once, and not when the session is open: a page that streams may have left by then.
    cookies.wasRead = true
    if (cookies.peek(sessionCookie) !== undefined) this.isPersonal = true
    return await this.service(sessionsService).open({ cookies, ip: this.#address, userAgent: userAgentOf(this.#request) })
  }

  async #findUser(): Promise<User | null> {
    const users = this.#site.services.find(usersService)
    return users ? await users.of(await this.session) : null
  }

  csrfToken(): string {
    currentRecording()?.forbid('it carries a token against forged requests')
    this.isPersonal = true
    let secret = this.#csrfSecret()
    if (secret === undefined) {
      secret = createCsrfSecret()
      this.cookies.set(csrfCookie, this.#site.keys.sign(secret, csrfCookie))
    }
    return maskCsrf(secret)
  }

  /** Whether a token was made for this visitor. */
  isOwnToken(token: string): boolean {
    const secret = this.#csrfSecret()
    return secret !== undefined && matchesCsrf(token, secret)
  }

  #csrfSecret(): string | undefined {
    const signed = this.cookies.peek(csrfCookie)
    return signed === undefined ? undefined : this.#site.keys.unsign(signed, csrfCookie)
  }

  /** The posted form; the body can be read once, and more than one asks for it. */
  readForm(): Promise<FormData> {
    return (this.#form ??= readForm(this.#request, this.#site.settings.limits))
  }

  /** Hands the page that is the answer what it is to tell the visitor; `undefined` where there is nothing. */
  showMessages(): Message[] | undefined {
    if (!this.hasMessages) return undefined
    const shown = this.messages.show(this.#isAhead())
    if (shown.length > 0) this.isPersonal = true
    return shown
  }

  /** Whether the answer is fetched ahead, or without its body, so that nobody may ever see it. */
  #isAhead(): boolean {
    const { headers, method } = this.#request
    return method === 'HEAD' || headers.has(PREFETCH_HEADER) || headers.get('sec-purpose')?.startsWith('prefetch') === true
  }

  /** Ends what can be done with the context, and gives the cookies if anybody has used them. */
  close(): RequestCookies | undefined {
    this.#messages?.leave()
    return this.#cookies
  }
}

/** Keeps a promise that nobody may wait for from ending the process; whoever does wait still gets the error. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
