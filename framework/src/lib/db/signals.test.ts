import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { HttpError } from '../core/results.ts'
import { createTestDatabase, type TestDatabase } from './_test-databases.ts'
import { observeChanges, type Change } from './changes.ts'
import { setReceivers, type RowEventName, type RowReceiver } from './client/receivers.ts'

let database: TestDatabase<{ $disconnect(): Promise<void> }>
/** The client as JavaScript has it: its types come from a schema that only this test knows. */
type Any = any
let db: Any
let told: string[]
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
  id       Int     @id @default(autoincrement())
  review   Review? @relation(fields: [reviewId], references: [id], onDelete: SetNull)
  reviewId Int?
}
model Genre {
  id    Int    @id @default(autoincrement())
  films Film[]
}`)
  db = database.open()
})

beforeEach(async () => {
  setReceivers(db, [])
  for (const model of ['vote', 'review', 'film', 'genre']) await db[model].deleteMany()
  await db.genre.createMany({ data: [{ id: 1 }, { id: 2 }] })
  await db.film.create({ data: { id: 1, title: 'Metropolis', genres: { connect: { id: 1 } } } })
  await db.review.createMany({ data: [1, 2].map((id) => ({ id, stars: 5, filmId: 1 })) })
  await db.vote.create({ data: { id: 1, reviewId: 1 } })
  told = []
  changes = []
})

afterAll(() => database.remove())

type Receive = (signal: Any) => unknown
const receiver = (subject: string, event: RowEventName, receive: Receive, options: Partial<RowReceiver> = {}): RowReceiver => ({
  subject,
  event,
  when: 'after',
  onError: 'stop',
  name: `on('${subject}', '${event}')`,
  receive,
  ...options,
})

/** Receivers of all that happens, which write it down. */
function hearAll(when: RowReceiver['when']): RowReceiver[] {
  return ['film', 'review', 'vote', 'genre'].flatMap((subject) =>
    (['created', 'updated', 'deleted', 'linked', 'unlinked'] as const).map((event) =>
      receiver(subject, event, (signal) => void told.push(`${subject} ${event} ${JSON.stringify({ ...signal, db: undefined })}`), { when }),
    ),
  )
}

describe('receivers of rows', () => {
  it('are told of single writes, of what changed, and of nothing where nothing did', async () => {
    setReceivers(db, hearAll('after'))
    expect(await db.film.create({ data: { id: 2, title: 'Nosferatu' }, select: { title: true } })).toEqual({ title: 'Nosferatu' })
    expect(await db.film.update({ where: { id: 2 }, data: { title: 'Nosferatu 2' }, include: { reviews: true } })).toEqual({
      id: 2,
      title: 'Nosferatu 2',
      reviews: [],
    })
    await db.film.update({ where: { id: 2 }, data: { title: 'Nosferatu 2' } })
    await db.film.upsert({ where: { id: 2 }, create: { title: 'no' }, update: { title: 'M' } })
    await db.film.upsert({ where: { id: 3 }, create: { id: 3, title: 'Faust' }, update: {} })
    expect(await db.film.delete({ where: { id: 2 }, omit: { id: true } })).toEqual({ title: 'M' })
    expect(told).toEqual([
      'film created {"row":{"id":2,"title":"Nosferatu"}}',
      'film updated {"row":{"id":2,"title":"Nosferatu 2"},"before":{"id":2,"title":"Nosferatu"},"changed":["title"]}',
      'film updated {"row":{"id":2,"title":"M"},"before":{"id":2,"title":"Nosferatu 2"},"changed":["title"]}',
      'film created {"row":{"id":3,"title":"Faust"}}',
      'film deleted {"row":{"id":2,"title":"M"}}',
    ])
    await expect(db.film.update({ where: { id: 404 }, data: { title: 'no' } })).rejects.toThrow(expect.objectContaining({ code: 'P2025' }))
    await expect(db.film.delete({ where: { id: 404 } })).rejects.toThrow(expect.objectContaining({ code: 'P2025' }))
  })

  it('are told of each row of a write to many', async () => {
    setReceivers(db, hearAll('after'))
    expect(
      await db.review.createMany({
        data: [
          { id: 3, stars: 1 },
          { id: 4, stars: 2 },
        ],
      }),
    ).toEqual({ count: 2 })
    expect(await db.review.updateMany({ where: { id: { gt: 2 } }, data: { stars: { increment: 1 } }, limit: 1 })).toEqual({ count: 1 })
    // MySQL gives back no rows that it has written.
    const updated = database.provider === 'mysql' ? 'updateMany' : 'updateManyAndReturn'
    await db.review[updated]({ where: { stars: 2 }, data: { stars: 2 } })
    expect(await db.review.deleteMany({ where: { id: 4 } })).toEqual({ count: 1 })
    await db.review.updateMany({ where: { id: 1 }, data: { id: 5 } })
    expect(told).toEqual([
      'review created {"row":{"id":3,"stars":1,"filmId":null}}',
      'review created {"row":{"id":4,"stars":2,"filmId":null}}',
      'review updated {"row":{"id":3,"stars":2,"filmId":null},"before":{"id":3,"stars":1,"filmId":null},"changed":["stars"]}',
      'review deleted {"row":{"id":4,"stars":2,"filmId":null}}',
      // Keys that lead to a row follow it.
      'review updated {"row":{"id":5,"stars":5,"filmId":1},"before":{"id":1,"stars":5,"filmId":1},"changed":["id"]}',
      'vote updated {"row":{"id":1,"reviewId":5},"before":{"id":1,"reviewId":1},"changed":["reviewId"]}',
    ])
  })

  it('are told of nested writes, links and cascades', async () => {
    setReceivers(db, hearAll('after'))
    await db.film.update({
      where: { id: 1 },
      data: {
        title: 'M',
        genres: { connect: [{ id: 1 }, { id: 2 }] },
        reviews: { create: { id: 3, stars: 1 }, update: { where: { id: 1 }, data: { stars: 4 } } },
      },
    })
    await db.film.update({ where: { id: 1 }, data: { genres: { disconnect: { id: 2 } } } })
    expect(told.map((line) => line.split(' {')[0])).toEqual([
      'film updated',
      'film linked',
      'genre linked',
      'review created',
      'review updated',
      'film unlinked',
      'genre unlinked',
    ])
    told = []
    await db.film.delete({ where: { id: 1 } })
    // Databases find the reviews in an order of their own.
    expect(told.map((line) => line.replace(/"(stars|filmId|title)":[^,}]+,?/g, '')).sort()).toEqual([
      'film deleted {"row":{"id":1,}}',
      'film unlinked {"row":{"id":1,},"field":"genres","other":{"id":1}}',
      'genre unlinked {"row":{"id":1},"field":"films","other":{"id":1,}}',
      'review deleted {"row":{"id":1,}}',
      'review deleted {"row":{"id":2,}}',
      'review deleted {"row":{"id":3,}}',
      'vote updated {"row":{"id":1,"reviewId":null},"before":{"id":1,"reviewId":1},"changed":["reviewId"]}',
    ])
  })

  it('are told before the write what is to be written, and may stop it', async () => {
    setReceivers(db, [
      ...hearAll('before'),
      receiver(
        'film',
        'updated',
        async ({ data, db: tx }) => {
          await tx.review.deleteMany()
          if (data.title === '') throw new Error('A film has a title.')
          throw new HttpError(403, 'Closed.')
        },
        { when: 'before' },
      ),
    ])
    const failure = await db.film.update({ where: { id: 1 }, data: { title: '' } }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'HC_SIGNAL', where: "on('film', 'updated')", cause: { message: 'A film has a title.' } })
    await expect(db.film.updateMany({ data: { title: 'M' } })).rejects.toThrow(expect.objectContaining({ status: 403 }))
    expect(told[0]).toBe('film updated {"row":{"id":1,"title":"Metropolis"},"data":{"title":""}}')
    expect(await db.review.count()).toBe(2)
    expect(await db.film.findMany()).toEqual([{ id: 1, title: 'Metropolis' }])
  })

  it('may write the same rows before, and nobody is told twice', async () => {
    const clear: Receive = ({ row, db: tx }) => tx.review.deleteMany({ where: { filmId: row.id } })
    const shout: Receive = ({ row, data, db: tx }) => data.title === 'M' && tx.film.update({ where: { id: row.id }, data: { title: 'M?' } })
    setReceivers(db, [
      receiver('film', 'deleted', clear, { when: 'before' }),
      receiver('film', 'updated', shout, { when: 'before' }),
      ...hearAll('committed'),
    ])
    await db.film.update({ where: { id: 1 }, data: { title: 'M' } })
    await db.film.delete({ where: { id: 1 } })
    expect(told.map((line) => line.split(' {')[0])).toEqual([
      'film updated',
      'film updated',
      'vote updated',
      'review deleted',
      'review deleted',
      'film unlinked',
      'genre unlinked',
      'film deleted',
    ])
    expect(told[1]).toContain('"before":{"id":1,"title":"M?"}')
  })

  it('leave the write alone and nothing behind where their failure is only to be logged', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const fail: Receive = async ({ db: tx }) => {
      await tx.vote.deleteMany()
      throw new Error('no')
    }
    setReceivers(db, [receiver('film', 'updated', fail, { onError: 'log' }), receiver('film', 'updated', fail, { when: 'committed' })])
    await db.film.update({ where: { id: 1 }, data: { title: 'M' } })
    expect(await db.film.findMany()).toMatchObject([{ title: 'M' }])
    expect(await db.vote.count()).toBe(0)
    expect(logged).toHaveBeenCalledTimes(2)
    logged.mockRestore()
  })

  it('are told in order of what is committed, once it is, and of nothing that was rolled back', async () => {
    setReceivers(db, [
      ...hearAll('committed'),
      receiver('review', 'deleted', async () => void told.push(`${await db.review.count()} left`), { when: 'committed' }),
    ])
    await db.transaction(async (tx: Any) => {
      await tx.review.delete({ where: { id: 1 } })
      tx.afterCommit(() => told.push('a callback'))
      await tx
        .transaction(async (inner: Any) => {
          await inner.genre.create({ data: { id: 9 } })
          throw new Error('no')
        })
        .catch(() => {})
      await tx.genre.create({ data: { id: 3 } })
      expect(told).toEqual([])
    })
    expect(told.map((line) => line.split(' {')[0])).toEqual(['vote updated', 'review deleted', '1 left', 'a callback', 'genre created'])
    told = []
    await db.$transaction([db.genre.create({ data: { id: 4 } }), db.genre.create({ data: { id: 4 } })]).catch(() => {})
    expect(told).toEqual([])
    await db.$transaction([db.genre.create({ data: { id: 4 } }), db.genre.delete({ where: { id: 4 } })])
    expect(told).toHaveLength(2)
  })

  it('take writes that are made at the same time in one transaction', async () => {
    setReceivers(db, hearAll('after'))
    await db.transaction(async (tx: Any) => {
      await Promise.all([3, 4, 5].map((id) => tx.genre.create({ data: { id } })))
      await expect(tx.genre.create({ data: { id: 5 } })).rejects.toThrow(/unique/i)
      await tx.genre.create({ data: { id: 6 } })
    })
    expect(told).toHaveLength(4)
  })

  it('stop their own write alone, whatever is written beside it', async () => {
    const stop = (): never => {
      throw new Error('no')
    }
    setReceivers(db, [receiver('genre', 'created', stop)])
    await db.transaction(async (tx: Any) => {
      const both = await Promise.allSettled([tx.genre.create({ data: { id: 3 } }), tx.review.create({ data: { id: 3, stars: 1 } })])
      expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    })
    expect(await db.genre.count()).toBe(2)
    expect(await db.review.count()).toBe(3)
  })

  it('may write themselves, and are stopped where they would never end', async () => {
    setReceivers(db, [
      receiver(
        'review',
        'created',
        ({ row, db: tx }) => row.stars < 3 && tx.review.create({ data: { id: row.id + 1, stars: row.stars + 1 } }),
      ),
    ])
    await db.review.create({ data: { id: 10, stars: 0 } })
    expect(await db.review.count()).toBe(6)
    setReceivers(db, [
      receiver('review', 'created', ({ row, db: tx }) => tx.review.create({ data: { id: row.id + 1, stars: row.stars + 1 } })),
    ])
    const failure = await db.review.create({ data: { id: 20, stars: 0 } }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'HC_SIGNAL', message: expect.stringContaining("10 deep: on('review', 'created').") })
    expect(await db.review.count()).toBe(6)
  })

  it('do not come between a listener and what it hears', async () => {
    const end = observeChanges(db, (some) => changes.push(...some))
    setReceivers(db, hearAll('committed'))
    await db.review.update({ where: { id: 1 }, data: { filmId: null } })
    end()
    expect(changes.map(({ model, kind, rows }) => [model.name, kind, rows])).toEqual([
      [
        'Review',
        'update',
        [
          { id: 1, stars: 5, filmId: 1 },
          { id: 1, stars: 5, filmId: null },
        ],
      ],
    ])
  })

  it('have to be of a model that there is', () => {
    expect(() => setReceivers(db, [receiver('flim', 'created', () => {})])).toThrow(/no model 'flim'/)
  })
})
