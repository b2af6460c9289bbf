import { describe, expect, it } from 'vitest'
import { negotiateEncoding } from './accept-encoding.ts'

const offered = ['zstd', 'br', 'gzip'] as const

describe('negotiateEncoding', () => {
  it('takes the best offer among equals', () => {
    expect(negotiateEncoding('gzip, deflate, br, zstd', offered)).toBe('zstd')
    expect(negotiateEncoding('gzip, deflate, br', offered)).toBe('br')
    expect(negotiateEncoding('*', offered)).toBe('zstd')
  })

  it('follows weights', () => {
    expect(negotiateEncoding('zstd;q=0.5, gzip;q=0.8', offered)).toBe('gzip')
    expect(negotiateEncoding('br;q=0, *;q=0.1, zstd;q=0', offered)).toBe('gzip')
    expect(negotiateEncoding('GZIP ; Q=0.3', offered)).toBe('gzip')
  })

  it('gives nothing where nothing is welcome, or nothing is liked better', () => {
    for (const header of ['', ',', 'deflate', 'identity', 'gzip;q=0', '*;q=0', 'gzip;q=x', 'gzip;q=2', 'identity, gzip;q=0.5'])
      expect.soft(negotiateEncoding(header, offered), header).toBeUndefined()
  })
})
