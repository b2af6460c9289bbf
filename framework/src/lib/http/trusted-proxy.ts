import { BlockList, isIP } from 'node:net'
import { isValidHost } from './host.ts'
import { plainIp } from './ip.ts'

/** What trusted proxies say about the visitor. `undefined` where they say nothing. */
export interface Forwarded {
  /** The visitor's address: the last one that no trusted proxy speaks from. */
  ip: string
  host: string | undefined
  protocol: 'http:' | 'https:' | undefined
}

type HeaderValues = Record<string, string | string[] | undefined>

/** Decides for each request what to believe; `undefined` where its sender is no trusted proxy. */
export type ProxyTrust = (peer: string | undefined, headers: HeaderValues) => Forwarded | undefined

/**
 * Reads the setting `trustedProxies`.
 *
 * A number trusts that many hops: with 1 the visitor is the last entry of `X-Forwarded-For`. Addresses trust whoever speaks from them,
 * entry by entry from the right. `X-Forwarded-Host` and `-Proto` are read at the same distance; a single value is taken as it is.
 * A proxy must set or clear these headers itself: what it passes on unread is the visitor's own word.
 *
 * @param trusted `false`, a number of hops, or addresses and networks (`10.0.0.0/8`)
 * @returns The decision, or `undefined` when nothing is ever trusted
 * @throws {TypeError} when an entry is no address and no network
 */
export function createProxyTrust(trusted: false | number | string[]): ProxyTrust | undefined {
  if (trusted === false) return undefined
  if (typeof trusted === 'number') return (peer, headers) => byHops(peer, listOf(headers['x-forwarded-for']), trusted, headers)
  const isTrusted = createMatcher(trusted)
  return (peer, headers) => {
    if (peer === undefined || !isTrusted(peer)) return undefined
    const chain = listOf(headers['x-forwarded-for'])
    let hops = 1
    while (hops <= chain.length && isTrusted(chain[chain.length - hops]!)) hops++
    return byHops(peer, chain, hops, headers)
  }
}

function byHops(peer: string | undefined, chain: string[], hops: number, headers: HeaderValues): Forwarded {
  const address = valueAt(chain, hops)
  const host = valueAt(listOf(headers['x-forwarded-host']), hops)
  const protocol = valueAt(listOf(headers['x-forwarded-proto']), hops)?.toLowerCase()
  return {
    ip: (address !== undefined && isIP(address) !== 0 ? address : peer) ?? '',
    host: host !== undefined && isValidHost(host) ? host : undefined,
    protocol: protocol === 'https' || protocol === 'http' ? `${protocol}:` : undefined,
  }
}

function valueAt(list: string[], hops: number): string | undefined {
  return list[Math.max(0, list.length - hops)]
}

function listOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return []
  return String(value)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function createMatcher(entries: string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)))
      throw new TypeError(`'${entry}' is not an address or a network like 10.0.0.0/8.`)
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => {
    const plain = plainIp(address)
    const version = isIP(plain)
    return version !== 0 && list.check(plain, version === 6 ? 'ipv6' : 'ipv4')
  }
}
