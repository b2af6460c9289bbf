import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromWall, toWall } from './zones.ts'

describe('the time of day in a zone', () => {
  it('is written as inputs take it, seconds only where there are any', () => {
    expect(toWall(new Date('2026-07-01T10:00:00Z'), 'Europe/Paris')).toBe('2026-07-01T12:00')
    expect(toWall(new Date('2026-07-01T10:00:05Z'))).toBe('2026-07-01T10:00:05')
    expect(toWall(new Date('2026-07-01T10:00:00.250Z'), 'Asia/Kathmandu')).toBe('2026-07-01T15:45:00.250')
  })

  it('is read back as the same instant, in any zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Paris',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Kathmandu',
      'America/Sao_Paulo',
    )
    fc.assert(
      fc.property(fc.date({ min: new Date('1975-01-01'), max: new Date('2037-01-01'), noInvalidDate: true }), zones, (date, zone) => {
        const wall = toWall(date, zone)
        const read = fromWall(wall, zone)!
        // Clocks that are set back show some times twice; the first is taken.
        expect(read.getTime()).toBeLessThanOrEqual(date.getTime())
        expect(toWall(read, zone)).toBe(wall)
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes the first of a time that clocks show twice, and moves on one that they skip', () => {
    expect(fromWall('2026-10-25T02:30', 'Europe/Paris')).toEqual(new Date('2026-10-25T00:30:00Z'))
    expect(fromWall('2026-03-29T02:30', 'Europe/Paris')).toEqual(new Date('2026-03-29T01:30:00Z'))
  })

  it('needs no zone where the text has an offset', () => {
    expect(fromWall('2026-03-29T02:30+05:30', 'Europe/Paris')).toEqual(new Date('2026-03-28T21:00:00Z'))
    expect(fromWall('2026-03-29T02:30:00Z', 'Europe/Paris')).toEqual(new Date('2026-03-29T02:30:00Z'))
  })

  it('refuses what is no time', () => {
    for (const text of ['2026-02-30', '2026-13-01', '2026-01-01T24:00', '2026-01-01T10:60', '2026-1-1', 'tomorrow', '', '99999-01-01'])
      expect(fromWall(text), text).toBeUndefined()
  })
})
