import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Db } from '../../core/register.ts'
import type { User } from '../../core/user.ts'
import { createTestDatabase, type TestDatabase } from '../../db/_test-databases.ts'
import { databaseErrors } from '../../forms/database-errors.ts'
import { describeForm } from '../../forms/describe.ts'
import { setSchema } from '../../schema/registry.ts'
import type { SchemaMetadata } from '../../schema/types.ts'
import type { ObjectNode } from '../../view/form-node.ts'
import { allowsRow, visibleFields, why, writableFields } from './explain.ts'
import { definePolicy, type Policy } from './policy.ts'
import { withPolicies } from './with-policies.ts'

let database: TestDatabase<any>
let plain: any
let schema: SchemaMetadata

beforeAll(async () => {
  database = await createTestDatabase<any>(`
model Account {
  id      Int      @id
  name    String
  nick    String?
  reviews Review[]
}
model Film {
  id       Int      @id
  title    String   @unique
  isPublic Boolean  @default(true)
  reviews  Review[]
  tags     Tag[]
}
model Review {
  id            Int      @id @default(autoincrement())
  film          Film     @relation(fields: [filmId], references: [id])
  filmId        Int
  author        Account? @relation(fields: [authorId], references: [id])
  authorId      Int?
  stars         Int
  status        String   @default("PENDING")
  moderatorNote String?
  extra         Json?

  @@unique([filmId, authorId])
}
model Tag {
  id    Int    @id
  name  String @unique
  films Film[]
}
model Letter {
  id   Int    @id @default(autoincrement())
  body String
}`)
  schema = database.metadata
  setSchema(schema)
  plain = database.open()
})

afterAll(async () => {
  setSchema(undefined)
  await database.remove()
})

beforeEach(async () => {
  for (const model of ['review', 'film', 'account', 'tag', 'letter']) await plain[model].deleteMany()
  await plain.account.createMany({
    data: [
      { id: 1, name: 'Ada' },
      { id: 2, name: 'Bob' },
    ],
  })
  await plain.film.createMany({
    data: [
      { id: 1, title: 'Alien' },
      { id: 2, title: 'Brazil' },
      { id: 3, title: 'Secret', isPublic: false },
    ],
  })
  await plain.tag.createMany({ data: [{ id: 1, name: 'space' }] })
  await plain.film.update({ where: { id: 1 }, data: { tags: { connect: { id: 1 } } } })
  await plain.review.createMany({
    data: [
      { id: 1, filmId: 1, authorId: 1, stars: 5, status: 'PUBLISHED', moderatorNote: 'fine' },
      { id: 2, filmId: 1, authorId: 2, stars: 1 },
      { id: 3, filmId: 3, authorId: 1, stars: 3, status: 'PUBLISHED' },
      { id: 4, filmId: 2, authorId: 2, stars: 4 },
    ],
  })
  // PostgreSQL alone does not count on from ids that it was given.
  if (database.provider === 'postgresql') await plain.$queryRaw`SELECT setval(pg_get_serial_sequence('"Review"', 'id'), 4)`
})

const somebody = (id: number, permissions: string[] = [], more: Partial<User> = {}): User =>
  ({ id, isActive: true, isSuperuser: false, can: (name: string) => permissions.includes(name), ...more }) as User
const ada = somebody(1)
const bob = somebody(2)
const moderator = somebody(9, ['review.moderate'])

const own = ({ user }: { user: User | null }) => user && { authorId: user.id }
const reviewPolicy = definePolicy('review', {
  read: ({ user }) => (user?.can('review.moderate') ? true : { OR: [{ status: 'PUBLISHED' }, { authorId: user?.id }] }),
  create: own,
  update: ({ user }) => user?.can('review.moderate') || own({ user }),
  delete: own,
  fields: {
    moderatorNote: { read: ({ user }) => user?.can('review.moderate') },
    status: { create: false, update: ({ user }) => user?.can('review.moderate') },
  },
})
const policies = [
  reviewPolicy,
  definePolicy('film', { read: { isPublic: true }, update: ({ user }) => user !== null }),
  definePolicy('account', { read: true }),
  definePolicy('tag', { read: true }),
  definePolicy('letter', { create: true }),
]

/** The client for somebody. */
function as(user: User | null, rules: readonly Policy[] = policies): any {
  return withPolicies(plain, rules, schema).as(user)
}

