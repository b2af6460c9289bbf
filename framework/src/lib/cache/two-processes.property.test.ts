/**
 * Two processes with a real Redis between them, each on a connection that can be cut. They read and write some sources at random, values are
 * made of sources, and no value may be older than what its reader must know.
 */
import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CacheStore } from '../core/cache.ts'
import { setLogger } from '../core/log.ts'
import { type Proxy, startProxy } from './_proxy.ts'
import { type OpenCache, openCache } from './open-cache.ts'
import { redisCache } from './redis/redis-cache.ts'

const redis = new URL(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379')
const prefix = `test ${randomUUID()}`

/** One of the two. */
interface Process extends OpenCache {
  proxy: Proxy
  /** Whether its connection is cut: then no news can be told from each other. */
  isCut: boolean
  /** What it has told, in order: sources with their versions. */
  told: Array<ReadonlyMap<string, number>>
  /** How much of what the other has told it has heard. */
  heard: number
  /** The versions that it must know of. */
  known: Map<string, number>
}

let processes: [Process, Process]
/** The sources: a version each. */
const sources = new Map<string, number>()
const versionOf = (source: string): number => sources.get(source) ?? 0

function learn(process: Process, versions: Iterable<readonly [string, number]>): void {
  for (const [source, version] of versions) process.known.set(source, Math.max(version, process.known.get(source) ?? 0))
}

/** Starts a process that writes down what it tells, and what it hears. */
async function start(other: () => Process): Promise<Process> {
  const proxy = await startProxy(Number(redis.port || 6379))
  const choice = redisCache(`redis://127.0.0.1:${proxy.port}`, { prefix, timeout: 2_000, grace: 1_000 })
  const open = (): CacheStore => {
    const store = choice.open({ db: undefined })!
    const { connect, invalidate } = store
    store.invalidate = (tags) => {
      own.told.push(new Map(tags.map((tag) => [tag.slice(1), versionOf(tag.slice(1))])))
      return invalidate.call(store, tags)
    }
    store.connect = (events) =>
      connect.call(store, {
        ...events,
        heard(tags) {
          events.heard(tags)
          const news = other().told[own.heard]
          if (news && !own.isCut && !other().isCut && tags.every((tag) => news.has(tag.slice(1)))) {
            own.heard++
            learn(own, news)
          }
        },
      })
    return store
  }
  const cache = openCache({ store: { open }, bytes: 10_000_000, seconds: 300 })
  const own: Process = { ...cache, proxy, isCut: false, told: [], heard: 0, known: new Map() }
  await vi.waitFor(async () => expect(await isUp(own)).toBe(true))
  return own
}

type Step = { by: 0 | 1; pause: number } & (
  | { do: 'read'; key: 0 | 1 | 2; pauses: number[] }
  | { do: 'write'; source: 0 | 1 | 2; isAwaited: boolean }
)

const who = fc.constantFrom(0 as const, 1 as const)
const three = fc.constantFrom(0 as const, 1 as const, 2 as const)
const pause = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(6))
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ by: who, pause, do: fc.constant('read'), key: three, pauses: fc.array(pause, { maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ by: who, pause, do: fc.constant('write'), source: three, isAwaited: fc.boolean() }) },
) as fc.Arbitrary<Step>
const steps = fc.array(step, { minLength: 5, maxLength: 15 })

/** Many stories that go on at once, each with sources and keys of its own. */
const stories = (phases: number) => fc.array(fc.array(steps, { minLength: phases, maxLength: phases }), { minLength: 40, maxLength: 60 })

async function pass(turns: number): Promise<void> {
  for (let n = 0; n < turns; n++) await turn()
}

async function read(story: string, { by, key, pauses }: Step & { do: 'read' }): Promise<void> {
  const reader = processes[by]
  const least = new Map(reader.known)
  const value = await reader.cache.getOrSet(`${story} ${key}`, async (entry) => {
    const found: Record<string, number> = {}
    const look = async (place: number): Promise<number> => {
      const source = `${story} ${place}`
      await pass(pauses[place] ?? 0)
      found[source] = versionOf(source)
      await pass(pauses.at(-1) ?? 0)
      entry.tag(source)
      return found[source]
    }
    // What it depends on depends on what it finds.
    const first = await look(0)
    if (key > 0) await look(key === 1 || first % 2 === 0 ? 1 : 2)
    return found
  })
  for (const [source, version] of Object.entries(value))
    expect(version, `${source}, read by ${by}`).toBeGreaterThanOrEqual(least.get(source) ?? 0)
}

async function write(story: string, { by, source, isAwaited }: Step & { do: 'write' }): Promise<void> {
  const name = `${story} ${source}`
  const version = versionOf(name) + 1
  sources.set(name, version)
  const told = processes[by].cache.invalidate(name)
  learn(processes[by], [[name, version]])
  if (isAwaited) await told
}

/** Begins the steps one after the other, and ends when all have ended. */
async function play(story: string, list: Step[]): Promise<void> {
  const open: Array<Promise<void>> = []
  for (const one of list) {
    await pass(one.pause)
    const going = one.do === 'read' ? read(story, one) : write(story, one)
    if (one.do === 'write' && one.isAwaited) await going
    else open.push(going)
  }
  await Promise.all(open)
}

async function playAll(round: string, all: Step[][][], phase: number): Promise<void> {
  await Promise.all(all.map((phases, number) => play(`${round} ${number}`, phases[phase]!)))
}

const isUp = async ({ cache }: Process): Promise<boolean> => (await cache.increment('up')) !== undefined

beforeAll(async () => {
  setLogger({ debug() {}, info() {}, warn() {}, error() {} })
  processes = [await start(() => processes[1]), await start(() => processes[0])]
})
afterAll(async () => {
  await Promise.all(processes.map((one) => one.close()))
  await Promise.all(processes.map(({ proxy }) => proxy.close()))
  setLogger(undefined)
})

describe('two processes with one Redis', () => {
  it('never serve what is older than their own writes and the news they have had', async () => {
    expect.hasAssertions()
    await fc.assert(
      fc.asyncProperty(stories(1), fc.uuid(), async (all, round) => {
        await playAll(round, all, 0)
      }),
      { numRuns: 40, endOnFailure: true },
    )
  })

  it.each([[[0]], [[1]], [[0, 1]]])('never serve anything old after an outage of %j', async (which) => {
    await fc.assert(
      fc.asyncProperty(stories(5), fc.uuid(), async (all, round) => {
        const cut = which.map((number) => processes[number]!)
        await playAll(round, all, 0)
        // Whatever goes on when the connection is lost goes on.
        const going = playAll(round, all, 1)
        for (const { proxy } of cut) proxy.cut()
        await expect.poll(async () => (await Promise.all(cut.map(isUp))).includes(true)).toBe(false)
        for (const one of cut) one.isCut = true
        await going
        // From here on it has nothing from before: neither in the outage, nor when that is over.
        for (const one of cut) learn(one, sources)
        await playAll(round, all, 2)
        for (const one of cut) {
          one.proxy.mend()
          one.isCut = false
          learn(one, sources)
        }
        await playAll(round, all, 3)
        await expect.poll(async () => (await Promise.all(processes.map(isUp))).includes(false), { timeout: 10_000 }).toBe(false)
        await playAll(round, all, 4)
        for (const [number, one] of processes.entries()) one.heard = processes[1 - number]!.told.length
      }),
      { numRuns: 2, endOnFailure: true },
    )
  })
})
