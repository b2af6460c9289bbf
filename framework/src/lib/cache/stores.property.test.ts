import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { CacheChoice } from '../core/cache.ts'
import { commands, Model, run } from './_commands.ts'
import { type OpenCache, openCache } from './open-cache.ts'
import { redisCache } from './redis/redis-cache.ts'

const redisUrl = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const opened: OpenCache[] = []
afterAll(() => Promise.all(opened.map((one) => one.close())))

function open(store: CacheChoice): OpenCache {
  const cache = openCache({ store, bytes: 10_000_000, seconds: 300 })
  opened.push(cache)
  return cache
}

const stores: Array<[name: string, choice: () => CacheChoice, runs: number]> = [
  ['Redis', () => redisCache(redisUrl, { prefix: `test ${randomUUID()}`, timeout: 5_000 }), 200],
]

describe.each(stores)('a cache in %s', (_, choose, numRuns) => {
  it('answers like the simplest thing that could, whichever of two processes is asked', async () => {
    const choice = choose()
    const both = [open(choice).cache, open(choice).cache]
    await fc.assert(
      fc.asyncProperty(commands([0, 1_000, Infinity]), fc.uuid(), async (steps, name) => {
        const model = new Model()
        for (const step of steps) expect(await run(both[0]!.namespace(name), step)).toEqual(model.run(step))
      }),
      { numRuns },
    )
  })
})
