/**
 * `npm test`: what must hold before a change is accepted. The checks of `npm run check`, then every test: unit and type
 * tests, then browser tests against the built app.
 *
 * npm test -- unit [vitest arguments]       only these
 * npm test -- e2e [playwright arguments]    only these
 * npm test -- app/lib/films.test.ts         one file, whichever it is
 *
 * The last line says `N passed, N failed`; the exit code is 0 only when nothing failed.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SECRET } from '../../e2e/secret.ts'
import { ensureBrowser } from '../lib/install-browser.ts'
import { ensureServices } from '../lib/install-services.ts'
import { hotclub, root, run, say } from '../lib/run.ts'
import { formatTotals, fromPlaywright, fromVitest, readTotals, sum, type Totals } from '../lib/totals.ts'

const reports = join(root, '.cache/test')
const failure: Totals = { passed: 0, failed: 1, skipped: 0 }

const args = process.argv.slice(2)
const { unit, e2e } = choose(args)
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const totals: Totals[] = []
// The framework's own tests drive a browser too. It comes first: a missing one is better known before minutes of other tests.
const browser = await ensureBrowser()
if (!browser) totals.push(failure)
if (unit && !(await ensureServices())) totals.push(failure)

if (args.length === 0) {
  say('Format, lint, types, dead code, package (npm run check)')
  const { code } = await run(process.execPath, [join(import.meta.dirname, 'check.ts')], { show: true })
  totals.push(code === 0 ? { passed: 1, failed: 0, skipped: 0 } : failure)
}
say('Generating the database client and types (hotclub generate)')
if ((await hotclub(['generate'], { show: true })).code !== 0) totals.push(failure)
if (unit) totals.push(await runUnit(unit))
if (e2e && browser) totals.push(await runE2e(e2e))

const total = sum(totals)
console.log(`\n${formatTotals(total)}`)
process.exitCode = total.failed === 0 ? 0 : 1

/** What the arguments ask for: the arguments of each runner, `undefined` for one that is not to run. */
function choose(args: string[]): { unit?: string[]; e2e?: string[] } {
  const [first, ...rest] = args
  if (first === undefined) return { unit: [], e2e: [] }
  if (first === 'unit') return { unit: rest }
  if (first === 'e2e') return { e2e: rest }
  return args.some((arg) => arg.startsWith('e2e/') || arg.includes('.spec.')) ? { e2e: args } : { unit: args }
}

async function runUnit(args: string[]): Promise<Totals> {
  say('Unit and type tests (vitest)')
  const file = join(reports, 'unit.json')
  const { code } = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], {
    show: true,
  })
  return readTotals(file, code, fromVitest)
}

async function runE2e(args: string[]): Promise<Totals> {
  say('Building the app for the browser tests (hotclub build)')
  // e2e/client-files.spec.ts looks for the secret in what the browser gets.
  const built = await hotclub(['build'], { show: true, env: { SECRET_KEY: SECRET } })
  if (built.code !== 0) return failure
  say('Browser tests (playwright)')
  const file = join(reports, 'e2e.json')
  const { code } = await run('playwright', ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json', ...args], {
    show: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  })
  return readTotals(file, code, fromPlaywright)
}
