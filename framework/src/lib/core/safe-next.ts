/** Where a visitor may be sent besides the site itself. */
export interface SafeNextOptions {
  /** Hosts of absolute URLs, with their port if they have one (default: none). */
  hosts?: readonly string[]
  /** Whether such a URL has to be https (default: `false`). */
  https?: boolean
}

/** Longer than any address a visitor comes from. */
const maxLength = 2_048

/**
 * Returns where to go next when that came from outside, such as `?next=/account`, and `fallback` where it could lead to another site.
 *
 * What browsers read differently from what it looks like is refused: backslashes, control characters, `//host`, schemes without a host.
 *
 * @param target What came: a path, or an absolute URL to one of `hosts`. Anything but text is refused
 * @param fallback Where to go instead (default: `/`)
 */
export function safeNext(target: unknown, fallback = '/', options: SafeNextOptions = {}): string {
  return typeof target === 'string' && isSafeTarget(target.trim(), options) ? target.trim() : fallback
}

function isSafeTarget(target: string, { hosts = [], https = false }: SafeNextOptions): boolean {
  if (target === '' || target.length > maxLength || /[\p{C}\\]/u.test(target) || target.startsWith('///')) return false
  const isRelative = target.startsWith('//')
  if (!isRelative && !/^[^/?#]*:/.test(target)) return true
  // A browser takes the protocol of the page for it, which need not be https.
  if (isRelative && https) return false
  const text = isRelative ? `https:${target}` : target
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return false
  const { host, protocol, username, password } = new URL(text)
  if (username !== '' || password !== '' || (https && protocol !== 'https:')) return false
  return hosts.some((allowed) => allowed.toLowerCase() === host)
}
