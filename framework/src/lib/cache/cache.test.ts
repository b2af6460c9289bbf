import { Decimal } from '@prisma/client/runtime/client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Logger, setLogger } from '../core/log.ts'
import { openCache } from './open-cache.ts'

const minute = 60_000
let now = 0

function open(bytes = 1_000_000, seconds = 300) {
  return openCache({ bytes, seconds }, { now: () => now }).cache
}

/** A promise and the way to settle it. */
const gate = () => Promise.withResolvers<void>()

/** A logger that keeps its warnings. */
function keepWarnings(): string[] {
  const warnings: string[] = []
  const logger: Logger = { debug() {}, info() {}, warn: (_, message) => warnings.push(message), error() {} }
  setLogger(logger)
  return warnings
}
afterEach(() => setLogger(undefined))

describe('values', () => {
  it('are copies: nobody changes what is kept', async () => {
    const cache = open()
    const mine = { list: [1] }
    await cache.set('a', mine)
    mine.list.push(2)
    const other = await cache.get<typeof mine>('a')
    other!.list.push(3)
    const made = await cache.getOrSet('b', () => ({ list: [1] }))
    made.list.push(2)

    expect(await cache.get('a')).toEqual({ list: [1] })
    expect(await cache.get('b')).toEqual({ list: [1] })
  })

  it('are the same object for those who ask for that', async () => {
    const cache = open()
    const made = await cache.getOrSet('a', () => ({ list: [1] }), { asIs: true })

    expect(await cache.getOrSet('a', () => undefined, { asIs: true })).toBe(made)
  })

  it('keep decimals', async () => {
    const cache = open()
    await cache.set('price', { of: new Decimal('12.50') })

    expect(await cache.get('price')).toEqual({ of: new Decimal('12.5') })
  })

  it('are refused where they cannot be kept', async () => {
    await expect(open().set('a', { b: () => 1 })).rejects.toThrow(/HC_CACHE|cannot keep/)
    await expect(open().getOrSet('a', () => new (class Film {})())).rejects.toMatchObject({ code: 'HC_CACHE' })
    await expect(open().set('a', 1, { seconds: -1 })).rejects.toMatchObject({ code: 'HC_CACHE' })
    await expect(open().set('a', 1, { seconds: NaN })).rejects.toMatchObject({ code: 'HC_CACHE' })
    await expect(open().increment('a', 0.5)).rejects.toMatchObject({ code: 'HC_CACHE' })
  })

  it('that were undefined or null are there', async () => {
    const cache = open()
    await cache.getOrSet('a', () => undefined)

    expect(await cache.getOrSet<unknown>('a', () => 'made again')).toBe(undefined)
    expect(await cache.has('a')).toBe(true)
    expect(await cache.getMany(['a', 'b'])).toEqual(new Map([['a', undefined]]))
  })

  it('leave when there is no room, those first that were not used for longest', async () => {
    const cache = open(20_000)
    for (let n = 0; n < 100; n++) {
      await cache.set(`key ${n}`, 'x'.repeat(300))
      await cache.get('key 0')
    }
    expect(await cache.has('key 0')).toBe(true)
    expect(await cache.has('key 1')).toBe(false)
    expect(await cache.has('key 99')).toBe(true)
  })

  it('that are too large are not kept, which is said once', async () => {
    const warnings = keepWarnings()
    const cache = open(8_000)
    await cache.set('a', 'small')
    await cache.set('a', 'x'.repeat(1_000))
    await cache.set('b', 'x'.repeat(1_000))

    expect(await cache.has('a')).toBe(false)
    expect(warnings).toEqual([expect.stringContaining('too large')])
  })
})

