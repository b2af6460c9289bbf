/**
 * Holds what `db.as(user)` reads against brute force: random schemas, data, rules and queries.
 *
 * A client takes two seconds to generate, so each run makes a few schemas, and asks many questions of each.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../core/user.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import { query, rule } from './_arbitraries.ts'
import { answer, Database, figures, names, toArgs, type Query } from './_brute-force.ts'
import { toPrisma, type Condition } from '../../db/_conditions.ts'
import { columnsOf, openLab, schemaSpec, worldOf, type Lab, type Row, type World } from '../../db/_lab.ts'
import { definePolicy, type Policy } from './policy.ts'
import { withPolicies } from './with-policies.ts'

const runs = Number(process.env.FC_RUNS ?? 60)
const seed = Number(process.env.FC_SEED ?? Date.now() % 100_000)
const member = { id: 1, isActive: true, isSuperuser: false, can: () => false } as unknown as User
const specs = fc.sample(schemaSpec, { numRuns: 3, seed }).map((spec, at) => ({ spec, name: `schema ${at} of seed ${seed}` }))

/** What a user is kept from. */
interface Rules {
  rows: Record<string, Condition>
  hidden: Record<string, string[]>
}

interface Asked {
  model: string
  query: Query
}

describe.each(specs)('reads of db.as(user), $name', ({ spec }) => {
  let lab: Lab
  let models: ModelMetadata[]
  beforeAll(async () => {
    lab = await openLab(spec)
    models = Object.values(lab.schema.models)
  })
  afterAll(() => lab.close())

  const eachModel = <T>(make: (model: ModelMetadata) => fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
    fc.record(Object.fromEntries(models.map((model) => [model.name, make(model)])))
  const rules = (): fc.Arbitrary<Rules> =>
    fc.record({
      rows: eachModel((model) => rule(lab.schema, model)),
      hidden: eachModel((model) =>
        fc.oneof(
          { weight: 2, arbitrary: fc.constant<string[]>([]) },
          {
            weight: 1,
            arbitrary: fc.subarray(
              model.fields.map(({ name }) => name).filter((name) => name !== 'id'),
              { maxLength: 2 },
            ),
          },
        ),
      ),
    })
  const asked = (): fc.Arbitrary<Asked[]> =>
    fc.array(
      fc.constantFrom(...models).chain((model) => query(lab.schema, model, 2).map((query): Asked => ({ model: model.name, query }))),
      { minLength: 1, maxLength: 4 },
    )

  it('are those of a database without what is hidden', async () => {
    await fc.assert(
      fc.asyncProperty(worldOf(spec), rules(), asked(), async (world, hides, questions) => {
        await lab.fill(world)
        const db = client(lab, hides)
        const { db: visible, columns, isHidden } = seen(lab, world, hides)
        const [actual, expected]: [unknown[], unknown[]] = [[], []]
        for (const { model: name, query } of questions) {
          const model = lab.schema.models[name]!
          const delegate = db[model.delegate]
          const result = await attempt(() => delegate.findMany(toArgs(query, false, visible, model)))
          if (isRefused(result, 'HC_CALL') && sortsByHidden(visible, hides, model, query)) continue
          const namesHidden = names(visible, model, query, isHidden)
          actual.push(namesHidden ? isRefused(result, 'HC_FIELD') : result)
          expected.push(namesHidden || answer(visible, model, query, columns))
          if (namesHidden) continue

          const where = toPrisma(query.where)
          const found = visible.where(model, query.where)
          const number = columns(model).find((column) => visible.field(model, column).type === 'Int')!
          const every = { [number]: true }
          actual.push(await delegate.count({ where }))
          expected.push(found.length)
          actual.push(
            rounded(
              await delegate.aggregate({ where, _count: { _all: true, ...every }, _sum: every, _avg: every, _min: every, _max: every }),
            ),
          )
          expected.push(rounded(figures(found, number)))
          const groups = await delegate.groupBy({ by: [number], where, _count: { _all: true } })
          actual.push(Object.fromEntries(groups.map((group: Row & { _count: { _all: number } }) => [group[number], group._count._all])))
          expected.push(Object.fromEntries([...Map.groupBy(found, (row) => row[number])].map(([value, rows]) => [value, rows.length])))
          const [first] = visible.world.rows[name]!
          actual.push(await delegate.findUnique({ where: { id: first?.id ?? 99, AND: [where] } }))
          expected.push(first && visible.test(model, first, query.where) === true ? pickColumns(first, columns(model)) : null)
        }
        expect(actual).toEqual(expected)
      }),
      { numRuns: runs, seed },
    )
  })

  it('do not depend on what is hidden, and neither do errors', async () => {
    await fc.assert(
      fc.asyncProperty(worldOf(spec), worldOf(spec), rules(), asked(), async (world, other, hides, questions) => {
        const { db: visible, isHidden } = seen(lab, world, hides)
        const changed = withOtherHidden(world, other, visible, isHidden)
        // What the rules let through may depend on what they hide.
        fc.pre(JSON.stringify(seen(lab, changed, hides).db.world.rows) === JSON.stringify(visibleRows(changed, visible)))
        const answers = async (from: World): Promise<unknown[]> => {
          await lab.fill(from)
          const db = client(lab, hides)
          const results: unknown[] = []
          for (const { model: name, query } of questions) {
            const model = lab.schema.models[name]!
            const delegate = db[model.delegate]
            const args = toArgs(query, false, visible, model)
            results.push(await attempt(() => delegate.findMany(args)))
            results.push(await attempt(() => delegate.findFirstOrThrow(args)))
            results.push(await attempt(() => delegate.count({ where: args.where })))
            results.push(await attempt(() => delegate.aggregate({ where: args.where, _max: { id: true } })))
            results.push(await attempt(() => delegate.findUniqueOrThrow({ where: { id: 3 } })))
            results.push(await attempt(() => delegate.update({ where: { id: 2 }, data: {} })))
          }
          return results
        }
        expect(await answers(changed)).toEqual(await answers(world))
      }),
      { numRuns: runs, seed },
    )
  })
})

function client(lab: Lab, { rows, hidden }: Rules): any {
  const policies = Object.values(lab.schema.models).map((model): Policy =>
    definePolicy(model.delegate, {
      read: toPrisma(rows[model.name]!),
      fields: Object.fromEntries(hidden[model.name]!.map((name) => [name, { read: false }])),
    }),
  )
  return withPolicies(lab.db, policies, lab.schema).as(member)
}

interface Seen {
  db: Database
  columns(model: ModelMetadata): string[]
  isHidden(model: ModelMetadata, name: string): boolean
}

/** What is there for the user: rows, and fields. A relation goes with its key. */
function seen(lab: Lab, world: World, { rows, hidden }: Rules): Seen {
  const whole = new Database(lab.schema, world)
  const isHidden = (model: ModelMetadata, name: string): boolean => {
    const field = whole.field(model, name)
    if (hidden[model.name]!.includes(name)) return true
    if (field.kind !== 'relation') return false
    const { target } = whole.relation(model, name)
    const back = whole.field(target, field.relation.backField)
    const backKeys = back.kind === 'relation' ? back.relation.fields : []
    return (
      field.relation.fields.some((key) => hidden[model.name]!.includes(key)) || backKeys.some((key) => hidden[target.name]!.includes(key))
    )
  }
  return {
    db: whole.keep((model, row) => whole.test(model, row, rows[model.name]!) === true),
    columns: (model) => columnsOf(model).filter((name) => !isHidden(model, name)),
    isHidden,
  }
}

/** Changes the columns of hidden rows, the hidden columns of others, and links to hidden rows. */
function withOtherHidden(world: World, other: World, { schema, world: visible }: Database, isHidden: Seen['isHidden']): World {
  const isVisible = (model: string, id: number): boolean => visible.rows[model]!.some((row) => row.id === id)
  const rows = Object.entries(world.rows).map(([name, list]) => {
    const model = schema.models[name]!
    const change = (row: Row): Row => {
      const source = other.rows[name]!.find(({ id }) => id === row.id) ?? {}
      const columns = columnsOf(model).filter((column) => column.startsWith('c') && (isHidden(model, column) || !isVisible(name, row.id)))
      return Object.assign({ ...row }, Object.fromEntries(Object.entries(source).filter(([column]) => columns.includes(column))))
    }
    return [name, list.map(change)] as const
  })
  const links = Object.values(schema.models).flatMap((model) =>
    model.fields.flatMap((field) => {
      if (field.kind !== 'relation' || field.relation.cardinality !== 'many-to-many' || !field.name.startsWith('to')) return []
      const kept = world.links[field.relation.name]!.filter(([from, to]) => isVisible(model.name, from) && isVisible(field.type, to))
      return [[field.relation.name, kept] as const]
    }),
  )
  return { rows: Object.fromEntries(rows), links: { ...world.links, ...Object.fromEntries(links) } }
}

function visibleRows(world: World, { world: visible }: Database): World['rows'] {
  return Object.fromEntries(
    Object.entries(world.rows).map(([name, rows]) => [name, rows.filter(({ id }) => visible.rows[name]!.some((row) => row.id === id))]),
  )
}

/** The result, or all that can be seen of the error. */
async function attempt(run: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    const { name, message, code, meta } = error as Error & { code?: unknown; meta?: unknown }
    return { name, message, code, meta }
  }
}

function isRefused(result: unknown, code: string): boolean {
  return typeof result === 'object' && result !== null && 'code' in result && result.code === code
}

/** Whether a query sorts by rows of which the rules may hide some. */
function sortsByHidden(db: Database, rules: Rules, model: ModelMetadata, asked: Query): boolean {
  return (
    asked.orderBy.some(({ name, of }) => of !== undefined && rules.rows[db.relation(model, name).target.name]!.is !== 'all') ||
    asked.relations.some(({ name, query: inner }) => {
      const { field, target } = db.relation(model, name)
      return sortsByHidden(db, rules, target, field.isList ? inner : { ...inner, orderBy: [] })
    })
  )
}

function pickColumns(row: Row, columns: string[]): object {
  return Object.fromEntries(columns.map((name) => [name, row[name]]))
}

/** MySQL gives averages of whole numbers to four places. */
function rounded(figures: object): object {
  return JSON.parse(JSON.stringify(figures), (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(4)) : value,
  ) as object
}
