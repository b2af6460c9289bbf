import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CacheChoice } from '../core/cache.ts'
import { commands, Model, run } from './_commands.ts'
import { providers } from '../db/connection/_databases.ts'
import { hasMemcached, startMemcached } from './_memcached.ts'
import { createTable } from './_table.ts'
import type { Cache } from './cache.ts'
import { openCache } from './open-cache.ts'
import { databaseCache } from './plain/database-cache.ts'
import { memcachedCache } from './plain/memcached-cache.ts'
import { redisCache } from './redis/redis-cache.ts'

const redisUrl = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const prefix = `test ${randomUUID()}`
const timeout = 10_000

/** What a store needs to be opened, and the way to end it. */
interface Place {
  choice: CacheChoice
  db?: unknown
  remove(): Promise<void>
}

const stores: Array<{ name: string; isThere: boolean; runs: number; prepare(): Promise<Place> }> = [
  {
    name: 'Redis',
    isThere: true,
    runs: 200,
    prepare: async () => ({ choice: redisCache(redisUrl, { prefix, timeout }), remove: async () => {} }),
  },
  {
    name: 'Memcached',
    isThere: hasMemcached,
    runs: 200,
    async prepare() {
      const server = await startMemcached()
      return { choice: memcachedCache(`127.0.0.1:${server.port}`, { prefix, timeout }), remove: () => server.stop() }
    },
  },
  ...providers.map((provider) => ({
    name: `the database (${provider})`,
    isThere: true,
    runs: 30,
    async prepare() {
      const { db, remove } = await createTable(provider)
      return { choice: databaseCache(), db, remove }
    },
  })),
]

describe.each(stores.filter(({ isThere }) => isThere))('a cache in $name', ({ prepare, runs }) => {
  const close: Array<() => Promise<void>> = []
  let one: Cache
  let two: Cache

  beforeAll(async () => {
    const { choice, db, remove } = await prepare()
    const open = (): Cache => {
      const opened = openCache({ store: choice, bytes: 10_000_000, seconds: 300 }, { db })
      close.push(opened.close)
      return opened.cache
    }
    ;[one, two] = [open(), open()]
    close.push(remove)
  })
  afterAll(async () => {
    for (const end of close) await end()
  })

  it('answers like the simplest thing that could', async () => {
    await fc.assert(
      fc.asyncProperty(commands([0, 1_000, Infinity]), fc.uuid(), async (steps, name) => {
        const model = new Model()
        for (const step of steps) expect(await run(one.namespace(name), step)).toEqual(model.run(step))
      }),
      { numRuns: runs },
    )
  })

  it('lets one of many add, and counts what all count, over two processes', async () => {
    for (let round = 0; round < 10; round++) {
      const key = randomUUID()
      const added = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).add(key, n)))
      expect(added.filter(Boolean)).toHaveLength(1)
      expect(await one.get(key)).toBe(added.indexOf(true))
      const counts = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).increment(key, 2)))
      expect(counts.toSorted((a, b) => a! - b!)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
    }
  })

  it('lets one of many add over what was invalidated', async () => {
    for (let round = 0; round < 10; round++) {
      const key = randomUUID()
      await one.set(key, 'old', { tags: [key] })
      await two.invalidate(key)
      const added = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).add(key, n)))
      expect(added.filter(Boolean)).toHaveLength(1)
    }
  })

  it('ends entries and counters in time', async () => {
    await one.set('short', 1, { seconds: 0.05 })
    await one.increment('short', 5, { seconds: 1 })
    await one.set('touched', 1, { seconds: 1_000 })
    expect(await one.touch('touched', 0.05)).toBe(true)
    await expect.poll(() => one.getMany(['short', 'touched'])).toEqual(new Map())
    expect(await one.add('short', 2)).toBe(true)
    await expect.poll(() => one.increment('short', 0, { seconds: 1_000 }), { timeout: 5_000 }).toBe(0)
  })

  it('tells the other process of a key that was set, deleted or touched', async () => {
    const read = async (): Promise<unknown[]> => [...(await two.getMany(['set', 'deleted', 'touched'])).entries()]
    for (const key of ['set', 'deleted', 'touched']) await one.set(key, 'old')
    await expect.poll(read).toHaveLength(3)
    await Promise.all([one.set('set', 'new'), one.delete('deleted'), one.touch('touched', 0)])
    await expect.poll(read).toEqual([['set', 'new']])
  })

  it('shares one computation between two processes', async () => {
    const key = randomUUID()
    let count = 0
    const begun = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const compute = async (): Promise<number> => {
      begun.resolve()
      await finish.promise
      return ++count
    }
    const first = one.getOrSet(key, compute)
    await begun.promise
    const second = two.getOrSet(key, compute)
    finish.resolve()
    expect(await Promise.all([first, second])).toEqual([1, 1])
    expect(await two.getOrSet(key, () => 2)).toBe(1)
  })

  it('does not wait for ever for another process', async () => {
    const key = randomUUID()
    const begun = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<string>()
    const slow = one.getOrSet(key, () => {
      begun.resolve()
      return finish.promise
    })
    await begun.promise
    expect(await two.getOrSet(key, () => 'own')).toBe('own')
    finish.resolve('slow')
    expect(await slow).toBe('slow')
  })

  it('keeps nothing that was computed while what it was made from changed', async () => {
    const key = randomUUID()
    const begun = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const old = one.getOrSet(key, async (entry) => {
      begun.resolve()
      await finish.promise
      entry.tag(key)
      return 'old'
    })
    await begun.promise
    await two.invalidate(key)
    finish.resolve()
    expect(await old).toBe('old')
    expect(await one.has(key)).toBe(false)
    expect(await two.getOrSet(key, () => 'new', { tags: [key] })).toBe('new')
    await expect.poll(() => one.get(key)).toBe('new')
  })
})
