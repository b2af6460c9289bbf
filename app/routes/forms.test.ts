/** What the forms of the site leave in the database. How they look and behave in a browser: e2e/forms.spec.ts. */
import { createTestApp, type TestApp } from 'hotclub/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestDb, type TestDb } from '../lib/_test-db.ts'
import * as contact from './contact.tsx'
import * as newsletter from './newsletter.tsx'
import * as suggest from './suggest.tsx'

let db: TestDb
let app: TestApp

beforeAll(async () => {
  db = await createTestDb()
  await db.genre.createMany({ data: ['Comedy', 'Drama'].map((name) => ({ name, slug: name.toLowerCase() })) })
  app = await createTestApp({ routes: { 'contact.tsx': contact, 'newsletter.tsx': newsletter, 'suggest.tsx': suggest }, db })
})

afterEach(() => {
  const [report] = app.errors
  if (report) throw report.error
})

afterAll(() => db.remove())

/** What is read of the answer to a form. */
interface Answer {
  status?: number
  form?: { errors: object }
  redirect?: string
}

/** Sends a form. Gives the answer's status, and the errors of the form where it comes back. */
async function send(path: string, fields: Array<[string, string | File]>): Promise<{ status: number; errors?: object; to?: string }> {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  const response = await app.request(`/_hotclub/data${path}`, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })
  // What a page streams later follows on lines of its own.
  const [page] = (await response.text()).split('\n', 1)
  const { status = response.status, form, redirect } = JSON.parse(page!) as Answer
  return { status, ...(form && { errors: form.errors }), ...(redirect && { to: redirect }) }
}

describe('POST /contact', () => {
  it('keeps the message', async () => {
    const fields = { name: ' Ada ', email: 'ada@example.com', topic: 'MISTAKE_IN_THE_ARCHIVE', body: 'It is of 1927.' }

    expect(await send('/contact', [['_action', 'send'], ...Object.entries(fields)])).toMatchObject({ to: '/' })
    expect(await db.message.findMany()).toMatchObject([{ ...fields, name: 'Ada' }])
  })
})

describe('POST /newsletter', () => {
  it('keeps an address once, and answers the same each time', async () => {
    const answers = []
    for (const email of ['Ada@Example.com', 'ada@example.com', 'ada@example.com '])
      answers.push(
        await send('/newsletter', [
          ['_action', 'subscribe'],
          ['email', email],
        ]),
      )

    expect(answers).toEqual(answers.map(() => ({ status: 200, to: '/newsletter' })))
    expect(await db.subscriber.findMany({ select: { email: true } })).toEqual([{ email: 'ada@example.com' }])
  })
})

describe('POST /suggest', () => {
  const picture = new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)], 'poster.png', { type: 'image/png' })
  const suggestion: Array<[string, string | File]> = [
    ['_action', 'suggest'],
    ['title', 'Playtime'],
    ['year', '1967'],
    ['why', 'Tati builds a whole town and gets lost in it.'],
    ['genres', 'comedy'],
    ['genres', 'drama'],
    ['cast[0].name', 'Jacques Tati'],
    ['cast[0].role', 'Hulot'],
    ['cast[0].isLead', 'on'],
    ['cast[1].name', 'Barbara Dennek'],
    ['cast[1].role', 'Barbara'],
  ]

  it('keeps it with its genres, its cast in order and its poster', async () => {
    expect(await send('/suggest', [...suggestion, ['poster', picture]])).toMatchObject({ to: '/films' })
    const found = await db.suggestion.findFirstOrThrow({ include: { genres: true, cast: { orderBy: { place: 'asc' } } } })

    expect(found).toMatchObject({
      title: 'Playtime',
      year: 1967,
      posterType: 'image/jpeg',
      genres: [{ slug: 'comedy' }, { slug: 'drama' }],
      cast: [
        { place: 1, name: 'Jacques Tati', role: 'Hulot', isLead: true },
        { place: 2, name: 'Barbara Dennek', role: 'Barbara', isLead: false },
      ],
    })
    expect([...found.poster!]).toEqual([0xff, 0xd8, 0xff, 0xe0])
  })

  it('refuses genres that are none of the site', async () => {
    expect(await send('/suggest', [...suggestion, ['genres', 'western']])).toEqual({
      status: 422,
      errors: { genres: ['Choose from the genres on this page.'] },
    })
  })

  it('refuses an empty cast, and one of thirteen', async () => {
    const alone = suggestion.filter(([name]) => !name.startsWith('cast'))
    const crowd = Array.from({ length: 13 }, (_, index): Array<[string, string]> => [
      [`cast[${index}].name`, 'A'],
      [`cast[${index}].role`, 'B'],
    ]).flat()

    expect(await send('/suggest', [...alone, ['cast', '']])).toMatchObject({ errors: { cast: ['Add at least one.'] } })
    expect(await send('/suggest', [...alone, ...crowd])).toMatchObject({ status: 422, errors: { cast: ['At most 12.'] } })
    expect(await db.suggestion.count()).toBe(1)
  })
})
