/** What members, moderators and strangers may do with reviews and lists. How it looks in a browser: e2e/members.spec.ts. */
import { createTestApp, type TestApp, type TestClient } from 'hotclub/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import auth from '../auth.ts'
import { createTestDb, type TestDb } from '../lib/_test-db.ts'
import distributorPolicy from '../policies/distributor.ts'
import genrePolicy from '../policies/genre.ts'
import moviePolicy from '../policies/movie.ts'
import personPolicy from '../policies/person.ts'
import reviewPolicy from '../policies/review.ts'
import userPolicy from '../policies/user.ts'
import listPolicy from '../policies/watch-list.ts'
import itemPolicy from '../policies/watch-list-item.ts'
import * as accountLists from './account/lists.tsx'
import * as film from './films/[slug].tsx'
import * as editList from './lists/[id=int]/edit.tsx'
import * as list from './lists/[id=int]/index.tsx'
import * as lists from './lists/index.tsx'
import * as newList from './lists/new.tsx'
import * as members from './members.tsx'
import * as moderation from './moderation.tsx'
import * as editReview from './reviews/[id=int]/edit.tsx'
import * as ratings from '../signals/ratings.ts'

let db: TestDb
let app: TestApp
const people: Record<'ada' | 'bruno' | 'moderator', { id: number; client: TestClient }> = {} as never

beforeAll(async () => {
  db = await createTestDb()
  await db.movie.createMany({
    data: ['Metropolis', 'Playtime', 'Alien'].map((title) => ({ title, slug: title.toLowerCase() })),
  })
  app = await createTestApp({
    routes: {
      'account/lists.tsx': accountLists,
      'films/[slug].tsx': film,
      'lists/index.tsx': lists,
      'lists/new.tsx': newList,
      'lists/[id=int]/index.tsx': list,
      'lists/[id=int]/edit.tsx': editList,
      'members.tsx': members,
      'moderation.tsx': moderation,
      'reviews/[id=int]/edit.tsx': editReview,
    },
    db,
    auth,
    policies: [distributorPolicy, genrePolicy, moviePolicy, personPolicy, reviewPolicy, userPolicy, listPolicy, itemPolicy],
    signals: Object.values(ratings),
  })
  await db.group.create({ data: { name: 'Moderators', permissions: { connect: { name: 'review.moderate' } } } })
  for (const name of ['ada', 'bruno', 'moderator'] as const) {
    const groups = name === 'moderator' ? { connect: { name: 'Moderators' } } : {}
    const { id } = await db.user.create({ data: { email: `${name}@example.com`, name, password: '!', groups } })
    const client = app.client()
    await client.logIn({ id })
    people[name] = { id, client }
  }
})

beforeEach(async () => {
  await db.review.deleteMany()
  await db.watchList.deleteMany()
})

afterEach(() => {
  const [report] = app.errors
  if (report) throw report.error
})

afterAll(() => db.remove())

const body = 'A town above the town, and machines that eat people.'

/** A review of Ada's. */
async function createReview(change: { status?: 'PENDING' | 'PUBLISHED' | 'REJECTED'; slug?: string } = {}) {
  const { status = 'PUBLISHED', slug = 'metropolis' } = change
  return await db.review.create({
    data: { stars: 9, body, status, movie: { connect: { slug } }, user: { connect: { id: people.ada.id } } },
  })
}

/** A list of Ada's, with films on it. */
async function createList({ isPublic = true, films = ['metropolis', 'playtime'] } = {}) {
  const items = films.map((slug, index) => ({ place: index + 1, movie: { connect: { slug } } }))
  return await db.watchList.create({ data: { title: 'Towns', isPublic, ownerId: people.ada.id, items: { create: items } } })
}

async function read(client: { request(path: string): Promise<Response> }, path: string): Promise<{ status: number; html: string }> {
  const response = await client.request(path)
  // React parts neighbouring texts with comments.
  return { status: response.status, html: (await response.text()).replaceAll('<!-- -->', '') }
}