/** What a call was refused with. */
async function refusal(call: PromiseLike<unknown>): Promise<{ code?: unknown; status?: unknown; message: string }> {
  try {
    await call
  } catch (error) {
    const { code, status, message } = error as Error & { code?: unknown; status?: unknown }
    return { ...(code === undefined ? {} : { code }), ...(status === undefined ? {} : { status }), message }
  }
  throw new Error('It was not refused.')
}

const ids = (rows: { id: number }[]): number[] => rows.map(({ id }) => id)

describe('db.as(user)', () => {
  it('shows the rows that the rule lets through', async () => {
    expect(ids(await as(bob).review.findMany())).toEqual([1, 2, 3, 4])
    expect(ids(await as(ada).review.findMany())).toEqual([1, 3])
    expect(await as(ada).review.findUnique({ where: { id: 2 } })).toBeNull()
    expect(await as(ada).review.count()).toBe(2)
  })

  it('takes `undefined` in a rule for no row, where Prisma would take it for every row', async () => {
    const policy = definePolicy('review', { read: ({ user }) => ({ authorId: user?.id }) })

    expect(await as(null, [policy]).review.findMany()).toEqual([])
    expect(ids(await as(null).review.findMany())).toEqual([1, 3])
  })

  it('lets nobody through where a policy has no rule, and asks for the permission where there is no policy', async () => {
    const viewer = somebody(5, ['film.view'])

    expect(await as(viewer, [definePolicy('film', {})]).film.count()).toBe(0)
    expect(await as(viewer, []).film.count()).toBe(3)
    expect(await as(ada, []).film.count()).toBe(0)
    expect(await as(null, []).film.count()).toBe(0)
  })

  it('keeps nothing from an active superuser, and takes somebody inactive for nobody', async () => {
    const root = somebody(7, [], { isSuperuser: true })

    expect(await as(root).review.count()).toBe(4)
    expect(await as({ ...root, isActive: false }).review.count()).toBe(2)
    expect(await as(somebody(2, [], { isActive: false })).review.count()).toBe(2)
  })

  it('hides related rows in includes, selects, counts and filters', async () => {
    const films = await as(ada).film.findMany({ include: { reviews: { select: { id: true } }, _count: true }, orderBy: { id: 'asc' } })

    expect(films.map((film: any) => [film.id, ids(film.reviews), film._count])).toEqual([
      [1, [1], { reviews: 1, tags: 1 }],
      [2, [], { reviews: 0, tags: 0 }],
    ])
    expect(ids(await as(ada).film.findMany({ where: { reviews: { some: { stars: { lt: 9 } } } } }))).toEqual([1])
    expect(ids(await as(ada).film.findMany({ where: { reviews: { none: {} } } }))).toEqual([2])
  })

  it('reads a hidden row at the end of a relation as null, required or not', async () => {
    expect(await as(ada).review.findUnique({ where: { id: 3 }, select: { id: true, film: true } })).toEqual({ id: 3, film: null })
    expect(await as(ada).review.findMany({ where: { film: { is: { title: 'Secret' } } } })).toEqual([])
    expect(ids(await as(ada).review.findMany({ where: { film: { isNot: { title: 'Alien' } } } }))).toEqual([3])
  })

  it('hides rows of which a rule is unknown, as with a null, also where the question is turned round', async () => {
    const rules = [...policies.filter(({ model }) => model !== 'account'), definePolicy('account', { read: { NOT: { nick: 'ghost' } } })]
    const { review, account } = as(moderator, rules)

    expect(await account.count()).toBe(0)
    expect(ids(await review.findMany({ where: { NOT: { author: { is: { name: 'Bob' } } } } }))).toEqual([1, 2, 3, 4])
    expect(ids(await review.findMany({ where: { author: { isNot: { name: 'Bob' } } } }))).toEqual([1, 2, 3, 4])
    expect(ids(await review.findMany({ where: { author: null } }))).toEqual([1, 2, 3, 4])
  })

  it('starts nowhere from a hidden row', async () => {
    const after = (user: User, id: number) => as(user).review.findMany({ cursor: { id }, orderBy: { id: 'asc' } })

    expect(ids(await after(bob, 2))).toEqual([2, 3, 4])
    expect(await after(ada, 2)).toEqual([])
    expect(await as(ada).review.count({ cursor: { id: 2 } })).toBe(0)
    const [film] = await as(ada).film.findMany({ where: { id: 1 }, include: { reviews: { cursor: { id: 2 } } } })
    expect(film.reviews).toEqual([])
  })

  it('refuses to sort by what may be hidden', async () => {
    expect(await refusal(as(ada).review.findMany({ orderBy: { film: { title: 'asc' } } }))).toMatchObject({ code: 'HC_CALL' })
    expect(await refusal(as(ada).film.findMany({ orderBy: { reviews: { _count: 'asc' } } }))).toMatchObject({ code: 'HC_CALL' })
    expect(ids(await as(ada).review.findMany({ orderBy: [{ author: { name: 'asc' } }, { id: 'desc' }] }))).toEqual([3, 1])
  })

  it('follows relations of one row', async () => {
    expect(
      await as(ada)
        .review.findUnique({ where: { id: 1 } })
        .film(),
    ).toMatchObject({ title: 'Alien' })
    expect(
      await as(ada)
        .review.findUnique({ where: { id: 3 } })
        .film(),
    ).toBeNull()
    expect(
      ids(
        await as(ada)
          .review.findUnique({ where: { id: 1 } })
          .film()
          .reviews({ select: { id: true } }),
      ),
    ).toEqual([1])
    expect(
      await as(ada)
        .review.findUnique({ where: { id: 2 } })
        .film(),
    ).toBeNull()
  })

  it('has no way around', async () => {
    const db = as(ada)

    for (const name of ['$queryRaw', '$queryRawUnsafe', '$executeRaw', '$executeRawUnsafe', '$extends', '$on', '$connect', '$disconnect'])
      expect(() => db[name](), name).toThrow(expect.objectContaining({ code: 'HC_CALL' }))
    expect(db.as).toBeUndefined()
    expect(db.review.findRaw).toBeUndefined()
    expect(db.review.$parent).toBeUndefined()
    expect('review' in db).toBe(true)
    for (const args of [{ relationLoadStrategy: 'join' }, { where: { film: { like: {} } } }, { orderBy: { _relevance: {} } }])
      expect(await refusal(db.review.findMany(args))).toMatchObject({ code: expect.stringMatching(/HC_CALL|HC_FIELD/) })
  })

  it('makes a call when it is waited for, once', async () => {
    const call = as(ada).film.count()
    await plain.film.create({ data: { id: 4, title: 'Dune' } })

    expect(await call).toBe(3)
    await plain.film.delete({ where: { id: 4 } })
    expect(await call).toBe(3)
  })
})

