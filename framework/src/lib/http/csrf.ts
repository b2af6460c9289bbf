import { randomBytes, timingSafeEqual } from 'node:crypto'

/** The cookie that tokens are made of. */
export const csrfCookie = 'csrf'

/** What a request says of where it comes from. */
export interface RequestOrigin {
  method: string
  /** The header `Sec-Fetch-Site`. */
  site: string | null
  /** The header `Origin`. */
  origin: string | null
  /** The site's own origin, as the request names it: `https://matinee.example`. */
  own: string
}

/** Whether to go on; `token` where neither header came, and a token has to say it. */
export type CsrfVerdict = { kind: 'allowed' } | { kind: 'token' } | { kind: 'refused'; reason: string }

/** Origins beyond the site's own that may send forms. */
export type OriginCheck = (origin: string) => boolean

const allowed: CsrfVerdict = { kind: 'allowed' }
const token: CsrfVerdict = { kind: 'token' }

/** Whether a method promises to change nothing. */
export function isSafeMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || method === 'TRACE'
}

/**
 * Decides whether a page of another site made the visitor's browser send this request.
 *
 * Browsers say so themselves, in headers that no page can forge. `Sec-Fetch-Site` comes from all of today's over https; `Origin` from
 * every one of the last decade.
 */
export function decideCsrf({ method, site, origin, own }: RequestOrigin, isTrusted: OriginCheck): CsrfVerdict {
  if (isSafeMethod(method)) return allowed
  if (origin === 'null') return refused('its origin is hidden')
  if (origin !== null && isTrusted(origin)) return allowed
  if (site === 'same-origin' || site === 'none') {
    // Behind a proxy that ends https, and is not trusted, the protocol is not what the visitor's browser means; the host has to be.
    if (origin === null || hostOf(origin) === hostOf(own)) return allowed
    return refused(`it comes from ${origin}`)
  }
  if (site !== null) return refused(`it comes from another site (${origin ?? site})`)
  if (origin === null) return token
  if (origin === own || originOf(origin) === originOf(own)) return allowed
  return refused(`it comes from ${origin}`)
}

/**
 * Reads the setting `security.trustedOrigins`.
 *
 * @param origins `https://shop.example`, or `https://*.example.com` for every subdomain
 */
export function createOriginCheck(origins: readonly string[]): OriginCheck {
  if (origins.length === 0) return () => false
  const exact = new Set(origins.filter((origin) => !origin.includes('*')).map(originOf))
  const patterns = origins.filter((origin) => origin.includes('*')).map((origin) => origin.split('*.') as [string, string])
  return (origin) => {
    const normal = originOf(origin)
    if (normal === undefined) return false
    return exact.has(normal) || patterns.some(([scheme, domain]) => normal.startsWith(scheme) && normal.endsWith(`.${domain}`))
  }
}

function refused(reason: string): CsrfVerdict {
  return { kind: 'refused', reason: reason.slice(0, 200) }
}

function originOf(origin: string): string | undefined {
  if (!URL.canParse(origin)) return undefined
  const url = new URL(origin)
  return url.origin === 'null' ? undefined : url.origin
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).hostname : undefined
}

const size = 16

/** Makes the value that a visitor's cookie holds. */
export function createCsrfSecret(): string {
  return randomBytes(size).toString('base64url')
}

/** Makes a token for one form out of the cookie's value. Each is another one: a page that is compressed must not tell it by its length. */
export function maskCsrf(secret: string): string {
  const mask = randomBytes(size)
  return Buffer.concat([mask, xor(Buffer.from(secret, 'base64url'), mask)]).toString('base64url')
}

/** Whether a token was made out of the cookie's value. */
export function matchesCsrf(given: string, secret: string): boolean {
  const bytes = Buffer.from(given, 'base64url')
  const expected = Buffer.from(secret, 'base64url')
  if (bytes.length !== 2 * size || expected.length !== size) return false
  return timingSafeEqual(xor(bytes.subarray(size), bytes.subarray(0, size)), expected)
}

function xor(left: Uint8Array, right: Uint8Array): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ right[index]!))
}