describe('a review', () => {
  it('is a member’s, and waits until somebody has read it', async () => {
    const { client, id } = people.ada
    expect(await client.submit('/films/metropolis', 'review', { stars: 9, body })).toMatchObject({
      status: 303,
      location: '/films/metropolis#your-review',
    })

    expect(await db.review.findMany({ include: { movie: true } })).toMatchObject([
      { userId: id, author: null, stars: 9, status: 'PENDING', isDemo: false, movie: { slug: 'metropolis' } },
    ])
    expect((await read(client, '/films/metropolis')).html).toContain('machines that eat people')
    expect((await read(people.bruno.client, '/films/metropolis')).html).not.toContain('machines that eat people')
    expect((await read(app, '/films/metropolis')).html).not.toContain('machines that eat people')
  })

  it('of a stranger comes back with what was typed, and is not kept', async () => {
    const answer = await app.submit('/films/metropolis', 'review', { stars: 9, body })

    expect(answer).toMatchObject({ status: 401, formErrors: [expect.stringContaining('not signed in')] })
    expect(await db.review.count()).toBe(0)
  })

  it('is one a film and member, also when two are sent at once', async () => {
    const send = () => people.ada.client.submit('/films/metropolis', 'review', { stars: 9, body })
    const answers = await Promise.all([send(), send(), send()])

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422, 422])
    expect(answers.flatMap(({ formErrors }) => formErrors)[0]).toBe(
      'You have reviewed this film before. Change that review, or delete it first.',
    )
    expect((await people.ada.client.submit('/films/playtime', 'review', { stars: 5, body })).status).toBe(303)
    expect((await people.bruno.client.submit('/films/metropolis', 'review', { stars: 5, body })).status).toBe(303)
    expect(await db.review.count()).toBe(3)
  })

  it('takes no more than stars and words', async () => {
    for (const more of [{ status: 'PUBLISHED' }, { isDemo: 'on' }, { movieId: '1' }, { userId: '1' }, { author: 'The Queen' }])
      expect((await people.ada.client.submit('/films/metropolis', 'review', { stars: 9, body, ...more })).status).toBe(422)
    expect(await db.review.count()).toBe(0)
  })

  it('is changed by its author, and read again before it is published again', async () => {
    const { id } = await createReview()

    const answer = await people.ada.client.submit(`/reviews/${id}/edit`, 'save', { stars: 3, body: `${body} Again.` })

    expect(answer).toMatchObject({ status: 303, location: '/films/metropolis' })
    expect(await db.review.findUnique({ where: { id } })).toMatchObject({ stars: 3, body: `${body} Again.`, status: 'PENDING' })
  })

  it('is changed by a moderator, and stays published', async () => {
    const { id } = await createReview()

    await people.moderator.client.submit(`/reviews/${id}/edit`, 'save', { stars: 3, body })

    expect(await db.review.findUnique({ where: { id } })).toMatchObject({ stars: 3, status: 'PUBLISHED', userId: people.ada.id })
  })

  it('is nobody else’s to change or delete, and one that is hidden looks like none', async () => {
    const shown = await createReview()
    const hidden = await createReview({ status: 'PENDING', slug: 'playtime' })
    const { client } = people.bruno
    const statusOf = async (id: number) => [
      (await read(client, `/reviews/${id}/edit`)).status,
      (await client.submit(`/reviews/${id}/edit`, 'save', { stars: 1, body })).status,
    ]

    expect(await statusOf(shown.id)).toEqual([403, 403])
    expect(await statusOf(hidden.id)).toEqual([404, 404])
    expect(await statusOf(999_999)).toEqual([404, 404])
    expect((await client.submit('/films/metropolis', 'remove', { id: shown.id })).status).toBe(403)
    expect((await client.submit('/films/metropolis', 'remove', { id: hidden.id })).status).toBe(404)
    expect((await client.submit('/films/metropolis', 'moderate', { id: hidden.id, status: 'PUBLISHED' })).status).toBe(403)
    expect((await app.submit('/films/metropolis', 'remove', { id: shown.id })).status).toBe(401)
    expect(await db.review.findMany({ orderBy: { id: 'asc' } })).toEqual([shown, hidden])
  })

  it('counts for the film while it is published', async () => {
    const figures = async () =>
      await db.movie.findUniqueOrThrow({ where: { slug: 'metropolis' }, select: { reviewCount: true, averageStars: true } })
    const { id, movieId } = await createReview({ status: 'PENDING' })
    expect(await figures()).toEqual({ reviewCount: 0, averageStars: null })
    await people.moderator.client.submit('/moderation', 'moderate', { id, status: 'PUBLISHED' })
    await db.review.create({ data: { movieId, userId: people.bruno.id, stars: 4, body, status: 'PUBLISHED' } })
    expect(await figures()).toEqual({ reviewCount: 2, averageStars: 6.5 })
    expect((await read(people.bruno.client, '/films/metropolis')).html).toContain('2 reviews, 6.5 of 10 on average')
    await people.ada.client.submit('/films/metropolis', 'remove', { id })
    expect(await figures()).toEqual({ reviewCount: 1, averageStars: 4 })
    await db.user.delete({
      where: {
        id: (
          await db.user.create({
            data: {
              email: 'eve@example.com',
              name: 'Eve',
              password: '!',
              reviews: { create: { movieId, stars: 8, body, status: 'PUBLISHED' } },
            },
          })
        ).id,
      },
    })
    expect(await figures()).toEqual({ reviewCount: 1, averageStars: 4 })
  })

  it('is deleted by its author, or by a moderator', async () => {
    for (const { client } of [people.ada, people.moderator]) {
      const { id } = await createReview()
      expect((await client.submit('/films/metropolis', 'remove', { id })).status).toBe(303)
      expect(await db.review.count()).toBe(0)
    }
  })
})

