import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testProvider } from '../db/_test-databases.ts'
import type { TestClient } from '../testing/test-client.ts'
import { createAdminLab, pageOf, type AdminLab } from './_lab.ts'
import { defineAdmin } from './options.ts'
import type { ListProps } from './views/list-page.tsx'

let lab: AdminLab
let root: TestClient

beforeAll(async () => {
  lab = await createAdminLab({ 'film.tsx': { default: defineAdmin('film', { list: { columns: ['title'], pageSize: 3 } }) } })
  root = await lab.as('superuser')
})

afterAll(() => lab.close())

interface Film {
  id: number
  title: string
  rating: string
  runtime: number | null
  released: Date | null
  isPublic: boolean
}

const film = fc.record({
  title: fc.constantFrom('A', 'B', 'C'),
  rating: fc.constantFrom('R', 'G', 'PG'),
  runtime: fc.option(fc.integer({ min: 1, max: 3 })),
  released: fc.option(fc.constantFrom(new Date('1999-01-01'), new Date('2001-01-01'))),
  isPublic: fc.boolean(),
})
/** In the order of the schema, which is that of the alphabet here too, so that every database agrees. */
const ratings = ['G', 'PG', 'R']
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('title', 'runtime', 'released', 'isPublic', 'rating', 'id'), fc.boolean()), {
  selector: ([field]) => field,
  minLength: 1,
  maxLength: 3,
})

/** The order that the list promises: nothing comes last, on MySQL first going up; then by key, the way of the last field. */
function compare(order: ReadonlyArray<readonly [string, boolean]>): (a: Film, b: Film) => number {
  const full = [...order, ['id', order.at(-1)![1]] as const]
  const rank = (value: unknown): number => Number(value)
  return (a, b) => {
    for (const [field, isDown] of full) {
      const [one, other] = [a, b].map((item) => item[field as keyof Film])
      if (one === null || other === null) {
        if (one === other) continue
        const isLast = testProvider !== 'mysql' || isDown
        return (one === null) === isLast ? 1 : -1
      }
      const difference =
        field === 'rating'
          ? ratings.indexOf(one as string) - ratings.indexOf(other as string)
          : typeof one === 'string'
            ? one.localeCompare(other as string)
            : rank(one) - rank(other)
      if (difference !== 0) return isDown ? -difference : difference
    }
    return 0
  }
}

it('every row stands on one page, in order, going on and going back', async () => {
  const db = lab.db as any
  await fc.assert(
    fc.asyncProperty(fc.array(film, { maxLength: 14 }), sort, async (films, order) => {
      await db.film.deleteMany()
      if (films.length > 0) await db.film.createMany({ data: films })
      const rows: Film[] = await db.film.findMany()
      const expected = rows.toSorted(compare(order)).map(({ id }) => String(id))
      const query = `sort=${order.map(([field, isDown]) => (isDown ? `-${field}` : field)).join(',')}`
      const walk = async (side: 'after' | 'before', start?: string): Promise<string[]> => {
        const page = await pageOf(root, `/admin/film?${query}${start === undefined ? '' : `&${side}=${start}`}`)
        const { list } = page.data[2] as ListProps
        const keys = list.rows.map(({ key }) => key)
        const next = list[side]
        if (next === undefined) return keys
        const rest = await walk(side, next)
        return side === 'after' ? [...keys, ...rest] : [...rest, ...keys]
      }
      expect(await walk('after')).toEqual(expected)
      const last = expected.slice(-1)
      expect(last.length === 0 ? [] : [...(await walk('before', last[0])), ...last]).toEqual(expected)
    }),
    { numRuns: Number(process.env['FC_RUNS'] ?? (testProvider === 'sqlite' ? 60 : 15)), seed: Number(process.env['FC_SEED'] ?? 1) },
  )
})