describe('a hidden field', () => {
  it('is left out where nothing was selected', async () => {
    const [review] = await as(ada).review.findMany()

    expect(review).toMatchObject({ id: 1, stars: 5 })
    expect(review).not.toHaveProperty('moderatorNote')
    expect((await as(moderator).review.findFirst()).moderatorNote).toBe('fine')
  })

  it('is refused like one that does not exist, wherever it is named', async () => {
    const { review, film } = as(ada)
    const calls: ((name: string) => PromiseLike<unknown>)[] = [
      (name) => review.findMany({ where: { [name]: 'fine' } }),
      (name) => review.findMany({ where: { NOT: [{ OR: [{ [name]: { not: null } }] }] } }),
      (name) => review.findMany({ where: { [name]: undefined } }),
      (name) =>
        review.findMany({
          where: { status: { equals: { modelName: 'Review', name, typeName: 'String', __proto__: class {}.prototype } } },
        }),
      (name) => film.findMany({ where: { reviews: { some: { [name]: 'fine' } } } }),
      (name) => review.findMany({ select: { [name]: true } }),
      (name) => review.findMany({ select: { id: true, [name]: false } }),
      (name) => review.findMany({ include: { [name]: true } }),
      (name) => review.findMany({ omit: { [name]: true } }),
      (name) => film.findMany({ include: { reviews: { select: { [name]: true } } } }),
      (name) => film.findMany({ include: { _count: { select: { reviews: { where: { [name]: 'fine' } } } } } }),
      (name) => review.findMany({ orderBy: { [name]: 'asc' } }),
      (name) => review.findMany({ distinct: [name] }),
      (name) => review.findMany({ cursor: { [name]: 'fine' } }),
      (name) => review.findUnique({ where: { id: 1, [name]: 'fine' } }),
      (name) => review.count({ where: { [name]: 'fine' } }),
      (name) => review.count({ select: { [name]: true } }),
      (name) => review.count({ orderBy: { [name]: 'asc' } }),
      (name) => review.aggregate({ _max: { [name]: true } }),
      (name) => review.groupBy({ by: [name] }),
      (name) => review.groupBy({ by: ['stars'], having: { [name]: { _max: { not: null } } } }),
      (name) => review.groupBy({ by: ['stars'], orderBy: { _max: { [name]: 'asc' } } }),
      (name) => review.create({ data: { filmId: 1, stars: 1, [name]: 'mine' } }),
      (name) => review.createMany({ data: [{ filmId: 1, stars: 1, [name]: 'mine' }] }),
      (name) => review.update({ where: { id: 1 }, data: { [name]: 'mine' } }),
      (name) => review.updateMany({ data: { [name]: 'mine' } }),
      (name) => review.updateMany({ where: { [name]: 'fine' }, data: { stars: 1 } }),
      (name) => review.deleteMany({ where: { [name]: 'fine' } }),
      (name) => film.update({ where: { id: 1 }, data: { reviews: { update: { where: { id: 1 }, data: { [name]: 'mine' } } } } }),
      (name) => film.update({ where: { id: 1 }, data: { reviews: { deleteMany: { [name]: 'fine' } } } }),
    ]
    for (const call of calls) {
      const hidden = await refusal(call('moderatorNote'))
      expect(hidden.code, String(call)).toBe('HC_FIELD')
      expect(hidden, String(call)).toEqual(
        JSON.parse(JSON.stringify(await refusal(call('noSuchField'))).replaceAll('noSuchField', 'moderatorNote')),
      )
    }
  })

  it('hides the relation whose key it is, from both sides', async () => {
    const db = as(ada, [...policies.slice(1), definePolicy('review', { read: true, fields: { authorId: { read: false } } })])

    expect(await refusal(db.review.findMany({ include: { author: true } }))).toMatchObject({ code: 'HC_FIELD' })
    expect(await refusal(db.account.findMany({ include: { reviews: true } }))).toMatchObject({ code: 'HC_FIELD' })
    expect(await refusal(db.review.findMany({ where: { filmId_authorId: { filmId: 1, authorId: 1 } } }))).toMatchObject({
      code: 'HC_FIELD',
    })
  })
})

