import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, testProvider, type TestDatabase } from './_test-databases.ts'
import { observeChanges, type Change } from './changes.ts'

let database: TestDatabase<{ $disconnect(): Promise<void> }>
/** The client as JavaScript has it: its types come from a schema that only this test knows. */
type Any = any
let db: Any
let changes: Change[]

beforeAll(async () => {
  database = await createTestDatabase(`
model Film {
  id      Int      @id @default(autoincrement())
  title   String   @unique
  reviews Review[]
  genres  Genre[]
}
model Review {
  id     Int    @id @default(autoincrement())
  stars  Int
  film   Film?  @relation(fields: [filmId], references: [id], onDelete: Cascade)
  filmId Int?
  votes  Vote[]
}
model Vote {
  id       Int    @id @default(autoincrement())
  review   Review @relation(fields: [reviewId], references: [id], onDelete: Cascade)
  reviewId Int
}
model Genre {
  id    Int    @id @default(autoincrement())
  films Film[]
}`)
  db = database.open()
  observeChanges(db, (told) => changes.push(...told))
})

beforeEach(async () => {
  changes = []
  await db.film.deleteMany()
  await db.film.create({ data: { id: 1, title: 'Metropolis' } })
  await db.review.create({ data: { id: 1, stars: 5, filmId: 1 } })
  changes = []
})

afterAll(() => database.remove())

const told = () => changes.map(({ model, kind, rows }) => `${kind} ${model.name}${rows === undefined ? '' : ` ${JSON.stringify(rows)}`}`)

describe('our client', () => {
  it('has the calls of Prisma’s, made when they are waited for', async () => {
    const call = db.film.create({ data: { id: 2, title: 'Nosferatu' } })
    expect(await db.film.count()).toBe(1)
    expect(await call).toMatchObject({ title: 'Nosferatu' })
    expect(await call).toEqual(await call)
    expect(await db.film.count()).toBe(2)
    expect(await db.review.findUnique({ where: { id: 1 } }).film()).toEqual({ id: 1, title: 'Metropolis' })
    expect(await db.film.findUnique({ where: { id: 1 } }).reviews({ select: { stars: true } })).toEqual([{ stars: 5 }])
    expect(await db.film.findUnique({ where: { id: 404 } }).reviews()).toBeNull()
    expect(await db.film.findMany({ where: { title: { gte: db.film.fields.title } } })).toHaveLength(2)
    expect(await db.$transaction([db.film.count(), db.film.findMany({ take: 1 })])).toMatchObject([2, [{ id: 1 }]])
  })

  it('shows in a message where in the app the call was written', async () => {
    const failure = await db.film.create({ data: { name: 'Nosferatu' } }).catch((error: Error) => error.message)
    expect(failure).toContain('changes.test.ts')
  })

  it('can be extended, and is still ours', async () => {
    const extended = db.$extends({
      client: { $hello: () => 'hello' },
      model: { film: { first: () => extended.film.findFirst({ orderBy: { id: 'asc' } }) } },
      result: { film: { shout: { needs: { title: true }, compute: ({ title }: { title: string }) => `${title}!` } } },
    })
    expect(extended.$hello()).toBe('hello')
    expect(await extended.film.first()).toMatchObject({ id: 1, title: 'Metropolis', shout: 'Metropolis!' })
    await extended.$transaction(async (tx: Any) => {
      expect(await tx.film.create({ data: { id: 2, title: 'Nosferatu' } })).toMatchObject({ shout: 'Nosferatu!' })
      expect(() => tx.$extends({})).toThrow(/transaction/)
    })
    expect(told()).toEqual(['create Film [{"id":2,"title":"Nosferatu"}]'])
  })

  it('lets Prisma put reads by key of one moment into one query', async () => {
    const seen = await Promise.all([1, 2, 3].map((id) => db.film.findUnique({ where: { id } })))
    expect(seen).toMatchObject([{ id: 1 }, null, null])
  })
})