describe('getOrSet', () => {
  it('lets all who ask at once share one computation, each with a copy', async () => {
    const cache = open()
    let count = 0
    const values = await Promise.all(Array.from({ length: 50 }, () => cache.getOrSet('a', async () => ({ n: ++count }))))

    expect(values).toEqual(values.map(() => ({ n: 1 })))
    expect(new Set(values).size).toBe(50)
  })

  it('shares no value with somebody who came after what it was made from had changed', async () => {
    const cache = open()
    const [reading, finishing] = [gate(), gate()]
    let source = 'old'
    const read = (wait?: Promise<void>) =>
      cache.getOrSet('a', async (entry) => {
        const value = source
        reading.resolve()
        await wait
        entry.tag('source')
        return value
      })
    const first = read(finishing.promise)
    await reading.promise
    source = 'new'
    void cache.invalidate('source')
    const second = read()
    finishing.resolve()

    expect(await first).toBe('old')
    expect(await second).toBe('new')
    expect(await cache.get('a')).toBe('new')
  })

  it('keeps no value over one that was set meanwhile', async () => {
    const cache = open()
    const [begun, finishing] = [gate(), gate()]
    const made = cache.getOrSet('a', async () => {
      begun.resolve()
      await finishing.promise
      return 'made'
    })
    await begun.promise
    await cache.set('a', 'set')
    finishing.resolve()

    expect(await made).toBe('made')
    expect(await cache.get('a')).toBe('set')
  })

  it('gives a skipped value to one caller alone', async () => {
    const cache = open()
    let count = 0
    const values = await Promise.all(
      Array.from({ length: 10 }, () =>
        cache.getOrSet('a', async (entry) => {
          entry.skip()
          return ++count
        }),
      ),
    )
    expect(new Set(values).size).toBe(10)
    expect(await cache.has('a')).toBe(false)
  })

  it('throws what the computation throws, to whoever shares it, and tries again for the next', async () => {
    const cache = open()
    let count = 0
    const fail = async () => {
      count++
      throw new Error('no source')
    }
    const results = await Promise.allSettled([cache.getOrSet('a', fail), cache.getOrSet('a', fail), cache.getOrSet('a', fail)])

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(count).toBe(2)
    expect(await cache.getOrSet('a', () => 'now')).toBe('now')
  })

  it('gives out a stale value while one caller makes a new one, and keeps it when that fails', async () => {
    keepWarnings()
    const cache = open()
    const options = { seconds: 60, stale: 600 }
    await cache.getOrSet('a', () => 1, options)
    now += 2 * minute
    expect(await cache.get('a')).toBe(undefined)
    expect(await cache.getOrSet('a', () => Promise.reject<number>(new Error('no source')), options)).toBe(1)
    const made = gate()
    const making = (): number => {
      made.resolve()
      return 2
    }
    expect(await cache.getOrSet('a', making, options)).toBe(1)
    await made.promise
    await expect.poll(() => cache.getOrSet('a', () => 3, options)).toBe(2)
  })

  it('never gives out a stale value that was invalidated, or after its time', async () => {
    const cache = open()
    const options = { seconds: 60, stale: 600, tags: ['t'] }
    await cache.getOrSet('a', () => 1, options)
    await cache.getOrSet('b', () => 1, options)
    now += 2 * minute
    void cache.invalidate('t')
    expect(await cache.getOrSet('a', () => 2, options)).toBe(2)
    now += 12 * minute
    expect(await cache.getOrSet('b', () => 3, options)).toBe(3)
  })

  it('lets entries that were made together end apart', async () => {
    const cache = open()
    for (let n = 0; n < 200; n++) await cache.getOrSet(`${n}`, () => n, { seconds: 100 })
    const alive = async () => (await cache.getMany(Array.from({ length: 200 }, (_, n) => `${n}`))).size
    now += 89_000
    expect(await alive()).toBe(200)
    now += 11_000
    expect(await alive()).toBeGreaterThan(50)
    expect(await alive()).toBeLessThan(150)
    now += 11_000
    expect(await alive()).toBe(0)
  })
})

describe('CACHE_URL', () => {
  const openWith = (url: string): unknown => {
    vi.stubEnv('CACHE_URL', url)
    return open()
  }
  afterEach(() => void vi.unstubAllEnvs())

  it('names the store where the settings do not', () => {
    expect(openWith('memory:')).toBeDefined()
    expect(openWith('')).toBeDefined()
    expect(() => openWith('database:')).toThrow(/no model CacheEntry/)
    expect(() => openWith('memcached:')).toThrow(/servers are missing/)
    expect(() => openWith('redis://:port')).toThrow(/no URL of a Redis server/)
    expect(() => openWith('ftp://localhost')).toThrow(/no cache of the kind 'ftp:'/)
  })
})

describe('the ledger of tags', () => {
  it('stays right when there are more tags than it remembers', async () => {
    const cache = open(10_000_000)
    await cache.set('old', 1, { tags: ['first'] })
    await cache.namespace('space').set('kept', 1)
    void cache.invalidate('first')
    await cache.set('used', 1, { tags: ['quiet'] })
    for (let n = 0; n < 100_010; n++) {
      void cache.invalidate(`tag ${n}`)
      if (n % 1_000 === 0) await cache.get('used')
    }
    expect(await cache.has('old')).toBe(false)
    // What is read now and then was found unchanged each time.
    expect(await cache.has('used')).toBe(true)
    await cache.namespace('space').set('kept', 2)
    expect(await cache.namespace('space').get('kept')).toBe(2)
  })
})

describe('a bus', () => {
  it('tells a fellow what to drop, and drops all when news was missed', async () => {
    const listeners: Array<{ heard(tags: readonly string[]): void; missed(): void }> = []
    const join = () => {
      const own = { heard: (tags: readonly string[]) => void tags, missed: () => {} }
      listeners.push(own)
      const bus = {
        publish: (tags: readonly string[]) => listeners.filter((other) => other !== own).forEach((other) => other.heard(tags)),
        listen: (heard: typeof own.heard, missed: typeof own.missed) => void Object.assign(own, { heard, missed }),
      }
      return openCache({ bytes: 1_000_000, seconds: 300 }, { bus }).cache
    }
    const [one, two] = [join(), join()]
    const fill = async () => {
      await two.set('tagged', 1, { tags: ['t'] })
      await two.set('key', 1)
      await two.namespace('n').set('key', 1)
      await two.set('other', 1)
    }
    await fill()
    await one.invalidate('t')
    await one.delete('key')
    await one.namespace('n').clear()
    expect(await two.getMany(['tagged', 'key', 'other'])).toEqual(new Map([['other', 1]]))
    expect(await two.namespace('n').has('key')).toBe(false)
    listeners[1]!.missed()
    expect(await two.has('other')).toBe(false)
  })
})
