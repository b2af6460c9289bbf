/** Holds the writes of `db.as(user)` against the plain client, and against what the rules let through. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../core/user.ts'
import type { ModelMetadata, RelationField } from '../../schema/types.ts'
import { openLab, schemaSpec, worldOf, type Lab, type Row, type World } from '../../db/_lab.ts'
import { write } from '../../db/_writes.ts'
import { setReceivers, type RowReceiver } from '../../db/client/receivers.ts'
import { definePolicy, type Policy } from './policy.ts'
import { withPolicies } from './with-policies.ts'

const runs = Number(process.env.FC_RUNS ?? 80)
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
    afterEach(() => setReceivers(lab.db, []))
    afterAll(() => lab.close())

    async function attempt(run: () => PromiseLike<unknown>): Promise<{ result: unknown; error: string | undefined }> {
      try {
        return { result: await run(), error: undefined }
      } catch (error) {
        const { code, message } = error as Error & { code?: string }
        return { result: undefined, error: code ?? message }
      }
    }

    it('do what the plain client does, where the rules let everything through', async () => {
      // True for every row, which only the database knows.
      const all = { id: { gte: 0 } }
      await fc.assert(
        fc.asyncProperty(
          fc.record({ world: worldOf(spec), asked: write(lab.schema), isWatched: fc.boolean() }),
          async ({ world, asked: { model, operation, args }, isWatched }) => {
            const { delegate } = lab.schema.models[model]!
            await lab.fill(world)
            setReceivers(lab.db, [])
            const plain = await attempt(() => lab.db[delegate][operation](args))
            const expected = await lab.read()
            await lab.fill(world)
            const db = withPolicies(
              lab.db,
              models.map((one) => definePolicy(one.delegate, { read: all, create: all, update: all, delete: all })),
              lab.schema,
            ).as(member)
            // Somebody who is told of everything changes nothing of it.
            setReceivers(lab.db, isWatched ? receivers() : [])
            const restricted = await attempt(() => db[delegate][operation](args))
            const actual = { ...restricted, world: await lab.read() }
            // Of two reasons to refuse, either may be found first; and Prisma gives a row back from before its new key has reached those that it leads to.
            if (actual.error && plain.error) actual.error = plain.error
            if (args.data && 'id' in args.data && operation === 'update') actual.result = plain.result
            expect(actual).toEqual({ ...plain, world: expected })
          },
        ),
        { numRuns: runs, seed },
      )
    })

    it('leave alone what the rules do not let through, or fail and leave everything', async () => {
      const ids = fc.subarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], { minLength: 8 })
      const rules: fc.Arbitrary<Record<string, Ids>> = fc.record(
        Object.fromEntries(
          models.map((model) => [
            model.name,
            fc.record({
              read: ids,
              create: ids,
              update: ids,
              delete: ids,
              unwritable: fc.subarray(
                model.fields.map((field) => field.name).filter((name) => name !== 'id'),
                { maxLength: 1 },
              ),
            }),
          ]),
        ),
      )
      await fc.assert(
        fc.asyncProperty(worldOf(spec), write(lab.schema), rules, async (world, { model, operation, args }, allowed) => {
          // Rows keep their keys here, so that a rule about keys says the same before and after.
          fc.pre(!JSON.stringify(args).includes('"update":{"id"') && !(operation === 'update' && 'id' in (args.data ?? {})))
          await lab.fill(world)
          const before = await lab.read()
          const db = withPolicies(lab.db, policies(allowed), lab.schema).as(member)
          const { error } = await attempt(() => db[lab.schema.models[model]!.delegate][operation](args))
          const after = await lab.read()
          expect(error === undefined ? violations(lab, before, after, allowed) : after).toEqual(error === undefined ? [] : before)
        }),
        { numRuns: runs * 2, seed },
      )
    })

    function receivers(): RowReceiver[] {
      const told = { when: 'after', onError: 'stop', name: 'everything', receive: () => {} } as const
      return models.flatMap(({ delegate }) =>
        (['created', 'updated', 'deleted', 'linked', 'unlinked'] as const).map((event) => ({ ...told, subject: delegate, event })),
      )
    }

    function policies(allowed: Record<string, Ids>): Policy[] {
      return models.map((model) => {
        const { unwritable, ...rows } = allowed[model.name]!
        return definePolicy(model.delegate, {
          ...Object.fromEntries(Object.entries(rows).map(([action, ids]) => [action, { id: { in: ids } }])),
          fields: Object.fromEntries(unwritable.map((name) => [name, { create: false, update: false }])),
        })
      })
    }
  },
)

interface Ids {
  read: number[]
  create: number[]
  update: number[]
  delete: number[]
  /** Fields that may not be given. */
  unwritable: string[]
}

