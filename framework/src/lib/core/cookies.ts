/** How a cookie is kept by the browser. What is left out is the safe choice. */
export interface CookieOptions {
  /** Seconds until the browser forgets it (default: when it closes). */
  maxAge?: number
  /** The moment it forgets it; `maxAge` wins. */
  expires?: Date
  /** Also sent to the subdomains of this domain (default: to this host alone). */
  domain?: string
  /** Sent only below this path (default: `/`). */
  path?: string
  /** Whether other sites' requests carry it (default: `lax`, which are links only). `none` makes it `Secure`. */
  sameSite?: 'strict' | 'lax' | 'none'
  /** Hides it from scripts (default: `true`). */
  httpOnly?: boolean
  /** Sent over https alone (default: whether the visitor came by https). */
  secure?: boolean
}

/**
 * The cookies of a request and of its answer. Reading one marks the answer private: it depends on who asks. On https a cookie without
 * `domain` and `path` gets the prefix `__Host-` on the wire, which keeps subdomains from planting it; here it has its plain name.
 */
export interface Cookies {
  /** The value that was sent, or set in this request; `undefined` without one. Anybody can have made it up. */
  get(name: string): string | undefined
  /** @throws {HotclubError} `HC_COOKIE` for a name or option that HTTP cannot carry, a value over 4 KB, or an answer that has left */
  set(name: string, value: string, options?: CookieOptions): void
  /** Takes a cookie away. @param options `domain` and `path` as they were when it was set */
  delete(name: string, options?: Pick<CookieOptions, 'domain' | 'path'>): void
  /**
   * The value that {@link setSigned} set; `undefined` when there is none or somebody has changed it.
   *
   * @param options.maxAge Seconds since it was signed, at most (default: no limit)
   */
  getSigned(name: string, options?: { maxAge?: number }): string | undefined
  /** Sets a cookie that everybody can read and nobody can change. */
  setSigned(name: string, value: string, options?: CookieOptions): void
  /**
   * What {@link setEncrypted} set; `undefined` when there is none, it was changed, or its time is over.
   *
   * @param options.hostOnly Passes over one without the prefix on https, which a subdomain may have planted (default: `false`)
   */
  getEncrypted<T = unknown>(name: string, options?: { hostOnly?: boolean }): Promise<T | undefined>
  /**
   * Sets a cookie that nobody can read or change.
   *
   * @param value Anything JSON can hold
   * @param options `maxAge` holds on the server too (default there: 14 days)
   */
  setEncrypted(name: string, value: unknown, options?: CookieOptions): Promise<void>
}
