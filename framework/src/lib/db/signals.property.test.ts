/** Holds what receivers and listeners are told of a write against the whole database before and after it. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelMetadata, RelationField } from '../schema/types.ts'
import { openLab, schemaSpec, worldOf, type Lab, type Row, type World } from './_lab.ts'
import { testProvider } from './_test-databases.ts'
import { write, type Write } from './_writes.ts'
import { observeChanges, type Change } from './changes.ts'
import { setReceivers, type RowEventName, type RowReceiver } from './client/receivers.ts'

const runs = Number(process.env.FC_RUNS ?? (testProvider === 'sqlite' ? 100 : 40))
const seed = Number(process.env.FC_SEED ?? Date.now() % 100_000)
const eventNames = ['created', 'updated', 'deleted', 'linked', 'unlinked'] as const

interface Told {
  model: string
  event: RowEventName
  row: Row
  before?: Row
  changed?: string[]
  field?: string
  other?: Row
  db?: undefined
}

describe.each(fc.sample(schemaSpec, { numRuns: 4, seed }).map((spec, at) => ({ spec, at })))(
  `what is told of a write, schema $at of seed ${seed}`,
  ({ spec }) => {
    let lab: Lab
    let changes: Change[]
    beforeAll(async () => {
      lab = await openLab(spec)
      observeChanges(lab.db, (some) => changes.push(...some))
    })
    afterAll(() => lab.close())

    const world = worldOf(spec)
    const writes = () => fc.array(write(lab.schema), { minLength: 1, maxLength: 2 })

    /** Makes the writes in one transaction, or the only one by itself, and says what came of it. */
    async function play(
      from: World,
      asked: readonly Write[],
      rollsBack: boolean,
    ): Promise<{ results: unknown; error?: string; after: World }> {
      await lab.fill(from)
      changes = []
      const run = async (db: any, { model, operation, args }: Write): Promise<unknown> =>
        await db[lab.schema.models[model]!.delegate][operation](args)
      try {
        const results =
          asked.length === 1 && !rollsBack
            ? await run(lab.db, asked[0]!)
            : await lab.db.transaction(async (tx: any) => {
                const all: unknown[] = []
                for (const one of asked) all.push(await run(tx, one))
                if (rollsBack) throw Object.assign(new Error(), { code: 'rolled back' })
                return all
              })
        return { results, after: await lab.read() }
      } catch (error) {
        const { code, message } = error as Error & { code?: string }
        return { results: undefined, error: code ?? message, after: await lab.read() }
      }
    }

    /** Receivers that write down what they are told. */
    function receivers(
      told: Told[],
      when: RowReceiver['when'],
      isTold: (model: ModelMetadata, event: RowEventName) => boolean,
    ): RowReceiver[] {
      return Object.values(lab.schema.models).flatMap((model) =>
        eventNames
          .filter((event) => isTold(model, event))
          .map((event) => ({
            subject: model.delegate,
            event,
            when,
            onError: 'stop' as const,
            name: `${model.name} ${event}`,
            receive: (signal: any) => void told.push({ model: model.name, event, ...signal, db: undefined }),
          })),
      )
    }

    it('explains what the database holds after it, row by row, and changes nothing of it', async () => {
      await fc.assert(
        fc.asyncProperty(world, writes(), fc.boolean(), async (from, asked, rollsBack) => {
          setReceivers(lab.db, [])
          const plain = await play(from, asked, rollsBack)
          expect(plain.error ? changes : uncovered(lab, from, plain.after, changes)).toEqual([])

          const [after, committed]: [Told[], Told[]] = [[], []]
          setReceivers(lab.db, [...receivers(after, 'after', () => true), ...receivers(committed, 'committed', () => true)])
          const watched = await play(from, asked, rollsBack)
          // Of two reasons to refuse, either may be found first; and Prisma gives a row back from before its new key has reached those that it leads to.
          expect({ ...watched, error: watched.error && plain.error, results: 0 }).toEqual({ ...plain, results: 0 })
          const isRekeyed = JSON.stringify(asked).includes('"id":')
          expect(isRekeyed ? plain.results : watched.results).toEqual(plain.results)
          const seen = plain.error
            ? { committed, missed: changes, world: plain.after }
            : {
                committed: committed.slice(after.length),
                missed: uncovered(lab, from, plain.after, changes),
                world: replay(lab, from, committed),
              }
          expect(seen).toEqual({ committed: [], missed: [], world: plain.after })
          expect(committed).toEqual(plain.error ? [] : after)
        }),
        { numRuns: runs, seed },
      )
    })

    it('is the same for a receiver whoever else is told', async () => {
      const names = Object.values(lab.schema.models).flatMap((model) => eventNames.map((event) => `${model.name} ${event}`))
      await fc.assert(
        fc.asyncProperty(world, write(lab.schema), fc.subarray(names, { maxLength: 3 }), async (from, asked, some) => {
          const [all, told]: [Told[], Told[]] = [[], []]
          setReceivers(
            lab.db,
            receivers(all, 'committed', () => true),
          )
          await play(from, [asked], false)
          setReceivers(
            lab.db,
            receivers(told, 'committed', (model, event) => some.includes(`${model.name} ${event}`)),
          )
          const { after } = await play(from, [asked], false)
          expect(told).toEqual(all.filter(({ model, event }) => some.includes(`${model} ${event}`)))
          expect(uncovered(lab, from, after, changes)).toEqual([])
        }),
        { numRuns: runs, seed },
      )
    })
  },
)

