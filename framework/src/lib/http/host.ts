/** Bytes a `Host` may hold; everything else could change where the host ends in a URL. */
const shape = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i

let lastValid = ''

/**
 * Whether the value of a `Host` header can stand in a URL. Names like `a..b`, `1.2.3.999` or `h:99999` cannot, though they look well.
 *
 * @param host Name or address, with an optional port
 */
export function isValidHost(host: string): boolean {
  // Nearly all requests of a process name one host, and a real parse of it would cost more than the rest of the checks.
  if (host === lastValid) return true
  if (host.length > 260 || !shape.test(host) || !URL.canParse(`http://${host}/`)) return false
  lastValid = host
  return true
}

/**
 * Whether a host is this machine itself, by any of its names.
 *
 * @param host With or without a port
 */
export function isLoopback(host: string): boolean {
  return /^(?:(?:[\w-]+\.)*localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(host)
}
