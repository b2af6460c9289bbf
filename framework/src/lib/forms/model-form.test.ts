import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestDatabase, type TestDatabase } from '../db/_test-databases.ts'
import { setSchema } from '../schema/registry.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { checkForm } from './check-form.ts'
import { describeForm } from './describe.ts'
import { formAction } from './form-action.ts'
import { modelForm as typedModelForm } from './model-form.ts'
import { toEntries } from './names.ts'

// The framework knows no app's models; theirs are checked in the generated project below.
const modelForm = typedModelForm as unknown as (model: string, options: { fields: string[] }) => z.ZodObject

const models = `
/// A film
model Film {
  id        Int      @id @default(autoincrement())
  /// Title  @help As on the poster  @max 20
  title     String
  /// @email
  contact   String?
  tagline   String?
  /// @multiline  @max 500
  plot      String   @default("")  /// @blank
  slug      String   @unique
  released  DateTime?
  /// @date
  day       DateTime?
  price     Decimal?
  budget    BigInt?
  /// @min 0  @max 10  @step 0.5
  score     Float?
  stars     Int      @default(3)
  isPublic  Boolean  @default(true)
  rating    Rating   @default(PG)
  extra     Json?
  token     String   @default(uuid())
  studio    Studio?  @relation(fields: [studioId], references: [id])
  studioId  Int?
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt

  @@unique([title, studioId])
}
model Studio {
  id    Int    @id @default(autoincrement())
  name  String
  films Film[]
}
enum Rating {
  PG
  PG_13 @map("PG-13")
}`

interface Client {
  film: { create(args: object): Promise<unknown>; findMany(args?: object): Promise<unknown[]>; deleteMany(): Promise<unknown> }
  studio: { create(args: object): Promise<{ id: number }> }
  $disconnect(): Promise<void>
}

let database: TestDatabase<Client>
let db: Client

beforeAll(async () => {
  database = await createTestDatabase<Client>(models)
  setSchema(database.metadata)
  db = database.open()
})

afterAll(async () => {
  setSchema(undefined)
  await database.remove()
})

/** What a form of one field makes of a text. */
async function read(field: string, text: string): Promise<unknown> {
  const schema = modelForm('film', { fields: [field] })
  const checked = await checkForm(schema, describeForm(schema), toEntries(formOf({ [field]: text })))
  return checked.ok ? (checked.data as Record<string, unknown>)[field] : checked.errors[field]?.[0]
}

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

describe('a model form', () => {
  it('has label, help, widget, limits and defaults from the schema', () => {
    const node = describeForm(
      modelForm('film', { fields: ['title', 'contact', 'plot', 'day', 'score', 'stars', 'isPublic', 'rating', 'price', 'budget'] }),
    )

    expect(node.fields).toMatchObject({
      title: { label: 'Title', help: 'As on the poster', widget: 'text', required: true },
      contact: { widget: 'email', required: false, empty: 'null' },
      plot: { widget: 'textarea', attributes: { maxLength: 500 } },
      day: { widget: 'date' },
      score: { widget: 'number', attributes: { min: '0', max: '10', step: '0.5' } },
      stars: { initial: ['3'], required: true },
      isPublic: { widget: 'checkbox', initial: ['on'] },
      rating: {
        widget: 'select',
        initial: ['PG'],
        choices: [
          { value: 'PG', label: 'PG' },
          { value: 'PG_13', label: 'PG-13' },
        ],
      },
      price: { kind: 'string', widget: 'number', empty: 'null' },
      budget: { kind: 'bigint' },
    })
  })

  it('takes what the column takes, and refuses the rest', async () => {
    expect(await read('title', '  Alien ')).toBe('Alien')
    expect(await read('title', '   ')).toBe('Fill this in.')
    expect(await read('title', 'x'.repeat(21))).toBe('At most 20 characters.')
    expect(await read('tagline', '')).toBe(null)
    expect(await read('contact', 'nobody')).toMatch(/^Enter an e-mail address/)
    expect(await read('contact', '')).toBe(null)
    expect(await read('day', '1979-05-25')).toEqual(new Date('1979-05-25T00:00:00Z'))
    expect(await read('released', '1979-05-25T20:15')).toEqual(new Date('1979-05-25T20:15:00Z'))
    expect(await read('price', ' 012.50')).toBe('12.50')
    expect(await read('price', '1e5')).toBe('Enter a number.')
    expect(await read('budget', '9223372036854775807')).toBe(9_223_372_036_854_775_807n)
    expect(await read('budget', '9223372036854775808')).toMatch(/^At most/)
    expect(await read('stars', '2147483648')).toMatch(/^At most/)
    expect(await read('stars', '3.5')).toBe('Enter a number.')
    expect(await read('rating', 'PG_13')).toBe('PG_13')
    expect(await read('rating', 'X')).toBe('Choose one of the options.')
    expect(await read('extra', '{"a":[1]}')).toEqual({ a: [1] })
    expect(await read('extra', '{"a"')).toBe('Enter valid JSON.')
    expect(await read('extra', '{"__proto__":{"a":1}}')).toBe('Enter valid JSON.')
    expect(await read('createdAt', '')).toBe('Enter a date and a time.')
  })

  it('takes no field that is not listed', async () => {
    const schema = modelForm('film', { fields: ['title'] })
    const checked = await checkForm(schema, describeForm(schema), toEntries(formOf({ title: 'Alien', isPublic: 'on' })))

    expect(checked).toEqual({ ok: false, errors: { '': [`This form has no field 'isPublic'.`] } })
  })

  it('can be extended and refined', async () => {
    const schema = modelForm('film', { fields: ['title'] })
      .extend({ again: z.string() })
      .refine((value) => value['title'] === value.again, { message: 'Not the same.', path: ['again'] })
    const checked = await checkForm(schema, describeForm(schema), toEntries(formOf({ title: 'Alien', again: 'Aliens' })))

    expect(checked).toEqual({ ok: false, errors: { again: ['Not the same.'] } })
  })

  it('says what is wrong with its own making when it is used', () => {
    expect(() => describeForm(modelForm('movie', { fields: ['title'] }))).toThrow(
      expect.objectContaining({ code: 'HC_MODEL', hint: 'There are film, studio.' }),
    )
    expect(() => describeForm(modelForm('film', { fields: ['titel'] }))).toThrow(/has no field 'titel'/)
    expect(() => describeForm(modelForm('film', { fields: ['studio'] }))).toThrow(
      expect.objectContaining({ hint: 'Use its key: studioId.' }),
    )
  })
})

