import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { parseDatabaseUrl } from '../database-url.ts'
import { newDatabase, providers, type TestDatabase } from './_databases.ts'
import { openConnection, openExisting, type Connection } from './connection.ts'
import { numberPlaceholders } from './placeholders.ts'

/** What each database calls a kind of column. */
const columns = {
  sqlite: { int: 'INTEGER', big: 'BIGINT', real: 'REAL', text: 'TEXT', bytes: 'BLOB', time: 'DATETIME', decimal: 'TEXT', json: 'TEXT' },
  postgresql: {
    int: 'INTEGER',
    big: 'BIGINT',
    real: 'DOUBLE PRECISION',
    text: 'TEXT',
    bytes: 'BYTEA',
    time: 'TIMESTAMP(3)',
    decimal: 'DECIMAL(65,30)',
    json: 'JSONB',
  },
  mysql: {
    int: 'INTEGER',
    big: 'BIGINT',
    real: 'DOUBLE',
    text: 'LONGTEXT',
    bytes: 'LONGBLOB',
    time: 'DATETIME(3)',
    decimal: 'DECIMAL(65,30)',
    json: 'JSON',
  },
}

describe.each(providers)('a connection to %s', (provider) => {
  const made: TestDatabase[] = []
  const create = (): TestDatabase => {
    const database = newDatabase(provider)
    made.push(database)
    return database
  }
  afterEach(async () => {
    for (const database of made.splice(0)) await database.drop()
  })
  const open = (): Promise<Connection> => openConnection(create().target)

  it('creates what is missing, unless told not to', async () => {
    const { target } = create()
    expect(await openExisting(target)).toBeUndefined()
    await expect(openConnection(target, { create: false })).rejects.toMatchObject({ code: 'HC_DATABASE_OPEN' })
    await using connection = await openConnection(target)
    expect(connection.provider).toBe(provider)
    await using again = await openExisting(target)
    expect(again).toBeDefined()
  })

  it('reads back every value as it was written', async () => {
    await using connection = await open()
    const type = columns[provider]
    const q = connection.quote
    await connection.exec(
      `CREATE TABLE t (${Object.entries(type)
        .map(([name, sql]) => `${q(name)} ${sql}`)
        .join(', ')})`,
    )
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'))
    const row = fc.record({
      int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      big: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      real: fc.double({ noNaN: true, min: -1e300, max: 1e300 }).map((value) => (Math.abs(value) < 1e-300 ? 0 : value)),
      text,
      bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ value: row, isNull: fc.boolean() }), { maxLength: 4 }), async (rows) => {
        await connection.exec('DELETE FROM t')
        const given = rows.map(({ value, isNull }, int) => ({ ...value, int, text: isNull ? null : value.text }))
        for (const each of given)
          await connection.rows(
            `INSERT INTO t (${q('int')}, big, ${q('real')}, ${q('text')}, bytes) VALUES (?, ?, ?, ?, ?)`,
            each.int,
            each.big,
            each.real,
            each.text,
            each.bytes,
          )
        const plain = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value)
        expect(await connection.rows(`SELECT ${q('int')}, big, ${q('real')}, ${q('text')}, bytes FROM t ORDER BY ${q('int')}`)).toEqual(
          given.map((each) => ({ ...each, big: plain(each.big), real: each.real === 0 ? 0 : each.real })),
        )
      }),
      { numRuns: 25 },
    )
  })

  it('gives times, decimals and JSON as the text of the database, in UTC', async () => {
    await using connection = await open()
    const type = columns[provider]
    await connection.exec(`CREATE TABLE t (at ${type.time}, amount ${type.decimal}, data ${type.json})`)
    await connection.rows('INSERT INTO t VALUES (?, ?, ?)', '2026-03-29 02:30:00.125', '123456789012345678901234.5', '{"a": [1, null]}')
    const [row] = await connection.rows<{ at: string; amount: string; data: string }>('SELECT * FROM t')
    expect(row).toMatchObject({ at: '2026-03-29 02:30:00.125', amount: expect.stringMatching(/^123456789012345678901234\.50*$/) })
    expect(JSON.parse(row!.data)).toEqual({ a: [1, null] })
  })

  it('counts in numbers, and compares booleans with what columns hold', async () => {
    await using connection = await open()
    await connection.exec('CREATE TABLE t (seen BOOLEAN)')
    await connection.rows('INSERT INTO t VALUES (?), (?)', true, false)
    expect(await connection.rows('SELECT count(*) AS n FROM t WHERE seen = ?', true)).toEqual([{ n: 1 }])
  })

  it('takes a question mark in quotes for one', async () => {
    await using connection = await open()
    expect(await connection.rows(`SELECT '?' AS a, CAST(? AS CHAR(1)) AS b -- ?`, 'x')).toEqual([{ a: '?', b: 'x' }])
  })

  it('runs several statements at once, and drops their rows', async () => {
    await using connection = await open()
    await connection.exec(`CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1); SELECT * FROM t; INSERT INTO t VALUES (2)`)
    expect(await connection.rows('SELECT a FROM t ORDER BY a')).toEqual([{ a: 1 }, { a: 2 }])
  })

  it('keeps all of a transaction or nothing', async () => {
    await using connection = await open()
    await connection.exec('CREATE TABLE t (a INTEGER)')
    const insert = (a: number): Promise<unknown> => connection.rows('INSERT INTO t VALUES (?)', a)
    expect(await connection.transaction(async () => (await insert(1), 'result'))).toBe('result')
    const failing = connection.transaction(async () => {
      await insert(2)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await expect(connection.transaction(async () => (await insert(3), connection.exec('SELECT * FROM missing')))).rejects.toThrow('missing')
    expect(await connection.rows('SELECT a FROM t')).toEqual([{ a: 1 }])
  })

  it('quotes any name', async () => {
    await using connection = await open()
    const name = 'a "b" `c` select'
    await connection.exec(`CREATE TABLE ${connection.quote(name)} (a INTEGER)`)
    expect(await connection.rows(`SELECT * FROM ${connection.quote(name)}`)).toEqual([])
  })
})