/** Does to a world what was told of it. @throws Where what is told does not fit what was there */
function replay(lab: Lab, from: World, told: readonly Told[]): World {
  const world = structuredClone(from)
  for (const { model: name, event, row, before, changed, field, other } of told) {
    const rows = world.rows[name]!
    const check = (fits: boolean): void => {
      if (!fits)
        throw new Error(`${name} ${event} ${JSON.stringify({ row, before, changed, field, other })} does not fit ${JSON.stringify(world)}`)
    }
    const at = (wanted: Row): number => {
      const index = rows.findIndex(({ id }) => id === wanted.id)
      check(isDeepStrictEqual({ ...rows[index] }, { ...wanted }))
      return index
    }
    if (event === 'created') {
      check(!rows.some(({ id }) => id === row.id))
      rows.push(row)
    } else if (event === 'deleted') rows.splice(at(row), 1)
    else if (event === 'updated') {
      const differing = Object.keys(row).filter((column) => row[column] !== before![column])
      check(differing.length > 0 && isDeepStrictEqual(changed, differing))
      rows[at(before!)] = row
      if (row.id !== before!.id) rename(lab, world, name, before!.id, row.id)
    } else if (field!.startsWith('to')) {
      const { relation } = lab.schema.models[name]!.fields.find((candidate) => candidate.name === field) as RelationField
      const isMirror = (one: Told): boolean =>
        one.event === event && one.field === relation.backField && one.row.id === other!.id && one.other!.id === row.id
      const links = world.links[relation.name]!
      const index = links.findIndex(([a, b]) => a === row.id && b === other!.id)
      check(told.some(isMirror) && (index === -1) === (event === 'linked'))
      if (event === 'linked') links.push([row.id, other!.id])
      else links.splice(index, 1)
    }
  }
  return sorted(world, lab)
}

/** Links follow the keys of their rows. */
function rename(lab: Lab, world: World, model: string, from: number, to: number): void {
  lab.spec.relations.forEach(({ kind, ...ends }, at) => {
    if (kind !== 'many-to-many') return
    const is = (end: number): boolean => `Model${end}` === model
    world.links[`R${at}`] = world.links[`R${at}`]!.map(([a, b]) => [
      is(ends.from) && a === from ? to : a,
      is(ends.to) && b === from ? to : b,
    ])
  })
}

/** As the lab reads it. */
function sorted({ rows, links }: World, { spec }: Lab): World {
  return {
    rows: Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, list.toSorted((a, b) => a.id - b.id)])),
    links: Object.fromEntries(
      spec.relations.map(({ from, to }, at) => {
        // The tables of links have the columns in the order of the models' names.
        const [first, second] = from >= to ? [1, 0] : [0, 1]
        return [`R${at}`, links[`R${at}`]!.toSorted((a, b) => a[first]! - b[first]! || a[second]! - b[second]!)]
      }),
    ),
  }
}

/** What has changed without a listener being told. */
function uncovered(lab: Lab, before: World, after: World, changes: readonly Change[]): string[] {
  const found: string[] = []
  const isTold = (model: string, kind: Change['kind'], row?: Row): boolean =>
    changes.some(
      (change) =>
        change.model.name === model &&
        change.kind === kind &&
        (!row || !change.rows || change.rows.some((image) => Object.entries(image).every(([name, value]) => row[name] === value))),
    )
  for (const model of Object.keys(before.rows)) {
    const ids = new Set([...before.rows[model]!, ...after.rows[model]!].map(({ id }) => id))
    for (const id of ids) {
      const [old, now] = [before, after].map((world) => world.rows[model]!.find((row) => row.id === id))
      if (isDeepStrictEqual(old, now)) continue
      // A row whose key was changed looks like one that went and another that came.
      const kinds: Change['kind'][] = old && now ? ['update', 'delete', 'create'] : [old ? 'delete' : 'create', 'update']
      for (const row of [old, now])
        if (row && !kinds.some((kind) => isTold(model, kind, row))) found.push(`${model} ${JSON.stringify(row)}`)
    }
  }
  lab.spec.relations.forEach(({ from, to }, at) => {
    const text = ({ links }: World): string => links[`R${at}`]!.map(String).toSorted().join(' ')
    if (text(before) === text(after)) return
    for (const end of [from, to])
      if (!isTold(`Model${end}`, 'link') && !isTold(`Model${from}`, 'update') && !isTold(`Model${to}`, 'update'))
        found.push(`R${at} of Model${end}`)
  })
  return found
}
