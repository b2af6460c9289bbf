import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProxyTrust } from './trusted-proxy.ts'

const forwarded = (chain: string): Record<string, string> => ({ 'x-forwarded-for': chain })

describe('createProxyTrust', () => {
  it('believes nobody by default', () => {
    expect(createProxyTrust(false)).toBeUndefined()
  })

  it('counts hops from the right, so that what a visitor sends is never reached', () => {
    const one = createProxyTrust(1)!
    expect(one('10.0.0.1', forwarded('6.6.6.6, 1.2.3.4'))!.ip).toBe('1.2.3.4')
    expect(createProxyTrust(2)!('10.0.0.1', forwarded('6.6.6.6, 1.2.3.4, 10.0.0.2'))!.ip).toBe('1.2.3.4')
    expect(one('10.0.0.1', {})!.ip).toBe('10.0.0.1')
    expect(one('10.0.0.1', forwarded('<script>'))!.ip).toBe('10.0.0.1')
  })

  it('walks over trusted addresses and networks, in either notation', () => {
    const trust = createProxyTrust(['10.0.0.0/8', 'fd00::/8', '192.0.2.7'])!
    expect(trust('::ffff:10.0.0.1', forwarded('6.6.6.6, 1.2.3.4, 192.0.2.7, fd00::5'))!.ip).toBe('1.2.3.4')
    expect(trust('11.0.0.1', forwarded('1.2.3.4'))).toBeUndefined()
    expect(trust(undefined, forwarded('1.2.3.4'))).toBeUndefined()
  })

  it('reads host and protocol at the distance of the visitor, and only where they are sound', () => {
    const two = createProxyTrust(2)!
    const answer = two('10.0.0.1', {
      ...forwarded('1.2.3.4, 10.0.0.2'),
      'x-forwarded-host': 'evil, a.example, b.example',
      'x-forwarded-proto': 'https',
    })
    expect(answer).toEqual({ ip: '1.2.3.4', host: 'a.example', protocol: 'https:' })
    expect(two('10.0.0.1', { 'x-forwarded-host': 'a/b', 'x-forwarded-proto': 'javascript' })).toMatchObject({
      host: undefined,
      protocol: undefined,
    })
  })

  it('never lets entries on the left change the result', () => {
    const ip = fc.ipV4()
    fc.assert(
      fc.property(fc.array(ip), ip, (spoofed, client) => {
        for (const trust of [createProxyTrust(1)!, createProxyTrust(['127.0.0.1'])!]) {
          fc.pre(client !== '127.0.0.1')
          expect(trust('127.0.0.1', forwarded([...spoofed, client].join(', ')))!.ip).toBe(client)
        }
      }),
    )
  })

  it('says which entry is no address', () => {
    expect(() => createProxyTrust(['10.0.0.0/8', 'proxy.local'])).toThrow("'proxy.local'")
  })
})
