import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cached } from '../../cache/cached.ts'
import { setSchema } from '../../schema/registry.ts'
import { createTestDatabase, type TestDatabase } from '../../db/_test-databases.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

/** The calls of the models, untyped: tests say what they expect of the rows. */
type Client = Record<string, any> & { $disconnect(): Promise<void> }

let database: TestDatabase<Client>
let db: Client
let app: TestApp
/** How often each route was made. */
let made: Record<string, number>

beforeAll(async () => {
  database = await createTestDatabase<Client>(`
model Film {
  id      Int      @id @default(autoincrement())
  slug    String   @unique
  title   String
  reviews Review[]
  genres  Genre[]
}
model Review {
  id     Int    @id @default(autoincrement())
  text   String
  film   Film   @relation(fields: [filmId], references: [id], onDelete: Cascade)
  filmId Int
}
model Genre {
  id    Int    @id @default(autoincrement())
  name  String
  films Film[]
}`)
  setSchema(database.metadata)
  db = database.open()
})
afterAll(async () => {
  setSchema(undefined)
  await database.remove()
})

beforeEach(async () => {
  await db['film'].deleteMany()
  await db['genre'].deleteMany()
  await db['film'].create({
    data: {
      id: 1001,
      slug: 'heat',
      title: 'Heat',
      reviews: { create: { id: 1001, text: 'Loud' } },
      genres: { create: { id: 1001, name: 'Crime' } },
    },
  })
  await db['film'].create({ data: { id: 1002, slug: 'ran', title: 'Ran' } })
  made = {}
  const counted =
    (name: string, load: (args: { db: Client; params: Record<string, string> }) => unknown) =>
    async (args: { db: Client; params: Record<string, string> }): Promise<unknown> => {
      made[name] = (made[name] ?? 0) + 1
      return JSON.stringify(await load(args))
    }
  const page = { cache: { seconds: 600 }, default: ({ data }: { data: string }) => data }
  const titles = cached(
    'titles',
    async ({ db: client }) => (await client.film.findMany({ orderBy: { id: 'asc' } })).map((film: { title: string }) => film.title),
    { seconds: 600 },
  )
  app = await createTestApp({
    db,
    routes: {
      'film/[slug].tsx': {
        ...page,
        loader: counted('film', ({ db: client, params }) =>
          client['film'].findUnique({
            where: { slug: params['slug'] },
            select: { id: true, title: true, reviews: { select: { text: true } }, genres: { select: { name: true } } },
          }),
        ),
      },
      'list.tsx': {
        ...page,
        loader: counted('list', ({ db: client }) =>
          client['film'].findMany({ include: { _count: { select: { reviews: true } } }, orderBy: { id: 'asc' } }),
        ),
      },
      'titles.tsx': { ...page, loader: counted('titles', async () => await titles()) },
    },
  })
  return () => app.close()
})

const get = async (path: string): Promise<string> => (await (await app.request(path)).text()).replaceAll('&quot;', '"')

describe('a page that is kept', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['its row', () => db['film'].update({ where: { id: 1001 }, data: { title: 'Heat II' } }), '/film/heat'],
    ['its row, by another key', () => db['film'].update({ where: { slug: 'heat' }, data: { title: 'Heat II' } }), '/film/heat'],
    ['many rows', () => db['film'].updateMany({ data: { title: 'Same' } }), '/film/heat'],
    ['a row that comes to it', () => db['review'].create({ data: { text: 'Long', filmId: 1001 } }), '/film/heat'],
    ['a row that leaves it', () => db['review'].update({ where: { id: 1001 }, data: { filmId: 1002 } }), '/film/heat'],
    [
      'a row inside of it',
      () => db['film'].update({ where: { id: 1001 }, data: { reviews: { update: { where: { id: 1001 }, data: { text: 'Blue' } } } } }),
      '/film/heat',
    ],
    ['a link', () => db['genre'].update({ where: { id: 1001 }, data: { films: { disconnect: { id: 1001 } } } }), '/film/heat'],
    ['a count', () => db['review'].deleteMany(), '/list'],
    ['what goes with a row', () => db['film'].delete({ where: { id: 1001 } }), '/list'],
    [
      'raw SQL that says what it writes',
      () => db['touching']('film')['$executeRawUnsafe'](`UPDATE ${database.provider === 'mysql' ? 'Film' : '"Film"'} SET title = 'Raw'`),
      '/film/heat',
    ],
    [
      'a transaction',
      () => db['transaction'](async (tx: Client) => await tx['film'].create({ data: { slug: 'new', title: 'New' } })),
      '/titles',
    ],
  ])('is made anew once a write has changed %s', async (_, write, path) => {
    const before = await get(path)
    expect(await get(path)).toBe(before)
    await write()
    const after = await get(path)
    expect(after).not.toBe(before)
    expect(await get(path)).toBe(after)
    expect(Object.values(made)).toEqual([2])
  })

  it('stays where another row was written, or what belongs to another', async () => {
    const before = await get('/film/heat')
    await db['film'].update({ where: { id: 1002 }, data: { title: 'Ran!' } })
    await db['review'].create({ data: { text: 'Grand', filmId: 1002 } })
    expect(await get('/film/heat')).toBe(before)
    expect(made).toEqual({ film: 1 })
  })

  it('stays where a write was rolled back, as a whole or to a savepoint', async () => {
    await get('/list')
    const back = new Error('back')
    const whole = db['transaction'](async (tx: Client) => {
      await tx['film'].deleteMany()
      throw back
    })
    await expect(whole).rejects.toBe(back)
    await db['transaction'](async (tx: Client) => {
      await expect(
        tx['transaction'](async (inner: Client) => {
          await inner['film'].deleteMany()
          throw back
        }),
      ).rejects.toBe(back)
    })
    await get('/list')
    expect(made).toEqual({ list: 1 })
  })

  it('never shows what was read before a write that ended first', async () => {
    const [first] = await Promise.all([get('/titles'), db['film'].update({ where: { id: 1001 }, data: { title: 'Heat II' } })])
    expect(first).toMatch(/Heat/)
    expect(await get('/titles')).toContain('Heat II')
  })
})
