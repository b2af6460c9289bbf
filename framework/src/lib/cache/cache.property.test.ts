import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands, Model, run } from './_commands.ts'
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
})
