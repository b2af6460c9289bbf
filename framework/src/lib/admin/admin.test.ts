import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FormData as FormPage } from './views/form-page.tsx'
import type { ListProps } from './views/list-page.tsx'
import type { DeleteData } from './views/delete-page.tsx'
import { definePolicy } from '../auth/policies/policy.ts'
import { collectQueries, type QueryRecord } from '../db/query-log.ts'
import { createTestApp } from '../testing/test-app.ts'
import type { TestClient } from '../testing/test-client.ts'
import { createAdminLab, pageOf, type AdminLab } from './_lab.ts'
import { defineAdmin } from './options.ts'

let lab: AdminLab
let root: TestClient
let db: any

beforeAll(async () => {
  lab = await createAdminLab({}, [
    definePolicy('studio', {
      read: ({ user }) => (user?.name === 'blind' ? { name: 'Shown' } : true),
      update: true,
      create: true,
      delete: true,
    }),
  ])
  db = lab.db
  root = await lab.as('superuser')
})

beforeEach(async () => {
  await db.photo.deleteMany()
  await db.review.deleteMany()
  await db.film.deleteMany()
  await db.studio.deleteMany()
  await db.tag.deleteMany()
  await db.stock.deleteMany()
})

afterAll(() => lab.close())

const list = async (client: TestClient, path: string): Promise<ListProps['list'] & { total: number }> => {
  const { list: data } = (await pageOf(client, path)).data[2] as ListProps
  return { ...data, total: await data.count }
}
const labels = async (path: string): Promise<string[]> => (await list(root, path)).rows.map(({ label }) => label)
const form = async (client: TestClient, path: string): Promise<FormPage> => (await pageOf(client, path)).data[2] as FormPage
const editable = ({ sections }: FormPage): string[] =>
  sections.flatMap(({ fields }) => fields.filter(({ isEditable }) => isEditable).map(({ name }) => name))

describe('who may have it', () => {
  it('sends strangers to the login page and back, and refuses members', async () => {
    const stranger = await lab.app.client().request('/admin/film', { headers: { accept: 'text/html' } })
    expect([stranger.status, stranger.headers.get('location')]).toEqual([302, '/login?next=%2Fadmin%2Ffilm'])
    const member = await lab.as('member')
    const response = await member.request('/admin', { headers: { accept: 'text/html' } })
    expect(response.status).toBe(403)
    expect(await response.text()).not.toContain('Films')
  })

  it('shows staff the models that they have a permission for, and no others', async () => {
    const staff = await lab.as(['film.view'])
    const { data } = await pageOf(staff, '/admin')
    expect(data[0]).toMatchObject({ site: 'Back office', groups: [{ title: '', items: [{ slug: 'film', title: 'Films' }] }] })
    expect((await staff.request('/admin/film')).status).toBe(200)
    for (const path of ['/admin/studio', '/admin/studio/1', '/admin/user', '/admin/nothing', '/admin/-/pick/studio'])
      expect([path, (await staff.request(path)).status]).toEqual([path, 404])
  })

  it('refuses what a viewer may not do, and shows rows to read', async () => {
    const film = await db.film.create({ data: { title: 'Alien' } })
    const viewer = await lab.as(['film.view'])
    const page = await form(viewer, `/admin/film/${film.id}`)
    expect([page.canChange, page.canDelete, page.canAdd, editable(page)]).toEqual([false, false, false, []])
    expect(page.shown).toMatchObject({ title: 'Alien' })
    for (const path of ['/admin/film/new', `/admin/film/${film.id}/delete`, `/admin/film/-delete?key=${film.id}`])
      expect([path, (await viewer.request(path)).status]).toEqual([path, 403])
    const sent = await viewer.request(`/admin/film/${film.id}`, {
      method: 'POST',
      body: new URLSearchParams({ _action: 'save', title: 'Changed' }),
    })
    expect(sent.status).toBeGreaterThanOrEqual(400)
    expect(await db.film.findUnique({ where: { id: film.id } })).toMatchObject({ title: 'Alien' })
  })

  it('hides rows of a relation that the policy hides, in cells, pickers and filters alike', async () => {
    const studio = await db.studio.create({ data: { name: 'Secret' } })
    await db.film.create({ data: { title: 'Alien', studioId: studio.id } })
    const user = await lab.createUser({ name: 'blind', isStaff: true })
    for (const name of ['film.view', 'studio.view', 'film.change'])
      await db.user.update({
        where: { id: user.id },
        data: { permissions: { connectOrCreate: { where: { name }, create: { name, label: name } } } },
      })
    const blind = lab.app.client()
    await blind.logIn(user)
    const { rows, columns } = await list(blind, '/admin/film')
    expect(rows[0]!.cells[columns.findIndex(({ name }) => name === 'studio')]).toBeNull()
    expect(await (await blind.request('/admin/-/pick/studio')).json()).toEqual({ items: [], more: false })
    expect((await list(blind, `/admin/film?f.studio=${studio.id}`)).filters.find(({ name }) => name === 'studio')).not.toHaveProperty(
      'value',
    )
    expect((await list(blind, '/admin/studio?q=Secret')).total).toBe(0)
  })
})

