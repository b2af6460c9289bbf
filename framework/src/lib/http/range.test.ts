import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRange } from './range.ts'

describe('parseRange', () => {
  it('reads first and last, open ends and suffixes', () => {
    expect(parseRange('bytes=0-0', 10)).toEqual([{ start: 0, end: 0 }])
    expect(parseRange('bytes=5-', 10)).toEqual([{ start: 5, end: 9 }])
    expect(parseRange('bytes=-3', 10)).toEqual([{ start: 7, end: 9 }])
    expect(parseRange('bytes=-30', 10)).toEqual([{ start: 0, end: 9 }])
    expect(parseRange(' Bytes = 0-1 , 8-20 ', 10)).toEqual([
      { start: 0, end: 1 },
      { start: 8, end: 9 },
    ])
  })

  it('gives an empty list when no part exists', () => {
    expect(parseRange('bytes=10-', 10)).toEqual([])
    expect(parseRange('bytes=-0', 10)).toEqual([])
    expect(parseRange('bytes=-5', 0)).toEqual([])
  })

  it('ignores what it cannot read, and what costs more than the whole', () => {
    for (const header of [
      '',
      'bytes',
      'bytes=',
      'bytes=-',
      'bytes=a-b',
      'bytes=5-4',
      'bytes=1-2,x',
      'items=0-1',
      'bytes=1--2',
      'bytes=0x1-2',
    ])
      expect.soft(parseRange(header, 10), header).toBeUndefined()
    expect(parseRange('bytes=0-9,0-9', 10)).toBeUndefined()
    expect(parseRange(`bytes=${'0-0,'.repeat(30)}0-0`, 1000)).toBeUndefined()
  })

  it('selects the bytes that a simple reading of the RFC selects', () => {
    const end = fc.option(fc.nat(30), { nil: undefined })
    fc.assert(
      fc.property(end, end, fc.nat(25), (first, last, size) => {
        fc.pre(first !== undefined || last !== undefined)
        const broken = first !== undefined && last !== undefined && last < first
        const all = Array.from({ length: size }, (_, i) => i)
        const wanted = all.filter((i) => (first === undefined ? i >= size - last! : i >= first && (last === undefined || i <= last)))
        const ranges = parseRange(`bytes=${first ?? ''}-${last ?? ''}`, size)
        const given = ranges?.flatMap(({ start, end: to }) => Array.from({ length: to - start + 1 }, (_, i) => start + i))
        expect(given).toEqual(broken ? undefined : wanted)
      }),
    )
  })
})