/** What a write did that the rules do not let through. The database itself may delete rows and empty keys when a row goes. */
function violations(lab: Lab, before: World, after: World, allowed: Record<string, Ids>): string[] {
  const found: string[] = []
  const row = (world: World, model: string, id: unknown): Row | undefined => world.rows[model]!.find((other) => other.id === id)
  const isGone = (model: string, id: unknown): boolean => row(before, model, id) !== undefined && row(after, model, id) === undefined
  const isNew = (model: string, id: unknown): boolean => row(before, model, id) === undefined && row(after, model, id) !== undefined
  const may = (model: string, action: 'create' | 'update' | 'delete', id: number): boolean =>
    allowed[model]![action].includes(id) && (action === 'create' || allowed[model]!.read.includes(id))
  const isKnown = (model: string, id: number): boolean => allowed[model]!.read.includes(id) || isNew(model, id)
  for (const model of Object.values(lab.schema.models)) {
    const keys = model.fields.filter((field) => field.kind === 'relation').filter((field) => field.relation.fields.length > 0)
    const target = (column: string) => keys.find((field) => field.relation.fields.includes(column))
    for (const old of before.rows[model.name]!) {
      const now = row(after, model.name, old.id)
      const where = `${model.name} ${old.id}`
      if (!now) {
        const isCascade = keys.some((field) => field.relation.onDelete === 'Cascade' && isGone(field.type, old[field.relation.fields[0]!]))
        if (!isCascade && !may(model.name, 'delete', old.id)) found.push(`${where} was deleted`)
        continue
      }
      const changed = Object.keys(old).filter((column) => {
        const isEmptied = now[column] === null && target(column) !== undefined && isGone(target(column)!.type, old[column])
        return now[column] !== old[column] && !isEmptied
      })
      if (changed.length > 0 && !may(model.name, 'update', old.id)) found.push(`${where} was changed`)
      found.push(...changed.filter((column) => isUnwritable(model, column, allowed)).map((column) => `${where} has another ${column}`))
      found.push(
        ...changed
          .filter((column) => leadsAstray(now[column]!, target(column)))
          .map((column) => `${where} leads to a hidden row by ${column}`),
      )
    }
    for (const fresh of after.rows[model.name]!.filter(({ id }) => isNew(model.name, id))) {
      if (!may(model.name, 'create', fresh.id)) found.push(`${model.name} ${fresh.id} was created`)
      for (const column of Object.keys(fresh)) {
        if (fresh[column] !== null && isUnwritable(model, column, allowed)) found.push(`${model.name} ${fresh.id} was given ${column}`)
        if (leadsAstray(fresh[column]!, target(column))) found.push(`${model.name} ${fresh.id} leads to a hidden row by ${column}`)
      }
    }
    for (const field of model.fields) {
      if (field.kind !== 'relation' || field.relation.cardinality !== 'many-to-many' || !field.name.startsWith('to')) continue
      const has = (pairs: [number, number][], [from, to]: [number, number]): boolean => pairs.some(([a, b]) => a === from && b === to)
      const [old, now] = [before.links[field.relation.name]!, after.links[field.relation.name]!]
      for (const pair of [...old.filter((link) => !has(now, link)), ...now.filter((link) => !has(old, link))]) {
        const [from, to] = pair
        const mayWrite = (name: string, id: number): boolean => may(name, isNew(name, id) ? 'create' : 'update', id)
        const isAllowed = (mayWrite(model.name, from) && isKnown(field.type, to)) || (mayWrite(field.type, to) && isKnown(model.name, from))
        if (!isGone(model.name, from) && !isGone(field.type, to) && !isAllowed)
          found.push(`${field.relation.name} ${from} ${to} was changed`)
      }
    }
  }
  return found

  function leadsAstray(id: unknown, field: RelationField | undefined): boolean {
    return field !== undefined && id !== null && !isKnown(field.type, id as number)
  }
}

/** A column that may not be given, or that is the key of a relation that may not. */
function isUnwritable(model: ModelMetadata, column: string, allowed: Record<string, Ids>): boolean {
  return allowed[model.name]!.unwritable.includes(column)
}