describe('accounts', () => {
  it('never gives out a secret, to nobody', async () => {
    const user = await lab.createUser({ password: 'hash-of-a-password', totpSecret: 'the-secret' })
    for (const path of ['/admin/user', `/admin/user/${user.id}`, '/admin/user?q=hash&sort=password', `/admin/user?f.password=hash`]) {
      const text = await (await root.request(path)).text()
      expect(text).not.toMatch(/hash-of-a-password|the-secret/)
    }
    expect((await root.request('/admin/session-value')).status).toBe(404)
  })

  it('lets only superusers give rights, and touch accounts of superusers', async () => {
    const staff = await lab.as(['user.view', 'user.change', 'user.delete', 'group.view', 'permission.view'])
    const plain = await lab.createUser({ name: 'plain' })
    const boss = await lab.createUser({ name: 'boss', isSuperuser: true })
    expect(editable(await form(staff, `/admin/user/${plain.id}`))).toEqual(expect.arrayContaining(['name', 'email', 'isActive']))
    expect(
      editable(await form(staff, `/admin/user/${plain.id}`)).filter((name) => /is(?:Staff|Superuser)|groups|permissions/.test(name)),
    ).toEqual([])
    expect((await form(staff, `/admin/user/${boss.id}`)).canChange).toBe(false)
    expect((await staff.request(`/admin/user/${boss.id}/delete`)).status).toBe(403)
    expect((await staff.submit(`/admin/user/${boss.id}`, 'save', {})).status).toBe(403)
    const sent = await staff.submit(`/admin/user/${plain.id}`, 'save', {
      name: 'plain',
      email: plain.email,
      isActive: true,
      isSuperuser: true,
    })
    expect(await db.user.findUnique({ where: { id: plain.id } })).toMatchObject({ isSuperuser: false })
    expect(sent.status).not.toBe(500)
  })
})

describe('an account that is added', () => {
  it('has no password that anybody could know, and an address by which it is found', async () => {
    const sent = await root.submit('/admin/user/new', 'save', {
      email: 'Ada@Example.ORG',
      name: 'Ada',
      isActive: true,
      emailVerifiedAt: '',
      lastLoginAt: '',
      totpSecret: 'mine',
    })
    expect([sent.status, Object.keys(sent.errors)]).toEqual([422, []])
    const added = await root.submit('/admin/user/new', 'save', {
      email: 'Ada@Example.ORG',
      name: 'Ada',
      isActive: true,
      emailVerifiedAt: '',
      lastLoginAt: '',
    })
    expect([added.status, added.errors, added.formErrors]).toEqual([303, {}, []])
    const ada = await db.user.findUnique({ where: { email: 'ada@example.org' } })
    expect(ada.password).toMatch(/^!/)
  })
})