describe('writes of db.as(user)', () => {
  it('treat a hidden row, a forbidden one and none alike', async () => {
    const answers = await Promise.all([2, 99].map((id) => refusal(as(ada).review.update({ where: { id }, data: { stars: 2 } }))))
    const deletions = await Promise.all([2, 99].map((id) => refusal(as(ada).review.delete({ where: { id } }))))

    expect(answers[0]).toEqual(answers[1])
    expect(deletions[0]).toEqual(deletions[1])
    // A row that can be read, and not changed.
    expect(await refusal(as(bob).review.update({ where: { id: 1 }, data: { stars: 2 } }))).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ code: 'P2025' })
    expect(await as(bob).review.updateMany({ data: { stars: 2 } })).toEqual({ count: 2 })
    expect(await as(bob).review.deleteMany()).toEqual({ count: 2 })
    expect(ids(await plain.review.findMany())).toEqual([1, 3])
  })

  it('keep nothing that the rule does not let through once it is written', async () => {
    const before = await plain.review.findMany()

    await plain.film.create({ data: { id: 5, title: 'Empire' } })
    expect(await refusal(as(ada).review.create({ data: { filmId: 5, authorId: 2, stars: 5 } }))).toMatchObject({ status: 403 })
    expect(await refusal(as(ada).review.update({ where: { id: 1 }, data: { authorId: 2, filmId: 2 } }))).toMatchObject({ code: 'P2002' })
    expect(await refusal(as(ada).review.update({ where: { id: 1 }, data: { authorId: null } }))).toMatchObject({ status: 403 })
    expect(await refusal(as(ada).review.updateMany({ data: { authorId: null } }))).toMatchObject({ status: 403 })
    expect(
      await refusal(
        as(ada).review.createMany({
          data: [
            { filmId: 2, authorId: 1, stars: 1 },
            { filmId: 2, stars: 1 },
          ],
        }),
      ),
    ).toMatchObject({ status: 403 })
    expect(await refusal(as(null).review.create({ data: { filmId: 2, stars: 5 } }))).toMatchObject({ status: 403 })
    expect(await plain.review.findMany()).toEqual(before)
  })

  it('give back what was written, also of rows that only others may read', async () => {
    expect(await as(null).letter.create({ data: { body: 'Hello' } })).toEqual({ id: expect.any(Number), body: 'Hello' })
    expect(await as(null).letter.findMany()).toEqual([])
    const review = await as(ada).review.create({ data: { filmId: 2, authorId: 1, stars: 5 }, include: { film: true } })
    expect(review).toMatchObject({ status: 'PENDING', film: { title: 'Brazil' } })
    expect(review).not.toHaveProperty('moderatorNote')
    expect(await as(ada).review.createManyAndReturn({ data: [], select: { id: true } })).toEqual([])
  })

  it('say of a field that may be seen and not written that it may not', async () => {
    expect(await refusal(as(ada).review.update({ where: { id: 1 }, data: { status: 'REJECTED' } }))).toEqual({
      status: 403,
      message: "You may not set 'status' of reviews.",
    })
    expect(await as(moderator).review.update({ where: { id: 2 }, data: { status: 'PUBLISHED', moderatorNote: 'ok' } })).toMatchObject({
      moderatorNote: 'ok',
    })
  })

  it('say of a key that leads to a hidden row what they say of one that leads nowhere', async () => {
    const answers = await Promise.all([3, 99].map((filmId) => refusal(as(ada).review.create({ data: { filmId, authorId: 1, stars: 1 } }))))
    const connections = await Promise.all(
      [3, 99].map((id) =>
        refusal(as(ada).review.create({ data: { film: { connect: { id } }, author: { connect: { id: 1 } }, stars: 1 } })),
      ),
    )

    expect(answers[0]).toMatchObject({ code: 'P2003' })
    expect(answers[0]).toEqual(answers[1])
    expect(connections[0]).toMatchObject({ code: 'P2025' })
    expect(connections[0]).toEqual(connections[1])
  })

  it('lead to the same words in a form', async () => {
    const node = describeForm(z.object({ filmId: z.int() })) as ObjectNode
    const words = [3, 99].map(async (filmId) => {
      const error = await as(ada)
        .review.create({ data: { filmId, authorId: 1, stars: 1 } })
        .catch((reason: unknown) => reason)
      return await databaseErrors(error, { node, data: { filmId }, db: plain as Db })
    })

    const expected = { filmId: ['This film does not exist any more. Choose another one.'] }
    expect(await Promise.all(words)).toEqual([expected, expected])
  })

  it('upsert creates beside a hidden row, and the database has the last word on what is unique', async () => {
    expect(
      await refusal(as(ada).film.upsert({ where: { title: 'Secret' }, create: { id: 9, title: 'Secret' }, update: {} })),
    ).toMatchObject({ status: 403 })
    const open = [...policies.filter(({ model }) => model !== 'film'), definePolicy('film', { read: { isPublic: true }, create: true })]
    expect(
      await refusal(as(ada, open).film.upsert({ where: { title: 'Secret' }, create: { id: 9, title: 'Secret' }, update: {} })),
    ).toMatchObject({ code: 'P2002' })
  })

  it('hold for what is written along with a row', async () => {
    const { film } = as(ada)

    expect(
      await refusal(film.update({ where: { id: 1 }, data: { reviews: { update: { where: { id: 2 }, data: { stars: 9 } } } } })),
    ).toMatchObject({ code: 'P2025' })
    await film.update({ where: { id: 1 }, data: { reviews: { updateMany: { where: {}, data: { stars: 9 } } } } })
    await film.update({
      where: { id: 2 },
      data: { title: 'Brazil!', tags: { connect: { name: 'space' } }, reviews: { create: { authorId: 1, stars: 2 } } },
    })
    expect(await plain.review.findMany({ select: { id: true, stars: true }, where: { filmId: 1 } })).toEqual([
      { id: 1, stars: 9 },
      { id: 2, stars: 1 },
    ])
    expect(await refusal(film.update({ where: { id: 2 }, data: { title: 'X', tags: { create: { id: 2, name: 'new' } } } }))).toMatchObject({
      status: 403,
    })
    expect(await plain.film.findUnique({ where: { id: 2 }, include: { tags: true } })).toMatchObject({
      title: 'Brazil!',
      tags: [{ name: 'space' }],
    })
  })

  it('protect links that the other model has closed', async () => {
    const closed = [
      ...policies.filter(({ model }) => model !== 'tag'),
      definePolicy('tag', { read: true, fields: { films: { update: false } } }),
    ]

    expect(await refusal(as(ada, closed).film.update({ where: { id: 2 }, data: { tags: { connect: { id: 1 } } } }))).toMatchObject({
      status: 403,
    })
  })
})

