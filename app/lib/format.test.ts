import { describe, expect, it } from 'vitest'
import { formatDate, formatMoney, formatPlural, formatRuntime, formatScore, formatShortMoney } from './format.ts'

describe('formatting', () => {
  it('writes money in whole dollars, and short where there is little room', () => {
    expect(formatMoney(1_842_879_955n)).toBe('$1,842,879,955')
    expect(formatShortMoney(1_842_879_955n)).toBe('$1.8B')
  })

  it('writes dates in UTC, whatever the time zone of the machine', () => {
    expect(formatDate(new Date('1997-12-19T00:00:00Z'))).toBe('December 19, 1997')
  })

  it('writes running times in hours and minutes', () => {
    expect(formatRuntime(194)).toBe('3 h 14 min')
    expect(formatRuntime(120)).toBe('2 h')
    expect(formatRuntime(45)).toBe('45 min')
  })

  it('writes scores with one decimal and counts with their noun', () => {
    expect(formatScore(8)).toBe('8.0')
    expect(formatPlural(1, 'film')).toBe('1 film')
    expect(formatPlural(1_830, 'company', 'companies')).toBe('1,830 companies')
  })
})
