/**
 * What a password costs, and what a flood of sign-ins does to a server: to its memory, and to everything else that uses Node's thread pool,
 * for which a file stands that is read meanwhile.
 */
import { readFile } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { hashPassword, verifyPassword } from '../framework/src/lib/auth/passwords/passwords.ts'
import { isHttpError } from '../framework/src/lib/core/results.ts'
import { median } from './lib/load.ts'

const stored = await hashPassword('a long walk by the sea')

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const times: number[] = []
for (let round = 0; round < 15; round++) times.push(await timeOf(() => verifyPassword('a long walk by the sea', stored)))
console.log(`verifying a password: ${median(times).toFixed(0)} ms`)

const read = (): Promise<unknown> => readFile(import.meta.filename)
const quiet: number[] = []
for (let round = 0; round < 200; round++) quiet.push(await timeOf(read))

const before = process.memoryUsage.rss()
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
let most = 0
let turnedAway = 0
let isOver = false
const wave = async (): Promise<void> => {
  const answers = await Promise.allSettled(Array.from({ length: 500 }, () => verifyPassword('guess', stored)))
  for (const answer of answers) if (answer.status === 'rejected' && isHttpError(answer.reason)) turnedAway++
}
const flood = (async () => {
  for (let count = 0; count < 4; count++) await wave()
})().finally(() => (isOver = true))
const busy: number[] = []
while (!isOver) {
  busy.push(await timeOf(read))
  most = Math.max(most, process.memoryUsage.rss())
}
await flood
delay.disable()

const p99 = (values: number[]): string => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)]!.toFixed(1)
console.log('a flood of four times 500 guesses at once:')
console.log(`  turned away with 503            ${turnedAway}`)
console.log(`  memory, at most above before    ${((most - before) / 1e6).toFixed(0)} MB`)
console.log(`  event loop held up, p99         ${(delay.percentile(99) / 1e6).toFixed(1)} ms`)
console.log(
  `  reading a file, median and p99  ${median(busy).toFixed(1)} and ${p99(busy)} ms (quiet: ${median(quiet).toFixed(1)} and ${p99(quiet)})`,
)