describe('transactions of db.as(user)', () => {
  it('are held to the same rules', async () => {
    const [reviews, number] = await as(ada).$transaction([as(ada).review.findMany(), as(ada).review.count()])
    expect([ids(reviews), number]).toEqual([[1, 3], 2])
    expect(await as(ada).$transaction(async (tx: any) => ids(await tx.review.findMany()))).toEqual([1, 3])
    expect(await plain.$transaction(async (tx: any) => [await tx.review.count(), await tx.as(ada).review.count()])).toEqual([4, 2])
  })

  it('keep nothing of a write that was refused and caught', async () => {
    await as(ada).$transaction(async (tx: any) => {
      await refusal(tx.review.create({ data: { filmId: 2, stars: 5 } }))
      await tx.review.create({ data: { filmId: 2, authorId: 1, stars: 5 } })
    })

    expect(await plain.review.findMany({ where: { filmId: 2 }, select: { authorId: true }, orderBy: { id: 'asc' } })).toEqual([
      { authorId: 2 },
      { authorId: 1 },
    ])
  })

  it('take calls that are made at the same time', async () => {
    const results = await as(ada).$transaction((tx: any) =>
      Promise.allSettled([
        tx.review.create({ data: { filmId: 2, stars: 5 } }),
        tx.review.create({ data: { filmId: 2, authorId: 1, stars: 5 } }),
        tx.review.update({ where: { id: 1 }, data: { stars: 7 } }),
      ]),
    )

    expect(results.map(({ status }: { status: string }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect(await plain.review.count()).toBe(5)
  })
})

describe('why', () => {
  it('says what stands in the way', async () => {
    const db = withPolicies(
      plain,
      policies.filter(({ model }) => model !== 'tag'),
      schema,
    )
    const reason = async (...args: [User | null, string, object?]) => {
      const decision = await why(db, ...(args as [User | null, never, object?]))
      return decision.allowed ? 'allowed' : `${decision.reason}: ${decision.message}`
    }

    expect(await reason(ada, 'review.change', { id: 1 })).toBe('allowed')
    expect(await reason(bob, 'review.change', { id: 1 })).toBe('rule: You may not change this review.')
    expect(await reason(ada, 'review.change', { id: 2 })).toBe('missing: There is no such review.')
    expect(await reason(ada, 'review.change', { id: 99 })).toBe('missing: There is no such review.')
    expect(await reason(ada, 'review.change')).toBe('allowed')
    expect(await reason(null, 'review.add')).toBe('signedOut: Sign in first.')
    expect(await reason(ada, 'film.delete', { id: 1 })).toBe('noRule: Nobody may delete films.')
    expect(await reason(ada, 'tag.change', { id: 1 })).toBe('permission: You need the permission tag.change.')
    expect(await reason(ada, 'review.moderate')).toBe('permission: You need the permission review.moderate.')
    expect(await reason(moderator, 'review.moderate', { id: 1 })).toBe('allowed')
    expect(await reason(somebody(7, [], { isSuperuser: true }), 'film.delete', { id: 1 })).toBe('allowed')
    expect(await allowsRow(db, ada, 'review.change' as never, { id: 3 })).toBe(true)
    expect(await refusal(why(db, ada, 'review.change' as never, { stars: 1 }))).toMatchObject({ code: 'HC_CALL' })
  })

  it('names the fields that somebody may see and write', () => {
    const db = withPolicies(plain, policies, schema)

    expect(visibleFields(db, ada, 'review')).not.toContain('moderatorNote')
    expect(visibleFields(db, moderator, 'review')).toContain('moderatorNote')
    expect(writableFields(db, ada, 'review', 'update')).toEqual(['id', 'film', 'filmId', 'author', 'authorId', 'stars', 'extra'])
  })
})

describe('a policy that cannot be used', () => {
  it('is found when the app starts, or when its rule is asked', async () => {
    expect(() => as(ada, [definePolicy('nothing', {})])).toThrow(expect.objectContaining({ code: 'HC_POLICY' }))
    expect(() => as(ada, [reviewPolicy, reviewPolicy])).toThrow(expect.objectContaining({ code: 'HC_POLICY' }))
    expect(() => as(ada, [definePolicy('review', { fields: { nothing: {} } })])).toThrow(expect.objectContaining({ code: 'HC_FIELD' }))
    const rule = (read: unknown) => refusal(as(ada, [definePolicy('review', { read: () => read as object })]).review.findMany())
    expect(await rule({ nothing: 1 })).toMatchObject({ code: 'HC_FIELD' })
    expect(await rule({ extra: { equals: 1 } })).toMatchObject({ code: 'HC_POLICY' })
    expect(await rule(Promise.resolve(true))).toMatchObject({ code: 'HC_POLICY' })
    expect(await rule({ stars: { equals: plain.review.fields.filmId } })).toMatchObject({ code: 'HC_POLICY' })
  })
})
