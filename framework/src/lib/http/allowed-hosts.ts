/** What an app without the setting answers to: this machine's own names. */
const loopbackHosts = ['.localhost', '127.0.0.1', '[::1]']

/** Whether the site is reached by a host's name. */
export type HostCheck = (host: string) => boolean

/**
 * Reads the setting `hosts`. A name allows itself, `.example.com` the domain and everything below it, `*` any name that can be one.
 *
 * @param hosts Without ports; an empty list stands for this machine's own names
 * @param more Allowed beside them: in development, what the server is bound to
 */
export function createHostCheck(hosts: readonly string[], more: readonly string[] = []): HostCheck {
  const allowed = [...(hosts.length === 0 || more.length > 0 ? loopbackHosts : []), ...hosts, ...more].map(normalize)
  const exact = new Set(allowed)
  const suffixes = allowed.filter((host) => host.startsWith('.'))
  const isAny = exact.has('*')
  let last = ''
  return (host) => {
    // Nearly all requests of a process name one host.
    if (host === last) return true
    const name = normalize(withoutPort(host))
    if (!isHostName(name)) return false
    if (!isAny && !exact.has(name) && !suffixes.some((suffix) => name.endsWith(suffix) || name === suffix.slice(1))) return false
    last = host
    return true
  }
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '')
}

/** Names are the same in any letter case and with the root's dot; an IPv6 address has many spellings. */
function normalize(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '')
  return name.startsWith('[') && URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : name
}

/** By RFC 1034; an underscore, which some resolvers take, is in no name that visitors use. */
function isHostName(name: string): boolean {
  return /^(?:\[[\da-f:.]+\]|[a-z\d](?:[a-z\d.-]*[a-z\d])?)$/.test(name) && !name.includes('..')
}
