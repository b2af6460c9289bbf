import type { CookieOptions, Cookies } from '../core/cookies.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { currentRecording } from '../core/recording.ts'
import { parseCookies, serializeCookie } from '../http/cookie.ts'
import type { Keys } from '../http/keys.ts'

/** Browsers take a cookie with this prefix only over https, and only from the very host it is for. */
const hostPrefix = '__Host-'

/** Seconds that an encrypted cookie without an age of its own can be read. */
const sealedAge = 14 * 24 * 60 * 60

/** The cookies of one request; nothing is parsed before one is read. */
export class RequestCookies implements Cookies {
  /** Whether the app has read one, so that the answer depends on who asks. */
  wasRead = false
  readonly #header: string
  readonly #isSecure: boolean
  readonly #keys: Keys
  #sent: Map<string, string> | undefined
  /** What was set in this request, by plain name; `undefined` where a cookie was taken away. */
  readonly #set = new Map<string, string | undefined>()
  /** The headers to send, by what makes two cookies the same to a browser. */
  readonly #headers = new Map<string, string>()
  #hasLeft = false

  /**
   * @param header The request's `Cookie` header
   * @param isSecure Whether the visitor came by https
   */
  constructor(header: string | null, isSecure: boolean, keys: Keys) {
    this.#header = header ?? ''
    this.#isSecure = isSecure
    this.#keys = keys
  }

  /** False when the headers of the answer have left. */
  get canSet(): boolean {
    return !this.#hasLeft
  }

  get(name: string): string | undefined {
    this.wasRead = true
    currentRecording()?.read('cookie', name)
    return this.peek(name) ?? (this.#set.has(name) ? undefined : this.#all().get(name))
  }

  /**
   * Reads a cookie of the framework's own: on https only one with the prefix, and without marking the answer. What the answer depends on
   * is then for the caller to say.
   */
  peek(name: string): string | undefined {
    if (this.#set.has(name)) return this.#set.get(name)
    if (this.#header === '') return undefined
    return this.#all().get(this.#isSecure ? hostPrefix + name : name)
  }

  set(name: string, value: string, options: CookieOptions = {}): void {
    this.#add(name, value, options)
    this.#set.set(name, (options.maxAge ?? 1) > 0 ? value : undefined)
  }

  delete(name: string, { domain, path }: Pick<CookieOptions, 'domain' | 'path'> = {}): void {
    const place = { ...(domain === undefined ? {} : { domain }), ...(path === undefined ? {} : { path }) }
    this.#add(name, '', { ...place, maxAge: 0 })
    // One from before the site had https, or from a script, has no prefix.
    if (this.#isSecure && this.#all().has(name)) this.#write(name, '', { ...place, maxAge: 0 })
    this.#set.set(name, undefined)
  }

  getSigned(name: string, { maxAge }: { maxAge?: number } = {}): string | undefined {
    const signed = this.get(name)
    return signed === undefined ? undefined : this.#keys.unsign(signed, purposeOf(name), maxAge)
  }

  setSigned(name: string, value: string, options?: CookieOptions): void {
    this.set(name, this.#keys.sign(value, purposeOf(name)), options)
  }

  async getEncrypted<T>(name: string, { hostOnly = false }: { hostOnly?: boolean } = {}): Promise<T | undefined> {
    this.wasRead = true
    currentRecording()?.read('cookie', name)
    const sealed = hostOnly ? this.peek(name) : this.get(name)
    return sealed === undefined ? undefined : ((await this.#keys.unseal(sealed, purposeOf(name))) as T | undefined)
  }

  async setEncrypted(name: string, value: unknown, options: CookieOptions = {}): Promise<void> {
    this.set(name, await this.#keys.seal(value, purposeOf(name), options.maxAge ?? sealedAge), options)
  }

  /** Gives the `Set-Cookie` headers; nothing can be set any more. */
  leave(): string[] {
    this.#hasLeft = true
    return [...this.#headers.values()]
  }

  #add(name: string, value: string, options: CookieOptions): void {
    if (this.#hasLeft)
      throw new HotclubError('HC_COOKIE', {
        where: name,
        message: 'A cookie was set after the headers of the answer had left.',
        hint: 'Set it in a loader, an action, a handler or middleware, and not in what is still running while the page streams.',
      })
    if (name.startsWith('__'))
      throw new HotclubError('HC_COOKIE', {
        where: name,
        message: `The name '${name}' starts with two underscores, which browsers read as a prefix.`,
        hint: 'Leave the prefix out: Hotclub adds __Host- where the cookie allows it.',
      })
    const { domain, path = '/', secure = true } = options
    const isHostOnly = this.#isSecure && secure && domain === undefined && path === '/'
    this.#write(isHostOnly ? hostPrefix + name : name, value, options)
  }

  #write(wireName: string, value: string, options: CookieOptions): void {
    currentRecording()?.forbid('it sets a cookie')
    const header = serializeCookie(wireName, value, { secure: this.#isSecure, ...options })
    this.#headers.set(`${wireName};${options.domain ?? ''};${options.path ?? '/'}`, header)
  }

  #all(): Map<string, string> {
    return (this.#sent ??= parseCookies(this.#header))
  }
}

function purposeOf(name: string): string {
  return `cookie ${name}`
}
