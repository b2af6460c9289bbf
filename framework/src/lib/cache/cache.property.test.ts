import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands, Model, run } from './_commands.ts'
import type { Cache } from './cache.ts'
import { openCache } from './open-cache.ts'

describe('a cache in memory', () => {
  it('answers like the simplest thing that could', async () => {
    // All short waits together end no life, and one that is longer ends it though it be a tenth longer than said.
    const steps = commands([0, 100, 100_000, Infinity], [1, 1_000, 1_000_000])
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const model = new Model()
        const { cache } = openCache({ bytes: 10_000_000, seconds: 300 }, { now: () => model.now * 1_000 })
        for (const step of list) expect(await run(cache, step)).toEqual(model.run(step))
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps apart whatever keys, namespaces and tags there are', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\\', '[', ']', ' ', '\uD800', '\uDC00', 'a') }),
    )
    const place = fc.record({ path: fc.array(text, { maxLength: 3 }), key: text, tag: text })
    const places = fc.uniqueArray(place, { selector: ({ path, key }) => [...path, key], comparator: isSame, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(places, async (all) => {
        const { cache } = openCache({ bytes: 10_000_000, seconds: 300 })
        const inside = (path: string[]): Cache => path.reduce((outer, name) => outer.namespace(name), cache)
        for (const [number, { path, key, tag }] of all.entries()) await inside(path).set(key, number, { tags: [tag] })
        for (const [number, { path, key }] of all.entries()) expect(await inside(path).get(key)).toBe(number)
        const gone = all[0]?.tag ?? ''
        await cache.invalidate(gone)
        for (const { path, key, tag } of all) expect(await inside(path).has(key)).toBe(tag !== gone)
      }),
      { numRuns: 500 },
    )
  })
})

function isSame(left: string[], right: string[]): boolean {
  return left.length === right.length && left.every((part, place) => part === right[place])
}