describe('/moderation', () => {
  it('is for moderators', async () => {
    expect((await read(app, '/moderation')).status).toBe(302)
    expect((await read(people.ada.client, '/moderation')).status).toBe(403)
    expect((await people.ada.client.submit('/moderation', 'moderate', { id: 1, status: 'PUBLISHED' })).status).toBe(403)
    expect((await read(people.moderator.client, '/moderation')).html).toContain('Nothing left to read')
  })

  it('publishes and rejects what waits', async () => {
    const { client } = people.moderator
    const good = await createReview({ status: 'PENDING' })
    const bad = await createReview({ status: 'PENDING', slug: 'playtime' })
    expect((await read(client, '/moderation')).html).toContain('2 reviews to read')

    await client.submit('/moderation', 'moderate', { id: good.id, status: 'PUBLISHED' })
    await client.submit('/moderation', 'moderate', { id: bad.id, status: 'REJECTED' })

    expect((await read(app, '/films/metropolis')).html).toContain('machines that eat people')
    expect((await read(app, '/films/playtime')).html).not.toContain('machines that eat people')
    expect((await read(client, '/moderation')).html).toContain('Nothing left to read')
    expect((await client.submit('/moderation', 'moderate', { id: 999_999, status: 'REJECTED' })).status).toBe(404)
    expect((await client.submit('/moderation', 'moderate', { id: good.id, status: 'PENDING' })).status).toBe(422)
  })
})

