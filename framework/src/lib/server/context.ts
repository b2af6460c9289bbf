import { Context, type ContextInit } from '../core/context.ts'
import type { Settings } from '../core/settings.ts'
import { plainIp } from '../http/ip.ts'
import type { Keys } from '../http/keys.ts'
import { RequestCookies } from './request-cookies.ts'

/** What the contexts of an app share. */
export interface Site {
  settings: Settings
  keys: Keys
}

/** What the server gives a context at the start of a request. */
export interface ServerContextInit extends ContextInit {
  /** `https://matinee.example`, as the visitor sees it. */
  origin: string
}

/** The context with all that takes Node, and with what the answer needs to know of what was done with it. */
export class ServerContext extends Context {
  readonly origin: string
  readonly #site: Site
  #cookies: RequestCookies | undefined
  #ip: string | undefined

  constructor(init: ServerContextInit, site: Site) {
    super(init)
    this.origin = init.origin
    this.#site = site
  }

  get ip(): string {
    return (this.#ip ??= plainIp((this.request as Request & { ip?: string }).ip ?? ''))
  }

  get cookies(): RequestCookies {
    return (this.#cookies ??= new RequestCookies(this.request.headers.get('cookie'), this.isSecure, this.#site.keys))
  }

  /** Whether the visitor's browser speaks https, or will as soon as it follows the redirect. */
  get isSecure(): boolean {
    return this.#site.settings.security.https || this.origin.startsWith('https:')
  }

  /** The cookies, if anybody has asked for them. */
  get usedCookies(): RequestCookies | undefined {
    return this.#cookies
  }
}
