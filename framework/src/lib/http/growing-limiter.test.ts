import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createGrowingLimiter, type GrowingLimiter } from './growing-limiter.ts'

let counter = 0
/** Limits of the same numbers share a store over the whole file, so each test has a key of its own. */
let key: string
let limiter: GrowingLimiter
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  limiter = createGrowingLimiter({ free: 3, longest: 60, memory: 10_000 })
  key = `test ${++counter}`
})
afterEach(() => void vi.useRealTimers())

const pass = (seconds: number): void => void vi.advanceTimersByTime(seconds * 1_000)
const tryIt = async (): Promise<number> => (await limiter.enter(key)).retryAfter
async function tryTimes(times: number, name = key): Promise<number> {
  const entries = await Promise.all(Array.from({ length: times }, () => limiter.enter(name)))
  return entries.filter(({ allowed }) => allowed).length
}

describe('createGrowingLimiter', () => {
  it('lets some through, and then one after each wait, which doubles up to the longest', async () => {
    expect(await tryTimes(4)).toBe(4)
    const waits: number[] = []
    for (let times = 0; times < 8; times++) {
      const wait = await tryIt()
      waits.push(wait)
      pass(wait)
      expect(await tryIt()).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })

  it('does not count who was refused', async () => {
    await tryTimes(4)
    for (let times = 0; times < 50; times++) expect(await tryIt()).toBe(1)
    pass(1)
    expect(await tryIt()).toBe(0)
    expect(await tryIt()).toBe(2)
  })

  it('lets no more through when many ask at once', async () => {
    expect(await tryTimes(100)).toBe(4)
    pass(1)
    expect(await tryTimes(100)).toBe(1)
    pass(1)
    expect(await tryTimes(100)).toBe(0)
    pass(1)
    expect(await tryTimes(100)).toBe(1)
  })

  it('begins anew after a quiet time, and not before', async () => {
    await tryTimes(4)
    pass(1)
    await tryTimes(1)
    pass(9_000)
    // Remembered from the last time on, not from the first.
    expect(await tryTimes(10)).toBe(1)
    pass(9_000)
    expect(await tryTimes(10)).toBe(1)
    pass(11_000)
    expect(await tryTimes(10)).toBe(4)
  })

  it('forgets when told to', async () => {
    await tryTimes(10)
    await limiter.forget(key)
    expect(await tryTimes(10)).toBe(4)
  })

  it('takes one time back: a free one, and one after a wait', async () => {
    for (let times = 0; times < 20; times++) await (await limiter.enter(key)).undo()
    expect(await tryTimes(10)).toBe(4)
    pass(1)
    for (let times = 0; times < 20; times++) {
      const entry = await limiter.enter(key)
      expect(entry.allowed).toBe(true)
      await entry.undo()
    }
    expect(await tryIt()).toBe(0)
    expect(await tryIt()).toBe(2)
  })

  it('gives nothing back to who was refused', async () => {
    await tryTimes(4)
    await (await limiter.enter(key)).undo()
    expect(await tryIt()).toBe(1)
  })

  it('counts keys apart', async () => {
    expect([await tryTimes(10), await tryTimes(10, 'another')]).toEqual([4, 4])
  })
})