describe('a watch list', () => {
  it('begins with a film', async () => {
    const answer = await people.ada.client.submit('/lists/new?film=alien', 'create', { title: ' Space ', description: '', isPublic: false })
    const made = await db.watchList.findFirstOrThrow({ include: { items: { include: { movie: true } } } })

    expect(answer).toMatchObject({ status: 303, location: `/lists/${made.id}` })
    expect(made).toMatchObject({
      title: 'Space',
      description: null,
      isPublic: false,
      ownerId: people.ada.id,
      items: [{ movie: { slug: 'alien' } }],
    })
    expect((await read(app, '/lists/new')).status).toBe(302)
  })

  it('that is private is not there for others, not even in a count', async () => {
    const { id } = await createList({ isPublic: false })

    for (const client of [app, people.bruno.client, people.moderator.client]) {
      expect((await read(client, `/lists/${id}`)).status).toBe(404)
      expect((await read(client, '/lists')).html).toContain('No list is public yet')
    }
    expect((await read(people.bruno.client, '/members')).html).not.toContain('Metropolis')
    expect((await read(people.ada.client, `/lists/${id}`)).html).toContain('Metropolis')
    expect((await read(people.ada.client, '/account/lists')).html).toContain('Towns')
    expect((await read(people.bruno.client, '/account/lists')).html).toContain('No list yet')
  })

  it('that is public is read by everybody, and changed by its owner alone', async () => {
    const { id, updatedAt } = await createList()
    const change = { title: 'Mine now', description: null, isPublic: true, items: [], seen: updatedAt.getTime() }

    expect((await read(app, `/lists/${id}`)).html).toContain('Playtime')
    for (const { client } of [people.bruno, people.moderator]) {
      expect((await read(client, `/lists/${id}/edit`)).status).toBe(404)
      expect((await client.submit(`/lists/${id}/edit`, 'save', change)).status).not.toBe(303)
      expect((await client.submit(`/lists/${id}/edit`, 'remove', { id })).status).toBe(404)
      expect((await client.submit('/films/alien', 'list', { listId: id, movieId: 3 })).status).toBe(422)
    }
    expect(await db.watchList.findUnique({ where: { id }, include: { _count: { select: { items: true } } } })).toMatchObject({
      title: 'Towns',
      _count: { items: 2 },
    })
  })

  it('keeps the order and the notes it is given', async () => {
    const { id, updatedAt } = await createList()
    const [metropolis, playtime] = await db.movie.findMany({ orderBy: { id: 'asc' } })
    const items = [
      { movieId: playtime!.id, note: 'In 70 mm' },
      { movieId: metropolis!.id, note: '' },
    ]

    const answer = await people.ada.client.submit(`/lists/${id}/edit`, 'save', {
      title: 'Towns',
      description: '',
      isPublic: true,
      items,
      seen: updatedAt.getTime(),
    })

    expect(answer).toMatchObject({ status: 303, location: `/lists/${id}` })
    expect(await db.watchListItem.findMany({ orderBy: { place: 'asc' } })).toMatchObject([
      { place: 1, movieId: playtime!.id, note: 'In 70 mm' },
      { place: 2, movieId: metropolis!.id, note: null },
    ])
  })

  it('loses no film that was added while it was being edited', async () => {
    const { id, updatedAt } = await createList({ films: ['metropolis'] })
    const alien = await db.movie.findUniqueOrThrow({ where: { slug: 'alien' } })
    await people.ada.client.submit('/films/alien', 'list', { listId: id, movieId: alien.id })

    const answer = await people.ada.client.submit(`/lists/${id}/edit`, 'save', {
      title: 'Towns',
      description: '',
      isPublic: true,
      items: [],
      seen: updatedAt.getTime(),
    })

    expect(answer).toMatchObject({ status: 422, formErrors: [expect.stringContaining('has changed since')] })
    expect(await db.watchListItem.count({ where: { listId: id } })).toBe(2)
  })

  it('holds a film once, and none that does not exist', async () => {
    const { id, updatedAt } = await createList({ films: ['metropolis'] })
    const { client } = people.ada
    const film = await db.movie.findUniqueOrThrow({ where: { slug: 'metropolis' } })
    const save = (ids: number[]) =>
      client.submit(`/lists/${id}/edit`, 'save', {
        title: 'Towns',
        description: '',
        isPublic: true,
        items: ids.map((movieId) => ({ movieId, note: '' })),
        seen: updatedAt.getTime(),
      })

    expect((await client.submit('/films/metropolis', 'list', { listId: id, movieId: film.id })).status).toBe(303)
    await db.watchList.update({ where: { id }, data: { updatedAt } })
    expect(await save([film.id, film.id])).toMatchObject({ status: 422 })
    expect(await save([999_999])).toMatchObject({ status: 422 })
    expect(await db.watchListItem.findMany()).toMatchObject([{ listId: id, movieId: film.id }])
  })

  it('goes with everything on it', async () => {
    const { id } = await createList()

    expect(await people.ada.client.submit(`/lists/${id}/edit`, 'remove', { id })).toMatchObject({ status: 303, location: '/account/lists' })
    expect([await db.watchList.count(), await db.watchListItem.count()]).toEqual([0, 0])
  })
})

describe('/members', () => {
  it('is for members, and shows what is public among them', async () => {
    await createReview()
    await createReview({ status: 'PENDING', slug: 'playtime' })
    await createList({ films: ['alien'] })

    expect((await read(app, '/members')).status).toBe(302)
    const { html } = await read(people.bruno.client, '/members')
    expect(html).toContain('Metropolis')
    expect(html).not.toContain('Playtime')
    expect(html).toContain('Alien')
    expect(html).not.toContain('@example.com')
  })
})