describe('openConnection', () => {
  it('says what is wrong without the password', async () => {
    for (const url of ['postgresql://root:secret@127.0.0.1:1/a', 'mysql://root:secret@127.0.0.1:1/a', 'file:/dev/null/a.db']) {
      const error: unknown = await openConnection(parseDatabaseUrl(url, '.')).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'HC_DATABASE_OPEN' })
      expect(String(error)).not.toContain('secret')
    }
  })

  it("uses the schema that a PostgreSQL URL names, as Prisma's do", async () => {
    const database = newDatabase('postgresql')
    try {
      await using connection = await openConnection(parseDatabaseUrl(`${database.url}?schema=my app`, '.'))
      await connection.exec('CREATE TABLE t (a INTEGER)')
      expect(await connection.rows(`SELECT schemaname FROM pg_tables WHERE tablename = 't'`)).toEqual([{ schemaname: 'my app' }])
    } finally {
      await database.drop()
    }
  })

  it('lets a transaction of SQLite wait for another in the same process', async () => {
    const database = newDatabase('sqlite')
    await using one = await openConnection(database.target)
    await using other = await openConnection(database.target)
    await one.exec('CREATE TABLE t (a INTEGER)')
    const write = (connection: Connection): Promise<void> =>
      connection.transaction(async () => {
        await connection.exec('INSERT INTO t VALUES (1)')
        await connection.exec('INSERT INTO t VALUES (2)')
      })
    await Promise.all([write(one), write(other)])
    expect(await one.rows('SELECT a FROM t')).toEqual([{ a: 1 }, { a: 2 }, { a: 1 }, { a: 2 }])
    await database.drop()
  })
})

describe('numberPlaceholders', () => {
  it('numbers question marks, and leaves those in quotes and comments', () => {
    expect(numberPlaceholders(`SELECT ?, '?''?', "?", $$ ? $$, $a$ ? $$ $a$ -- ?\n/* ? */ WHERE a = ? - 1 / ?`)).toBe(
      `SELECT $1, '?''?', "?", $$ ? $$, $a$ ? $$ $a$ -- ?\n/* ? */ WHERE a = $2 - 1 / $3`,
    )
  })
})