describe('a list', () => {
  beforeEach(async () => {
    const { id } = await db.studio.create({ data: { name: 'Brandywine' } })
    for (const [title, rating, released, runtime, studioId] of [
      ['Alien', 'R', '1979-05-25', 117, id],
      ['Babe', 'G', '1995-08-04', 92, null],
      ['Aliens in the Attic', 'PG', '2009-07-31', null, id],
      ['Undated', 'G', null, null, null],
    ])
      await db.film.create({ data: { title, rating, runtime, studioId, released: released && new Date(released as string) } })
  })

  it('searches for each word, and for phrases, in whatever case', async () => {
    expect(await labels('/admin/film?q=ALIEN&sort=title')).toEqual(['Alien', 'Aliens in the Attic'])
    expect(await labels('/admin/film?q=attic+aliens')).toEqual(['Aliens in the Attic'])
    expect(await labels(`/admin/film?q=${encodeURIComponent('"in the"')}`)).toEqual(['Aliens in the Attic'])
    expect(await labels('/admin/film?q=nothing')).toEqual([])
    expect((await list(root, '/admin/film?q=alien')).total).toBe(2)
  })

  it('finds nothing where no field can hold what is looked for', async () => {
    await db.review.create({ data: { stars: 5, film: { connect: { id: (await db.film.findFirst()).id } } } })
    const picked = async (q: string): Promise<number> =>
      ((await (await root.request(`/admin/-/pick/review?q=${q}`)).json()) as { items: object[] }).items.length
    expect([await picked(''), await picked('words')]).toEqual([1, 0])
    const { rows, total } = await list(root, '/admin/review?q=words')
    expect([rows.length, total]).toEqual([0, 0])
  })

  it('filters by several rows of a relation, whatever their keys hold', async () => {
    const film = await db.film.findFirst({ where: { title: 'Babe' } })
    for (const id of ['a|b', 'c,d~']) await db.tag.create({ data: { id, name: id, films: { connect: { id: film.id } } } })
    const { rows } = await list(root, '/admin/tag?sort=id')
    const query = rows.map(({ key }) => `f.tags=${encodeURIComponent(key)}`)
    for (const part of [query[0], query[1], query.join('&')]) expect([part, await labels(`/admin/film?${part}`)]).toEqual([part, ['Babe']])
  })

  it('filters by choice, date, relation and emptiness; what makes no sense is not set', async () => {
    const { id } = await db.studio.findFirst()
    expect(await labels('/admin/film?f.rating=G&f.rating=PG&sort=title')).toEqual(['Aliens in the Attic', 'Babe', 'Undated'])
    expect(await labels('/admin/film?f.released=1990..1999')).toEqual(['Babe'])
    expect(await labels('/admin/film?f.released=1979-05')).toEqual(['Alien'])
    expect(await labels('/admin/film?f.released.from=1995-08-04&f.released.to=1995-08-04')).toEqual(['Babe'])
    expect(await labels('/admin/film?f.released=empty')).toEqual(['Undated'])
    expect(await labels(`/admin/film?f.studio=${id}&sort=title`)).toEqual(['Alien', 'Aliens in the Attic'])
    expect(await labels('/admin/film?f.isPublic=false')).toEqual([])
    for (const nonsense of [
      'f.rating=X',
      'f.released=1999-13',
      'f.studio=abc',
      'f.nothing=1',
      'f.isPublic=maybe',
      'sort=nothing',
      'after=zzz',
      'before=99999',
    ])
      expect([nonsense, (await labels(`/admin/film?${nonsense}`)).length]).toEqual([nonsense, 4])
  })

  it('asks the database for no more than it shows, and in a number of queries that rows do not change', async () => {
    const count = async (): Promise<number> => {
      const queries: QueryRecord[] = []
      await collectQueries(queries, () => list(root, '/admin/film'))
      return queries.length
    }
    const few = await count()
    const studio = await db.studio.create({ data: { name: 'Many' } })
    await db.film.createMany({ data: Array.from({ length: 30 }, (_, index) => ({ title: `Film ${index}`, studioId: studio.id })) })
    expect(few).toBeGreaterThan(0)
    expect(await count()).toBe(few)
  })
})

/** What a browser sends of fields that nobody has filled in. */
const blank = { released: '', runtime: '', plot: '', price: '', budget: '', studio: '' }

