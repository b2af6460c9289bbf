/** Holds the writes of `db.as(user)` against the plain client, and against what the rules let through. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../core/user.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import { openLab, schemaSpec, worldOf, type Lab } from './_lab.ts'
import { write } from './_writes.ts'
import { definePolicy } from './policy.ts'
import { withPolicies } from './with-policies.ts'

const runs = Number(process.env.FC_RUNS ?? 150)
const seed = Number(process.env.FC_SEED ?? Date.now() % 100_000)
const member = { id: 1, isActive: true, isSuperuser: false, can: () => false } as unknown as User

describe.each(fc.sample(schemaSpec, { numRuns: 3, seed }).map((spec, at) => ({ spec, at })))(
  'writes of db.as(user), schema $at of seed ' + seed,
  ({ spec }) => {
    let lab: Lab
    let models: ModelMetadata[]
    beforeAll(async () => {
      lab = await openLab(spec)
      models = Object.values(lab.schema.models)
    })
    afterAll(() => lab.close())

    async function attempt(run: () => PromiseLike<unknown>): Promise<{ result: unknown; error: string | undefined }> {
      try {
        return { result: await run(), error: undefined }
      } catch (error) {
        return { result: undefined, error: String((error as { code?: unknown }).code ?? (error as Error).message) }
      }
    }

    it('do what the plain client does, where the rules let everything through', async () => {
      // True for every row, which only the database knows.
      const all = { id: { gte: 0 } }
      await fc.assert(
        fc.asyncProperty(
          fc.record({ world: worldOf(spec), asked: write(lab.schema) }),
          async ({ world, asked: { model, operation, args } }) => {
            const { delegate } = lab.schema.models[model]!
            lab.fill(world)
            const plain = await attempt(() => lab.db[delegate][operation](args))
            const expected = lab.read()
            lab.fill(world)
            const db = withPolicies(
              lab.db,
              models.map((one) => definePolicy(one.delegate, { read: all, create: all, update: all, delete: all })),
              lab.schema,
            ).as(member)
            const restricted = await attempt(() => db[delegate][operation](args))
            const actual = { ...restricted, world: lab.read() }
            // Of two reasons to refuse, either may be found first; and Prisma gives a row back from before its new key has reached those that it leads to.
            if (actual.error && plain.error) actual.error = plain.error
            if (args.data && 'id' in args.data && operation === 'update') actual.result = plain.result
            expect(actual).toEqual({ ...plain, world: expected })
          },
        ),
        { numRuns: runs, seed },
      )
    })
  },
)
