import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './_test-databases.ts'

/** A decimal as Prisma gives it. */
interface Decimal {
  toFixed(): string
}
interface Row {
  id: number
  text: string | null
  flag: boolean | null
  whole: number | null
  big: bigint | null
  real: number | null
  price: Decimal | null
  at: Date | null
  json: unknown
  bytes: Uint8Array | null
  kind: string | null
}
interface Client {
  thing: {
    create(args: object): Promise<Row>
    update(args: object): Promise<Row>
    findUniqueOrThrow(args: object): Promise<Row>
    findFirst(args: object): Promise<Row | null>
  }
  $disconnect(): Promise<void>
}

const models = `
model Thing {
  id    Int       @id @default(autoincrement())
  text  String?
  flag  Boolean?
  whole Int?
  big   BigInt?
  real  Float?
  price Decimal?
  at    DateTime?
  json  Json?
  bytes Bytes?
  kind  Kind?
}
enum Kind {
  one
  two @map("the second")
}`

let database: TestDatabase<Client>
let db: Client

beforeAll(async () => {
  database = await createTestDatabase<Client>(models)
  db = database.open()
})

afterAll(() => database.remove())

/** What every kind of database can keep: PostgreSQL has no NUL in a text, MySQL's DATETIME no year after 9999. */
const text = fc.string({ unit: 'binary', maxLength: 60 }).map((value) => value.replaceAll('\0', '').toWellFormed())
/** Prisma's query compiler keeps 15 digits of a number, on all three. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 }).map((value) => rounded(value))
const rounded = (value: number): number => (Math.abs(value) < 1e-200 || Math.abs(value) > 1e200 ? 0 : Number(value.toPrecision(15)))
const json = fc
  .jsonValue({ maxDepth: 3 })
  .map((value): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('\\u0000', ''), (_, part: unknown) => (typeof part === 'number' ? rounded(part) : part)),
  )

const thing = fc.record({
  text: fc.option(text),
  flag: fc.option(fc.boolean()),
  whole: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  big: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  real: fc.option(number),
  // Prisma's Decimal is DECIMAL(65, 30); SQLite keeps a floating point number, which is exact for so many digits.
  price: fc.option(
    fc
      .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 4 }))
      .map(([digits, scale]) => (digits / 10 ** scale).toFixed(scale)),
  ),
  at: fc.option(fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })),
  json: fc.oneof(
    fc.constant(undefined),
    json.filter((value) => value !== null),
  ),
  bytes: fc.option(fc.uint8Array({ maxLength: 40 })),
  kind: fc.option(fc.constantFrom('one', 'two')),
})

type Thing = typeof thing extends fc.Arbitrary<infer Value> ? Value : never

/** A row as it is to be read, in values that can be compared. */
function plain(row: Omit<Row, 'id' | 'price'> & { price: Decimal | string | null }): object {
  const { text, flag, whole, big, real, price, at, json, bytes, kind } = row
  return {
    text,
    flag,
    whole,
    big,
    real,
    at,
    kind,
    price: price === null ? null : Number(typeof price === 'string' ? price : price.toFixed()),
    json: json ?? null,
    bytes: bytes === null ? null : [...bytes],
  }
}

describe('values of every type', () => {
  it('come back as they were written, by every way of writing and reading', async () => {
    await fc.assert(
      fc.asyncProperty(thing, thing, async (first: Thing, second: Thing) => {
        const created = await db.thing.create({ data: first })
        expect(plain(created)).toEqual(plain({ ...first, json: first.json }))
        const updated = await db.thing.update({ where: { id: created.id }, data: { ...second, json: second.json ?? undefined } })
        const expected = plain({ ...second, json: second.json ?? first.json })
        expect(plain(updated)).toEqual(expected)
        expect(plain(await db.thing.findUniqueOrThrow({ where: { id: created.id } }))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('are found by what they are', async () => {
    await fc.assert(
      fc.asyncProperty(thing, async (value: Thing) => {
        const { id } = await db.thing.create({ data: value })
        // A floating point number that went through text is no key, and neither is JSON.
        const { json: _, real: __, price: ___, ...keys } = value
        expect((await db.thing.findFirst({ where: { id, ...keys } }))?.id).toBe(id)
      }),
      { numRuns: 40 },
    )
  })
})