describe('a form', () => {
  it('adds a row with relations, shows it, changes it, and says what is wrong', async () => {
    const studio = await db.studio.create({ data: { name: 'Toho' } })
    const tag = await db.tag.create({ data: { id: 'a,b~c', name: 'Monsters' } })
    const key = 'a~1b~0c'
    const added = await root.submit('/admin/film/new', 'save', {
      ...blank,
      title: 'Gojira',
      rating: 'PG',
      isPublic: true,
      price: '12.50',
      budget: 900n,
      studio: String(studio.id),
      tags: [key],
      _then: 'stay',
    })
    expect([added.errors, added.formErrors]).toEqual([{}, []])
    const film = await db.film.findFirst({ include: { tags: true } })
    expect(added.location).toBe(`/admin/film/${film.id}`)
    expect(film).toMatchObject({ title: 'Gojira', rating: 'PG', studioId: studio.id, budget: 900n, tags: [{ id: tag.id }] })
    expect(String(film.price)).toBe('12.5')
    const page = await form(root, `/admin/film/${film.id}`)
    expect(page.values).toMatchObject({ title: 'Gojira', studio: String(studio.id), tags: [key] })
    expect(page.shown).toMatchObject({ studio: { label: 'Toho' }, tags: { items: [{ key, label: 'Monsters' }] } })
    const changed = await root.submit(`/admin/film/${film.id}`, 'save', {
      ...page.values,
      title: 'Godzilla',
      studio: '',
      tags: [],
      _version: page.record!.version,
    })
    expect([changed.errors, changed.location]).toEqual([{}, '/admin/film'])
    expect(await db.film.findFirst({ include: { tags: true } })).toMatchObject({ title: 'Godzilla', studioId: null, tags: [] })
    const wrong = await root.submit(`/admin/film/${film.id}`, 'save', { ...blank, title: '', rating: 'X', studio: 'abc' })
    expect([wrong.status, Object.keys(wrong.errors).toSorted()]).toEqual([422, ['rating', 'title']])
    expect(await root.submit(`/admin/film/${film.id}`, 'save', { ...blank, title: 'A', rating: 'G', studio: 'abc' })).toMatchObject({
      status: 422,
      errors: { studio: ['This is no studio.'] },
    })
    expect((await root.submit(`/admin/film/${film.id}`, 'save', { ...blank, title: 'A', rating: 'G', studio: '999999' })).status).toBe(422)
  })

  it('notices that somebody else has saved meanwhile, and shows both', async () => {
    const film = await db.film.create({ data: { title: 'Alien' } })
    const mine = await form(root, `/admin/film/${film.id}`)
    await db.film.update({ where: { id: film.id }, data: { title: 'Aliens' } })
    const sent = { ...mine.values, title: 'Alien 3', _version: mine.record!.version }
    expect(await root.submit(`/admin/film/${film.id}`, 'save', sent)).toMatchObject({ status: 422, errors: { title: ['Now: Aliens'] } })
    expect(await db.film.findFirst()).toMatchObject({ title: 'Aliens' })
    const theirs = await form(root, `/admin/film/${film.id}`)
    expect((await root.submit(`/admin/film/${film.id}`, 'save', { ...sent, _version: theirs.record!.version })).status).toBe(303)
  })

  it('opens rows by keys of several columns, and leaves the key as it is', async () => {
    expect(await root.submit('/admin/stock/new', 'save', { shop: 'a/b, c', shelf: 2, amount: 5 })).toMatchObject({ status: 303 })
    const { rows } = await list(root, '/admin/stock')
    const path = `/admin/stock/${encodeURIComponent(rows[0]!.key)}`
    const page = await form(root, path)
    expect([editable(page), page.shown]).toEqual([['amount'], { shop: 'a/b, c', shelf: 2 }])
    expect(await root.submit(path, 'save', { amount: 7 })).toMatchObject({ status: 303 })
    expect(await db.stock.findFirst()).toMatchObject({ shop: 'a/b, c', shelf: 2, amount: 7 })
    expect(await root.submit('/admin/stock/new', 'save', { shop: 'a/b, c', shelf: 2, amount: 5 })).toMatchObject({ status: 422 })
  })

  it('asks for a number where the view alone would know the choices', async () => {
    const page = await pageOf(root, '/admin/review/new')
    expect(page.forms!['save']!.fields['stars']).toMatchObject({ kind: 'number', widget: 'number' })
  })

  it('is not offered where a new row needs what it cannot ask for', async () => {
    expect((await root.request('/admin/scan/new')).status).toBe(403)
    expect(((await pageOf(root, '/admin/scan')).data[2] as ListProps).canAdd).toBe(false)
  })

  it('answers 404 for a key that is none', async () => {
    for (const key of ['abc', '1,2', '99999999999', '-', '1e3'])
      expect([key, (await root.request(`/admin/film/${key}`)).status]).toEqual([key, 404])
  })
})

