/**
 * Holds `db.as(user)` against brute force: random schemas, data, rules and queries.
 *
 * A schema takes two seconds to generate, so each run makes a few, and asks many questions of each.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../core/user.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import { condition, query, rule } from './_arbitraries.ts'
import { answer, Database, toArgs, toPrisma, type Condition, type Query } from './_brute-force.ts'
import { columnsOf, openLab, schemaSpec, worldOf, type Lab } from './_lab.ts'
import { definePolicy, type Policy } from './policy.ts'
import { withPolicies } from './with-policies.ts'

const runs = Number(process.env.FC_RUNS ?? 150)
const seed = Number(process.env.FC_SEED ?? Date.now() % 100_000)
const member = { id: 1, isActive: true, isSuperuser: false, can: () => false } as unknown as User

/** What a user is kept from. */
interface Rules {
  rows: Record<string, Condition>
  hidden: Record<string, string[]>
}

function policiesOf({ rows, hidden }: Rules, models: ModelMetadata[]): Policy[] {
  return models.map((model) =>
    definePolicy(model.delegate, {
      read: toPrisma(rows[model.name]!),
      fields: Object.fromEntries(hidden[model.name]!.map((name) => [name, { read: false }])),
    }),
  )
}

describe.each(fc.sample(schemaSpec, { numRuns: 3, seed }).map((spec, at) => ({ spec, at })))(
  'db.as(user), schema $at of seed ' + seed,
  ({ spec }) => {
    let lab: Lab
    let models: ModelMetadata[]
    beforeAll(async () => {
      lab = await openLab(spec)
      models = Object.values(lab.schema.models)
    })
    afterAll(() => lab.close())

    const rulesOf = (hides: boolean): fc.Arbitrary<Rules> =>
      fc.record({
        rows: fc.record(Object.fromEntries(models.map((model) => [model.name, rule(lab.schema, model)]))),
        hidden: fc.record(
          Object.fromEntries(
            models.map((model) => [
              model.name,
              hides
                ? fc.subarray(
                    model.fields.map((field) => field.name).filter((name) => name !== 'id'),
                    { maxLength: 2 },
                  )
                : fc.constant<string[]>([]),
            ]),
          ),
        ),
      })

    /** What is there for the user: the rows, and the fields by model. */
    function seen(
      world: ReturnType<Lab['read']>,
      rules: Rules,
    ): { db: Database; columns: (model: ModelMetadata) => string[]; isHidden: (model: ModelMetadata, name: string) => boolean } {
      const whole = new Database(lab.schema, world)
      const isHidden = (model: ModelMetadata, name: string): boolean => {
        if (rules.hidden[model.name]!.includes(name)) return true
        const field = whole.field(model, name)
        if (field.kind !== 'relation') return false
        const { target } = whole.relation(model, name)
        const back = whole.field(target, field.relation.backField)
        return (
          field.relation.fields.some((key) => rules.hidden[model.name]!.includes(key)) ||
          (back.kind === 'relation' && back.relation.fields.some((key) => rules.hidden[target.name]!.includes(key)))
        )
      }
      return {
        db: whole.keep((model, row) => whole.test(model, row, rules.rows[model.name]!) === true),
        columns: (model) => columnsOf(model).filter((name) => !isHidden(model, name)),
        isHidden,
      }
    }

    async function attempt(run: () => PromiseLike<unknown>): Promise<unknown> {
      try {
        return await run()
      } catch (error) {
        if (error instanceof Error && 'code' in error) return error.code
        throw error
      }
    }

    it('gives what brute force gives', async () => {
      const cases = fc.record({
        world: worldOf(spec),
        rules: rulesOf(false),
        asked: fc.array(
          fc.constantFrom(...models).chain((model) => query(lab.schema, model, 2).map((asks) => ({ model: model.name, asks }))),
          { minLength: 1, maxLength: 4 },
        ),
      })
      await fc.assert(
        fc.asyncProperty(cases, async ({ world, rules, asked }) => {
          lab.fill(world)
          const db = withPolicies(lab.db, policiesOf(rules, models), lab.schema).as(member)
          const { db: visible, columns } = seen(world, rules)
          for (const { model: name, asks } of asked) {
            const model = lab.schema.models[name]!
            const result = await attempt(() => db[model.delegate].findMany(toArgs(asks, false, visible, model)))
            if (!(result === 'HC_CALL' && sortsByHidden(visible, rules, model, asks)))
              expect(result).toEqual(answer(visible, model, asks, columns))
            const where = toPrisma(asks.where)
            const found = visible.where(model, asks.where)
            expect(await db[model.delegate].count({ where })).toBe(found.length)
          }
        }),
        { numRuns: runs, seed },
      )
    })
  },
)

/** Whether a query sorts by rows of which the rules may hide some. */
function sortsByHidden(db: Database, rules: Rules, model: ModelMetadata, asked: Query): boolean {
  return (
    asked.orderBy.some(({ name, of }) => of !== undefined && rules.rows[db.relation(model, name).target.name]!.is !== 'all') ||
    asked.relations.some(({ name, query: inner }) => {
      const { field, target } = db.relation(model, name)
      return field.isList
        ? sortsByHidden(db, rules, target, inner)
        : inner.relations.length > 0 && sortsByHidden(db, rules, target, { ...inner, orderBy: [] })
    })
  )
}
