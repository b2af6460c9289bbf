/**
 * `npm run check`: all that can be said about the code without running it. Fast checks start first, as many at once as there are
 * processors; every failure is shown in full.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { hotclub, root, run, type Finished } from '../lib/run.ts'

interface Check {
  name: string
  /** What mends it, where a command does. */
  mend?: string
  start: () => Promise<Finished>
}

/** Reads vite.config.ts, which imports the framework; packing builds the framework anew, so it waits for this to end. */
let deadCode: Promise<Finished> | undefined

const checks: Check[] = [
  { name: 'format', mend: 'npx oxfmt', start: () => run('oxfmt', ['--check']) },
  { name: 'lint', mend: 'npx oxlint --fix (some)', start: () => run('oxlint', []) },
  { name: 'types of the framework', start: () => run('tsc', ['-p', 'framework/tsconfig.json']) },
  { name: 'types of the app', start: () => run('tsc', ['-p', 'tsconfig.json']) },
  { name: 'types of the scripts', start: () => run('tsc', ['-p', 'scripts/tsconfig.json']) },
  {
    name: 'dead code',
    start: () =>
      (deadCode = run('knip', ['--config', 'scripts/knip.json', '--no-progress', '--no-config-hints'], {
        env: { NODE_OPTIONS: '--conditions=hotclub-source' },
      })),
  },
  { name: 'package', start: checkPackage },
]

const failed: string[] = []
// The types of both apps, Matinée's and the one that is measured.
for (const cwd of [root, join(root, 'bench/app')]) {
  const { code, output } = await hotclub(['generate'], { cwd })
  if (code === 0) continue
  failed.push('generate')
  console.log(`✗ generate (hotclub generate)\n${output}`)
}

const waiting = [...checks]
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1

async function work(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const begun = performance.now()
    const { code, output } = await check.start()
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    if (code === 0) console.log(`✓ ${check.name} (${seconds} s)`)
    else {
      failed.push(check.name)
      console.log(`✗ ${check.name} (${seconds} s)${check.mend ? ` · mend: ${check.mend}` : ''}\n${output.trimEnd()}\n`)
    }
  }
}

/** Packs the framework as npm would publish it, and looks at what came out. */
async function checkPackage(): Promise<Finished> {
  await deadCode
  const folder = join(root, '.cache/package')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const packed = await run('npm', ['pack', '--workspace', 'hotclub', '--pack-destination', folder, '--loglevel=error'])
  const [tarball] = readdirSync(folder)
  if (packed.code !== 0 || tarball === undefined) return { code: 1, output: packed.output }
  const results = await Promise.all([
    run('publint', ['--strict', join(folder, tarball)]),
    run('attw', [join(folder, tarball), '--profile', 'esm-only', '--no-emoji']),
  ])
  const bad = results.filter(({ code }) => code !== 0)
  return { code: bad.length === 0 ? 0 : 1, output: bad.map(({ output }) => output).join('\n') }
}