describe('observeChanges', () => {
  it('tells of a write before it resolves, with the rows as far as the answer shows them', async () => {
    await db.review.create({ data: { id: 2, stars: 4, filmId: 1 }, select: { id: true } })
    expect(told()).toEqual(['create Review [{"id":2,"stars":4,"filmId":1}]'])
    changes = []
    await db.review.update({ where: { id: 2 }, data: { filmId: null } })
    expect(told()).toEqual(['update Review [{"id":2,"stars":4},{"id":2,"filmId":null,"stars":4}]'])
    changes = []
    await db.review.updateMany({ where: { filmId: 1, stars: { gt: 1 } }, data: { stars: 1 } })
    expect(told()).toEqual(['update Review [{"filmId":1},{"filmId":1,"stars":1}]'])
    changes = []
    await db.review.updateMany({ data: { stars: { increment: 1 } } })
    expect(told()).toEqual(['update Review'])
  })

  it('tells of nested writes, links and cascades', async () => {
    await db.film.update({ where: { id: 1 }, data: { genres: { create: {} }, reviews: { updateMany: { where: {}, data: { stars: 3 } } } } })
    expect(told()).toEqual([
      'update Film [{"id":1,"title":"Metropolis"},{"id":1,"title":"Metropolis"}]',
      'link Film []',
      'link Genre []',
      'create Genre',
      'update Review',
    ])
    changes = []
    await db.film.delete({ where: { id: 1 } })
    expect(told()).toEqual(['delete Film [{"id":1,"title":"Metropolis"}]', 'link Film []', 'link Genre []', 'delete Review', 'delete Vote'])
  })

  it('tells of a transaction once it is committed, and of nothing that was rolled back', async () => {
    await db.$transaction(async (tx: Any) => {
      await tx.review.create({ data: { id: 7, stars: 1 } })
      await tx.transaction(async (inner: Any) => inner.review.create({ data: { id: 8, stars: 1 } }))
      await tx
        .transaction(async (inner: Any) => {
          await inner.review.create({ data: { id: 9, stars: 1 } })
          throw new Error('no')
        })
        .catch(() => {})
      expect(told()).toEqual([])
    })
    expect(changes.flatMap(({ rows }) => rows!.map(({ id }) => id))).toEqual([7, 8])
    changes = []
    await expect(
      db.transaction(async (tx: Any) => void (await tx.film.deleteMany().then(() => Promise.reject(new Error('no'))))),
    ).rejects.toThrow('no')
    await expect(db.film.create({ data: { title: 'Metropolis' } })).rejects.toThrow(/unique/i)
    await expect(db.$transaction([db.review.deleteMany(), db.film.create({ data: { title: 'Metropolis' } })])).rejects.toThrow(/unique/i)
    expect(told()).toEqual([])
    await db.$transaction([db.review.deleteMany(), db.film.create({ data: { id: 2, title: 'Nosferatu' } })])
    expect(told()).toEqual(['delete Review', 'delete Vote', 'create Film [{"id":2,"title":"Nosferatu"}]'])
  })

  it('tells of raw SQL what was declared', async () => {
    const table = database.provider === 'mysql' ? 'Review' : '"Review"'
    await db.$executeRawUnsafe(`UPDATE ${table} SET stars = 1`)
    expect(told()).toEqual([])
    await db.touching('review', 'film').$executeRawUnsafe(`UPDATE ${table} SET stars = 2`)
    expect(told()).toEqual(['update Review', 'update Film'])
    expect(await db.review.findUnique({ where: { id: 1 } })).toMatchObject({ stars: 2 })
    expect(() => db.touching('rewiev')).toThrow(/no model 'rewiev'/)
  })

  it.skipIf(testProvider === 'sqlite')('tells of what may have been kept, where the connection is lost before the answer', async () => {
    const isMysql = testProvider === 'mysql'
    // Its connections are of no use to others afterwards.
    const broken: Any = database.open()
    observeChanges(broken, (some) => changes.push(...some))
    const lost = broken.transaction(async (tx: Any) => {
      await tx.review.create({ data: { id: 2, stars: 1 } })
      const [{ id }] = await tx.$queryRawUnsafe(isMysql ? 'SELECT CONNECTION_ID() AS id' : 'SELECT pg_backend_pid() AS id')
      await db.$queryRawUnsafe(isMysql ? `KILL ${id}` : `SELECT pg_terminate_backend(${id})`)
    })
    await expect(lost).rejects.toBeInstanceOf(Error)
    expect(told()).toEqual(['create Review [{"id":2,"stars":1,"filmId":null}]'])
  })

  it('ends when asked to', async () => {
    const seen: Change[] = []
    const end = observeChanges(db, (some) => seen.push(...some))
    await db.review.deleteMany()
    end()
    await db.film.deleteMany()
    expect(seen.map(({ model }) => model.name)).toEqual(['Review', 'Vote'])
  })
})

describe('transaction', () => {
  it('begins anew where the database gives it up because of another, and does nothing twice', async () => {
    let callbacks = 0
    const add = async (id: number): Promise<void> =>
      await db.transaction(
        async (tx: Any) => {
          const stars = await tx.review.count()
          tx.afterCommit(() => callbacks++)
          await tx.review.create({ data: { id, stars } })
        },
        { isolation: 'serializable' },
      )
    await Promise.all([add(2), add(3), add(4)])
    // As if one had come after the other: each has counted those before it.
    expect((await db.review.findMany({ where: { id: { gt: 1 } } })).map(({ stars }: { stars: number }) => stars).sort()).toEqual([1, 2, 3])
    expect(callbacks).toBe(3)
    expect(changes).toHaveLength(3)
  })

  it('begins nothing anew that fails by itself', async () => {
    let attempts = 0
    const failing = db.transaction(async () => {
      attempts++
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(attempts).toBe(1)
  })
})

describe('afterCommit', () => {
  it('runs in order after the outermost commit, and never after a rollback', async () => {
    const done: string[] = []
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    await db.transaction(async (tx: Any) => {
      tx.afterCommit(() => done.push('first'))
      await tx.transaction(async (inner: Any) => inner.afterCommit(async () => done.push(`second ${await db.review.count()}`)))
      await tx
        .transaction(async (inner: Any) => {
          inner.afterCommit(() => done.push('rolled back'))
          throw new Error('no')
        })
        .catch(() => {})
      tx.afterCommit(() => {
        throw new Error('is logged')
      })
      tx.afterCommit(() => done.push('third'))
      await tx.review.deleteMany()
      expect(done).toEqual([])
    })
    expect(done).toEqual(['first', 'second 0', 'third'])
    expect(logged).toHaveBeenCalledTimes(1)
    logged.mockRestore()
    db.afterCommit(() => done.push('at once'))
    expect(done.at(-1)).toBe('at once')
  })
})
