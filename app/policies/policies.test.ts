/** What the policies let through, asked of the database itself: pages, admin and API all stand on them. */
import type { Db } from 'hotclub'
import type { User } from 'hotclub/auth'
import { createTestApp } from 'hotclub/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDb, type TestDb } from '../lib/_test-db.ts'
import genre from './genre.ts'
import movie from './movie.ts'
import review from './review.ts'
import user from './user.ts'
import watchList from './watch-list.ts'
import watchListItem from './watch-list-item.ts'

let plain: TestDb
let db: Db
let ada: User
let bruno: User
let moderator: User

beforeAll(async () => {
  plain = await createTestDb()
  db = (await createTestApp({ routes: {}, db: plain, policies: [genre, movie, review, user, watchList, watchListItem] })).db
  await db.movie.create({ data: { id: 1, title: 'Metropolis', slug: 'metropolis' } })
  const [a, b, c] = await db.user.createManyAndReturn({
    data: ['ada', 'bruno', 'carla'].map((name) => ({ name, email: `${name}@example.com`, password: '!' })),
  })
  ada = { ...a!, can: () => false as never }
  bruno = { ...b!, can: () => false as never }
  moderator = { ...c!, can: (permission: string) => (permission === 'review.moderate') as never }
})

beforeEach(async () => {
  await db.review.deleteMany()
  await db.watchList.deleteMany()
})

afterAll(() => plain.remove())

const words = { stars: 9, body: 'A town above the town, and machines that eat people.', movieId: 1 }

describe('a review', () => {
  it('is seen by everybody once it is published, and before by its author and moderators', async () => {
    await db.review.create({ data: { ...words, userId: ada.id } })

    const seen = async () => await Promise.all([null, bruno, ada, moderator].map((reader) => db.as(reader).review.count()))
    expect(await seen()).toEqual([0, 0, 1, 1])
    await db.review.updateMany({ data: { status: 'PUBLISHED' } })
    expect(await seen()).toEqual([1, 1, 1, 1])
  })

  it('is written in nobody’s name but one’s own, and published by moderators alone', async () => {
    await expect(db.as(null).review.create({ data: words })).rejects.toMatchObject({ status: 403 })
    await expect(db.as(ada).review.create({ data: { ...words, userId: bruno.id } })).rejects.toMatchObject({ status: 403 })
    await expect(db.as(ada).review.create({ data: { ...words, userId: ada.id, status: 'PUBLISHED' } })).rejects.toMatchObject({
      status: 403,
    })
    const { id } = await db.as(ada).review.create({ data: { ...words, userId: ada.id } })
    await expect(db.as(ada).review.update({ where: { id }, data: { status: 'PUBLISHED' } })).rejects.toMatchObject({ status: 403 })
    await expect(db.as(bruno).review.update({ where: { id }, data: { stars: 1 } })).rejects.toMatchObject({ code: 'P2025' })

    await db.as(ada).review.update({ where: { id }, data: { stars: 10 } })
    await db.as(moderator).review.update({ where: { id }, data: { status: 'PUBLISHED' } })
    expect(await db.review.findMany()).toMatchObject([{ id, stars: 10, status: 'PUBLISHED', userId: ada.id }])
  })
})

describe('a watch list', () => {
  it('that is private is its owner’s alone, with everything on it', async () => {
    const { id } = await db.as(ada).watchList.create({
      data: { title: 'Towns', ownerId: ada.id, items: { create: { movieId: 1, place: 1 } } },
    })

    for (const reader of [null, bruno, moderator]) {
      expect(await db.as(reader).watchList.findMany()).toEqual([])
      expect(await db.as(reader).watchListItem.count()).toBe(0)
      expect(await db.as(reader).movie.count({ where: { listed: { some: {} } } })).toBe(0)
      expect((await db.as(reader).watchList.updateMany({ where: { id }, data: { isPublic: true } })).count).toBe(0)
    }
    expect(await db.as(ada).watchListItem.count()).toBe(1)
  })

  it('that is public can be read, and still not added to', async () => {
    const { id } = await db.watchList.create({ data: { title: 'Towns', ownerId: ada.id, isPublic: true } })

    expect(await db.as(null).watchList.findMany({ select: { title: true, owner: { select: { name: true } } } })).toEqual([
      { title: 'Towns', owner: { name: 'ada' } },
    ])
    await expect(db.as(bruno).watchListItem.create({ data: { listId: id, movieId: 1, place: 1 } })).rejects.toMatchObject({ status: 403 })
    await expect(db.as(bruno).watchList.create({ data: { title: 'Hers', ownerId: ada.id } })).rejects.toMatchObject({ status: 403 })
    expect(await db.watchListItem.count()).toBe(0)
  })
})

describe('a member', () => {
  it('has a name for others, and nothing else worth knowing', async () => {
    for (const reader of [null, bruno, moderator]) {
      const rows = await db.as(reader).user.findMany({ orderBy: { id: 'asc' }, take: 1 })
      expect(Object.keys(rows[0]!).toSorted()).toEqual(['createdAt', 'id', 'name'])
      await expect(db.as(reader).user.count({ where: { email: { startsWith: 'a' } } })).rejects.toMatchObject({ code: 'HC_FIELD' })
      await expect(db.as(reader).user.findMany({ select: { password: true } })).rejects.toMatchObject({ code: 'HC_FIELD' })
    }
  })
})
