import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { setLogger } from '../core/log.ts'
import { hasMemcached, startMemcached } from './_memcached.ts'
import { type Proxy, startProxy } from './_proxy.ts'
import type { Cache } from './cache.ts'
import { openCache } from './open-cache.ts'
import { memcachedCache } from './plain/memcached-cache.ts'
import { redisCache } from './redis/redis-cache.ts'

const redis = new URL(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379')
const redisPort = Number(redis.port || 6379)
const close: Array<() => Promise<void>> = []
const log: string[] = []

afterEach(async () => {
  for (const end of close.splice(0).toReversed()) await end()
  log.length = 0
  setLogger(undefined)
})

/** Two processes with Redis, the first through a proxy. */
async function open(): Promise<{ proxy: Proxy; cache: Cache; other: Cache; prefix: string }> {
  setLogger({ debug() {}, info: (_, message) => log.push(message), warn() {}, error: (_, message) => log.push(message) })
  const prefix = `test ${randomUUID()}`
  const proxy = await startProxy(redisPort)
  close.push(proxy.close)
  const [cache, other] = [`redis://127.0.0.1:${proxy.port}`, redis.href].map((url) => {
    const opened = openCache({ store: redisCache(url, { prefix, grace: 500 }), bytes: 1_000_000, seconds: 300 })
    close.push(opened.close)
    return opened.cache
  })
  await expect.poll(() => isUp(cache!)).toBe(true)
  return { proxy, cache: cache!, other: other!, prefix }
}

const isUp = async (cache: Cache): Promise<boolean> => (await cache.increment('up')) !== undefined

/** All there is to ask of a cache. */
async function askAll(cache: Cache): Promise<unknown[]> {
  await Promise.all([cache.set('a', 1), cache.setMany([['b', 1]]), cache.invalidate('t'), cache.namespace('n').clear()])
  return await Promise.all([
    cache.get('a'),
    cache.has('a'),
    cache.add('c', 1),
    cache.getOrSet('d', () => 'made'),
    cache.delete('a'),
    cache.getMany(['a', 'b']),
    cache.deleteMany(['a', 'b']),
    cache.increment('e'),
    cache.touch('a', 10),
  ])
}
const nothing = [undefined, false, false, 'made', false, new Map(), 0, undefined, false]

describe('a cache whose server', () => {
  it.each(['cut', 'stall'] as const)('is gone (%s) answers, says so once, and comes back by itself', async (way) => {
    const { proxy, cache } = await open()
    await cache.set('a', 'before')
    proxy[way]()
    await expect.poll(() => isUp(cache), { timeout: 10_000 }).toBe(false)
    for (let round = 0; round < 5; round++) expect(await askAll(cache)).toEqual(nothing)
    await expect.poll(() => log).toEqual([expect.stringContaining('cannot be reached')])
    proxy.mend()
    await expect.poll(() => isUp(cache), { timeout: 10_000 }).toBe(true)
    expect(log).toHaveLength(2)
    // What was set in the outage was dropped, and so was what it would have taken the place of.
    expect(await cache.get('a')).toBe(undefined)
    await cache.set('a', 'after')
    expect(await cache.get('a')).toBe('after')
  })

  it('never was there answers too, and is used as soon as it is', async () => {
    setLogger({ debug() {}, info() {}, warn() {}, error() {} })
    const proxy = await startProxy(redisPort)
    proxy.cut()
    const opened = openCache({
      store: redisCache(`redis://127.0.0.1:${proxy.port}`, { prefix: `test ${randomUUID()}`, grace: 100 }),
      bytes: 1_000_000,
      seconds: 300,
    })
    close.push(proxy.close, opened.close)
    expect(await askAll(opened.cache)).toEqual(nothing)
    proxy.mend()
    await expect.poll(() => isUp(opened.cache), { timeout: 10_000 }).toBe(true)
  })

  it('began anew, perhaps from what it saved a while ago, serves nothing from before', async () => {
    const { proxy, cache, other, prefix } = await open()
    await other.set('a', 'old')
    const client = new Redis(redis.href)
    close.push(async () => client.disconnect())
    await client.set(`{${prefix}}:run`, 'another run of the server')
    proxy.cut()
    await expect.poll(() => isUp(cache)).toBe(false)
    proxy.mend()
    await expect.poll(() => isUp(cache), { timeout: 10_000 }).toBe(true)
    expect(await cache.get('a')).toBe(undefined)
    await expect.poll(() => other.get('a')).toBe(undefined)
  })
})

describe('a process that was cut off', () => {
  it('tells what it has invalidated, cleared and deleted as soon as it can', async () => {
    const { proxy, cache, other } = await open()
    await other.set('tagged', 'old', { tags: ['t'] })
    await other.set('deleted', 'old')
    await other.set('replaced', 'old')
    await other.namespace('n').set('cleared', 'old')
    proxy.cut()
    await expect.poll(() => isUp(cache)).toBe(false)
    await cache.invalidate('t')
    await cache.delete('deleted')
    await cache.set('replaced', 'new')
    await cache.namespace('n').clear()
    expect(await other.get('tagged')).toBe('old')
    proxy.mend()
    await expect.poll(() => other.getMany(['tagged', 'deleted', 'replaced']), { timeout: 10_000 }).toEqual(new Map())
    expect(await other.namespace('n').get('cleared')).toBe(undefined)
  })

  it('serves itself nothing that it could not tell yet, and tries again', async () => {
    const { other, prefix } = await open()
    const store = redisCache(redis.href, { prefix }).open({ db: undefined })!
    const { invalidate } = store
    let failures = 2
    store.invalidate = async (tags) => {
      if (failures-- > 0) throw new Error('A packet was lost.')
      await invalidate.call(store, tags)
    }
    const { cache, close: end } = openCache({ store: { open: () => store }, bytes: 1_000_000, seconds: 300 })
    close.push(end)
    const [inside, insideOther] = [cache, other].map((one) => one.namespace('n'))
    await other.set('a', 'old', { tags: ['t'] })
    await insideOther!.set('b', 'old')
    expect([await cache.get('a'), await inside!.get('b')]).toEqual(['old', 'old'])
    await cache.invalidate('t')
    await inside!.clear()
    expect([await cache.get('a'), await inside!.get('b')]).toEqual([undefined, undefined])
    await expect.poll(async () => [await other.get('a'), await insideOther!.get('b')]).toEqual([undefined, undefined])
    expect([await cache.get('a'), await inside!.get('b')]).toEqual([undefined, undefined])
    await inside!.set('b', 'new')
    await expect.poll(() => insideOther!.get('b')).toBe('new')
  })

  it('is waited for by others that were cut off as well', async () => {
    const proxies = [await startProxy(redisPort), await startProxy(redisPort)]
    const prefix = `test ${randomUUID()}`
    setLogger({ debug() {}, info() {}, warn() {}, error() {} })
    const [writer, reader] = proxies.map(({ port, close: end }) => {
      const opened = openCache({ store: redisCache(`redis://127.0.0.1:${port}`, { prefix, grace: 1_000 }), bytes: 1_000_000, seconds: 300 })
      close.push(end, opened.close)
      return opened.cache
    })
    for (let round = 0; round < 3; round++) {
      const key = `key ${round}`
      await expect.poll(() => isUp(writer!), { timeout: 10_000 }).toBe(true)
      await reader!.set(key, 'old', { tags: [key] })
      for (const proxy of proxies) proxy.cut()
      await expect.poll(() => isUp(reader!)).toBe(false)
      await expect.poll(() => isUp(writer!)).toBe(false)
      await writer!.invalidate(key)
      // The reader is connected again before the writer is.
      proxies[1]!.mend()
      while (!proxies[1]!.isUsed) await turn()
      proxies[0]!.mend()
      while (!(await isUp(reader!))) await turn()
      expect(await reader!.get(key)).toBe(undefined)
    }
  })

  it('drops everything where there was too much to remember', async () => {
    const { proxy, cache, other } = await open()
    await other.set('a', 'old')
    proxy.cut()
    await expect.poll(() => isUp(cache)).toBe(false)
    await cache.invalidate(...Array.from({ length: 10_001 }, (_, n) => `tag ${n}`))
    proxy.mend()
    await expect.poll(() => other.get('a'), { timeout: 10_000 }).toBe(undefined)
  })
})

describe.runIf(hasMemcached)('a cache whose Memcached', () => {
  it('stops answers on', async () => {
    setLogger({ debug() {}, info() {}, warn() {}, error() {} })
    const server = await startMemcached()
    const opened = openCache({ store: memcachedCache(`127.0.0.1:${server.port}`), bytes: 1_000_000, seconds: 300 })
    close.push(opened.close)
    expect(await isUp(opened.cache)).toBe(true)
    await server.stop()
    await expect.poll(() => isUp(opened.cache), { timeout: 10_000 }).toBe(false)
    expect(await askAll(opened.cache)).toEqual(nothing)
  })
})
