/**
 * Brings an address to the form that names its owner: an IPv4 address inside IPv6 (`::ffff:192.0.2.1`), as sockets for both families give
 * it, becomes plain.
 */
export function plainIp(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}