describe('a deletion', () => {
  it('says what goes with it and what stands in the way, then does it', async () => {
    const studio = await db.studio.create({ data: { name: 'Toho' } })
    const film = await db.film.create({
      data: {
        title: 'Gojira',
        studioId: studio.id,
        reviews: { create: [{ stars: 5, photos: { create: [{ name: 'a' }, { name: 'b' }] } }, { stars: 4 }] },
      },
    })
    const ask = async (path: string): Promise<DeleteData> => (await pageOf(root, path)).data[2] as DeleteData
    expect((await ask(`/admin/studio/${studio.id}/delete`)).consequences).toEqual([
      { kind: 'blocking', title: 'Film', field: 'Studio', count: 1 },
    ])
    expect(await root.submit(`/admin/studio/${studio.id}/delete`, 'delete', {})).toMatchObject({ status: 422 })
    expect((await ask(`/admin/film/${film.id}/delete`)).consequences).toEqual([
      { kind: 'deleted', title: 'Reviews', field: 'Film', count: 2 },
      { kind: 'deleted', title: 'Photos', field: 'Review', count: 2 },
    ])
    expect(await root.submit(`/admin/film/${film.id}/delete`, 'delete', {})).toMatchObject({ status: 303, location: '/admin/film' })
    expect([await db.film.count(), await db.review.count(), await db.photo.count()]).toEqual([0, 0, 0])
  })

  it('takes several rows at once, all or none', async () => {
    const films = await Promise.all(['A', 'B', 'C'].map((title) => db.film.create({ data: { title } })))
    const keys = films
      .slice(0, 2)
      .map(({ id }) => `key=${id}`)
      .join('&')
    expect((await root.request(`/admin/film/-delete?${keys}&key=987654`)).status).toBe(404)
    expect(await root.submit(`/admin/film/-delete?${keys}`, 'delete', {})).toMatchObject({ status: 303 })
    expect(await db.film.findMany()).toMatchObject([{ title: 'C' }])
  })
})

describe('files of admin/', () => {
  it('choose columns, fields and order', async () => {
    const own = await createAdminLab({
      'film.tsx': {
        default: defineAdmin('film', {
          list: { columns: ['title', 'tags'], sort: ['title'], pageSize: 2 },
          form: { fields: { About: ['title', 'plot'] }, readonly: ['plot'] },
        }),
      },
      'stock.tsx': { default: defineAdmin('stock', { hidden: true }) },
    })
    const client = await own.as('superuser')
    for (const title of ['C', 'A', 'B']) await own.db['film']!['create']!({ data: { title } })
    const { columns, rows } = await list(client, '/admin/film')
    expect([columns.map(({ name }) => name), rows.map(({ label }) => label)]).toEqual([
      ['title', 'tags'],
      ['A', 'B'],
    ])
    const page = await form(client, '/admin/film/1')
    expect([page.sections.map(({ title }) => title), editable(page)]).toEqual([['About'], ['title']])
    expect((await client.request('/admin/stock')).status).toBe(404)
    await own.close()
  })

  it('stop the app from starting where they do not fit the schema', async () => {
    const wrong = (file: object): Promise<unknown> => createAdminLab({ 'film.tsx': file })
    await expect(wrong({ default: defineAdmin('film', { list: { columns: ['relased'] } }) })).rejects.toMatchObject({
      code: 'HC_ADMIN',
      hint: "Did you mean 'released'?",
    })
    await expect(wrong({ default: defineAdmin('flim', {}) })).rejects.toMatchObject({ code: 'HC_ADMIN', hint: "Did you mean 'film'?" })
    await expect(createTestApp({ routes: {}, db: lab.db as never, admin: {} })).rejects.toMatchObject({
      code: 'HC_ADMIN',
      where: 'admin/site.ts',
    })
    await expect(wrong({})).rejects.toMatchObject({ code: 'HC_ADMIN', where: 'admin/film.tsx' })
  })
})
