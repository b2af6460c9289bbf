import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatTotals, fromPlaywright, fromVitest, readTotals, sum } from './totals.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotclub totals '))
})

afterEach(() => rmSync(folder, { recursive: true }))

const vitest = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 }
const playwright = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } }

describe('formatTotals', () => {
  it('adds the runners up in one plain line', () => {
    expect(formatTotals(sum([fromVitest(vitest), fromPlaywright(playwright)]))).toBe('10 passed, 3 failed, 2 skipped')
  })

  it('leaves skipped tests out when there are none', () => {
    expect(formatTotals({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed')
  })
})

describe('readTotals', () => {
  it('reads the report of a run', () => {
    const file = join(folder, 'report.json')
    writeFileSync(file, JSON.stringify(vitest))

    expect(readTotals(file, 1, fromVitest)).toEqual({ passed: 7, failed: 1, skipped: 2 })
  })

  it('counts a runner that failed without a failed test as a failure', () => {
    const file = join(folder, 'report.json')
    writeFileSync(file, JSON.stringify({ ...vitest, numFailedTests: 0 }))

    expect(readTotals(file, 1, fromVitest).failed).toBe(1)
    expect(readTotals(join(folder, 'missing.json'), 1, fromVitest)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})
