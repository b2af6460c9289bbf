/** Holds what reading notes against what writing drops: whatever changes an answer has to drop it. */
import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query } from '../src/lib/auth/policies/_arbitraries.ts'
import { Database, toArgs, type Query } from '../src/lib/auth/policies/_brute-force.ts'
import { record, Recording } from '../src/lib/core/recording.ts'
import { toPrisma } from '../src/lib/db/_conditions.ts'
import { openLab, schemaSpec, worldOf, type Lab, type World } from '../src/lib/db/_lab.ts'
import { write } from '../src/lib/db/_writes.ts'
import { observeChanges } from '../src/lib/db/changes.ts'
import { tagsOf } from '../src/lib/db/dependencies/writes.ts'
import type { ModelMetadata, SchemaMetadata } from '../src/lib/schema/types.ts'

const runs = Number(process.env['FC_RUNS'] ?? 150)
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 100_000)

type Operation = 'findMany' | 'findFirst' | 'findUnique' | 'count' | 'aggregate' | 'groupBy'

interface Read {
  model: string
  operation: Operation
  query: Query
  id: number
}

function read(schema: SchemaMetadata): fc.Arbitrary<Read> {
  return fc.constantFrom(...Object.values(schema.models)).chain((model) =>
    fc.record({
      model: fc.constant(model.name),
      operation: fc.constantFrom<Operation[]>(
        'findMany',
        'findFirst',
        'findUnique',
        'findUnique',
        'findUnique',
        'count',
        'aggregate',
        'groupBy',
      ),
      query: query(schema, model, 2),
      id: fc.integer({ min: 1, max: 5 }),
    }),
  )
}

/** The arguments of a read, as Prisma takes them. */
function argsOf({ operation, query: asked, id }: Read, database: Database, model: ModelMetadata): object {
  const where = toPrisma(asked.where)
  switch (operation) {
    case 'findUnique':
      return { where: { id, ...(asked.skip === undefined ? {} : { AND: [where] }) }, ...toArgs(asked, true, database, model) }
    case 'count':
      return { where }
    case 'aggregate':
      return { where, _count: true, _max: { id: true } }
    case 'groupBy':
      return { by: ['id'], where, _count: { _all: true }, orderBy: { id: 'asc' } }
    case 'findFirst':
      return toArgs({ ...asked, take: 1 }, false, database, model)
    default:
      return toArgs(asked, false, database, model)
  }
}

/** How many answers changed, and how many were spared although something was written. */
const counts = { changed: 0, spared: 0 }

describe.each(fc.sample(schemaSpec, { numRuns: 4, seed }).map((spec, at) => ({ spec, at })))(
  `an answer that is kept, schema $at of seed ${seed}`,
  ({ spec }) => {
    let lab: Lab
    beforeAll(async () => {
      lab = await openLab(spec)
    })
    afterAll(() => lab.close())

    it('is dropped by every write that changes it', async () => {
      await fc.assert(
        fc.asyncProperty(
          worldOf(spec),
          read(lab.schema),
          fc.array(write(lab.schema), { minLength: 1, maxLength: 2 }),
          async (world, asked, writes) => {
            await lab.fill(world)
            const model = lab.schema.models[asked.model]!
            const args = argsOf(asked, new Database(lab.schema, world as World), model)
            const ask = async (): Promise<unknown> => await lab.db[model.delegate][asked.operation](args)
            const recording = new Recording()
            const before = await record(recording, ask)
            const dropped = new Set<string>()
            const stop = observeChanges(lab.db, (changes) => {
              for (const tag of tagsOf(changes)) dropped.add(tag)
            })
            try {
              for (const { model: name, operation, args: given } of writes)
                await lab.db[lab.schema.models[name]!.delegate][operation](given).catch(() => undefined)
            } finally {
              stop()
            }
            const isDropped = [...recording.tags].some((tag) => dropped.has(tag))
            expect(recording.obstacle).toBeUndefined()
            const isChanged = !isDeepStrictEqual(before, await ask())
            if (isChanged) counts.changed++
            else if (!isDropped && dropped.size > 0) counts.spared++
            expect({ isRight: isDropped || !isChanged, tags: [...recording.tags], dropped: [...dropped] }).toMatchObject({ isRight: true })
          },
        ),
        { numRuns: runs, seed },
      )
    })
  },
)

it('was put to the test', () => {
  expect(counts.changed).toBeGreaterThan(20)
  expect(counts.spared).toBeGreaterThan(20)
})
