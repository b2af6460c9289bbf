import { existsSync, readFileSync } from 'node:fs'

/** How many tests ended how, over one or more runners. */
export interface Totals {
  passed: number
  failed: number
  skipped: number
}

/** The parts that are read of what vitest's JSON reporter writes. */
interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

/** The parts that are read of what Playwright's JSON reporter writes. */
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

/** The totals of a vitest report. */
export function fromVitest(report: VitestReport): Totals {
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests }
}

/** The totals of a Playwright report. A flaky test passed in the end, but not by its own strength: it counts as failed. */
export function fromPlaywright({ stats }: PlaywrightReport): Totals {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

/**
 * Reads a runner's report. A runner that failed without a failed test (a file that does not load, a report that was never written)
 * counts as one failure, so that no breakage passes for green.
 *
 * @param file Where the runner wrote its JSON
 * @param code The runner's exit code
 */
export function readTotals<R>(file: string, code: number, read: (report: R) => Totals): Totals {
  const totals = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8')) as R) : { passed: 0, failed: 0, skipped: 0 }
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals
}

/** The sum of several totals. */
export function sum(all: Totals[]): Totals {
  const add = (key: keyof Totals) => all.reduce((count, totals) => count + totals[key], 0)
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') }
}

/** `12 passed, 0 failed`, with the skipped when there are any: the last line of `npm test`. */
export function formatTotals({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
