import type { CookieOptions } from '../core/cookies.ts'
import { HotclubError } from '../core/hotclub-error.ts'

/** Bytes of name and value together that every browser keeps. */
const maxCookieSize = 4_096

const namePattern = /^[\w!#$%&'*+.^`|~-]+$/
const plainValue = /^[\w!#$&'()*+./:<=>?@[\]^`{|}~-]*$/
const attributePattern = /^[\x21-\x3a\x3c-\x7e]+$/

/**
 * Parses a `Cookie` header. Of several cookies with one name the first counts: browsers put the one with the closest path there.
 *
 * @param header The header's value
 */
export function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals === -1) continue
    const name = pair.slice(0, equals).trim()
    if (!cookies.has(name)) cookies.set(name, decodeValue(pair.slice(equals + 1).trim()))
  }
  return cookies
}

function decodeValue(text: string): string {
  const value = text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    // Somebody else's cookie, in an encoding of its own.
    return value
  }
}

/**
 * Writes a `Set-Cookie` header. The value is percent-encoded where it has to be; {@link parseCookies} takes that back.
 *
 * @param name As it goes over the wire
 * @throws {HotclubError} `HC_COOKIE` for what browsers would drop or a header cannot carry
 */
export function serializeCookie(name: string, value: string, options: CookieOptions): string {
  if (!namePattern.test(name)) refuse(name, `'${name}' is not a name for a cookie.`, 'Use letters, digits, - and _.')
  const encoded = plainValue.test(value) ? value : encodeURIComponent(value.toWellFormed())
  const size = name.length + encoded.length
  if (size > maxCookieSize)
    refuse(
      name,
      `The cookie takes ${size} bytes; browsers drop it above ${maxCookieSize}.`,
      'Keep the data on the server and a key to it in the cookie.',
    )
  const { maxAge, expires, domain, path = '/', sameSite = 'lax', httpOnly = true, secure = false } = options
  let text = `${name}=${encoded}`
  if (domain !== undefined) text += `; Domain=${attribute(name, 'domain', domain)}`
  text += `; Path=${attribute(name, 'path', path)}`
  if (maxAge !== undefined) text += `; Max-Age=${wholeSeconds(name, maxAge)}`
  else if (expires !== undefined) text += `; Expires=${expires.toUTCString()}`
  if (httpOnly) text += '; HttpOnly'
  if (secure || sameSite === 'none') text += '; Secure'
  return `${text}; SameSite=${{ strict: 'Strict', lax: 'Lax', none: 'None' }[sameSite]}`
}

function attribute(name: string, option: string, value: string): string {
  if (!attributePattern.test(value))
    refuse(name, `'${option}' is ${JSON.stringify(value)}, which a cookie cannot carry.`, `Use ASCII without spaces and semicolons.`)
  return value
}

function wholeSeconds(name: string, maxAge: number): number {
  if (!Number.isSafeInteger(maxAge)) refuse(name, `'maxAge' is ${maxAge}.`, 'Use whole seconds.')
  return maxAge
}

function refuse(name: string, message: string, hint: string): never {
  throw new HotclubError('HC_COOKIE', { where: JSON.stringify(name.slice(0, 100)), message, hint })
}