describe('what the database refuses', () => {
  const actions = {
    add: formAction({
      schema: modelForm('film', { fields: ['title', 'slug', 'studioId'] }),
      handle: async ({ data, db: client }) => void (await client.film.create({ data })),
    }),
    tag: formAction({
      schema: z.object({ note: z.string() }),
      handle: async ({ db: client }) => void (await client.film.create({ data: { title: 'Alien', slug: 'alien' } })),
    }),
  }
  let app: TestApp
  const post = async (action: string, fields: Record<string, string>): Promise<{ errors: object; formErrors: string[] } | undefined> => {
    const response = await app.request('/_hotclub/data/', {
      method: 'POST',
      body: new URLSearchParams({ _action: action, ...fields }),
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    return ((await response.json()) as { form?: { errors: object; formErrors: string[] } }).form
  }

  beforeAll(async () => {
    app = await createTestApp({ routes: { 'index.tsx': { default: () => null, actions } }, db: db as never })
    await db.film.create({ data: { title: 'Alien', slug: 'alien' } })
  })

  it('stands beside the field that is taken', async () => {
    expect(await post('add', { title: 'Aliens', slug: 'alien', studioId: '' })).toMatchObject({
      errors: { slug: ['There is already a film with this slug.'] },
    })
  })

  it('names all fields of a key of several', async () => {
    const { id } = await db.studio.create({ data: { name: 'Fox' } })
    expect(await post('add', { title: 'Brazil', slug: 'brazil', studioId: String(id) })).toBeUndefined()

    expect(await post('add', { title: 'Brazil', slug: 'brazil-2', studioId: String(id) })).toMatchObject({
      errors: { title: ['There is already a film with this title and studio.'] },
    })
  })

  it('stands beside the key of a row that is gone', async () => {
    expect(await post('add', { title: 'Gone', slug: 'gone', studioId: '4711' })).toMatchObject({
      errors: { studioId: ['This studio does not exist any more. Choose another one.'] },
    })
  })

  it('stands above a form that has none of the fields', async () => {
    expect(await post('tag', { note: 'x' })).toMatchObject({ errors: {}, formErrors: ['There is already a film with this slug.'] })
    expect(app.errors).toEqual([])
  })
})

describe('the types of a model form', () => {
  it('are those of the columns, and refuse what is none', async () => {
    database.write(
      'tsconfig.json',
      JSON.stringify({
        extends: join(import.meta.dirname, '../../../../tsconfig.base.json'),
        compilerOptions: { noEmit: true, types: ['node'] },
        include: ['app', '.hotclub/types'],
      }),
    )
    database.write(
      'app/form.ts',
      `import { modelForm } from 'hotclub/forms'
import type { Db } from 'hotclub'
import type { z } from 'zod'
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(..._: Equal<A, B> extends true ? [] : ['not equal', A, B]): void => {}

const form = modelForm('film', { fields: ['title', 'price', 'budget', 'rating', 'stars', 'createdAt', 'tagline'] })
type Data = z.output<typeof form>
same<Data['title'], string>()
same<Data['price'], string | null>()
same<Data['budget'], bigint | null>()
same<Data['rating'], 'PG' | 'PG_13'>()
same<Data['stars'], number>()
same<Data['tagline'], string | null>()
same<Data['createdAt'], Date>()
export const add = (db: Db, data: Data) => db.film.create({ data: { ...data, slug: data.title } })
// @ts-expect-error -- there is no such field
modelForm('film', { fields: ['titel'] })
// @ts-expect-error -- a relation is no field
modelForm('film', { fields: ['studio'] })
// @ts-expect-error -- there is no such model
modelForm('movie', { fields: ['title'] })
`,
    )
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
    const output = await promisify(execFile)(process.execPath, [tsc, '-p', database.root, '--pretty', 'false']).then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    )

    expect(output).toBe('')
  })
})
