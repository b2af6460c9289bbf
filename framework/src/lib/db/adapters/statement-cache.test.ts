import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheStatements } from './statement-cache.ts'

const arity = 'scalar' as const
let folder: string
let cached: SqlDriverAdapter
let plain: SqlDriverAdapter

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotclub-statements-'))
  const factory = new PrismaBetterSqlite3({ url: join(folder, 'test.db') })
  cached = await factory.connect()
  plain = await factory.connect()
  cacheStatements(cached)
  await cached.executeScript('CREATE TABLE film (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE)')
})

afterEach(async () => {
  await cached.dispose()
  await plain.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const insert = (title: string) => ({
  sql: 'INSERT INTO film (title) VALUES (?)',
  args: [title],
  argTypes: [{ scalarType: 'string' as const, arity }],
})
const select = (sql: string, ...args: number[]) => ({ sql, args, argTypes: args.map(() => ({ scalarType: 'int' as const, arity })) })

describe('cacheStatements', () => {
  it('takes new values with each run of one text', async () => {
    for (const title of ['Alien', 'Heat', 'Ran']) expect(await cached.executeRaw(insert(title))).toBe(1)
    for (const [index, title] of ['Alien', 'Heat', 'Ran'].entries())
      expect((await cached.queryRaw(select('SELECT title FROM film WHERE id = ?', index + 1))).rows).toEqual([[title]])
  })

  it('goes on after a statement has failed', async () => {
    await cached.executeRaw(insert('Alien'))
    await expect(cached.executeRaw(insert('Alien'))).rejects.toThrow(/unique/i)
    expect(await cached.executeRaw(insert('Heat'))).toBe(1)
  })

  it('sees a schema that another connection has changed', async () => {
    await cached.executeRaw(insert('Alien'))
    expect((await cached.queryRaw(select('SELECT * FROM film'))).columnNames).toEqual(['id', 'title'])
    await plain.executeScript('ALTER TABLE film ADD COLUMN year INTEGER DEFAULT 1979')
    const result = await cached.queryRaw(select('SELECT * FROM film'))
    expect([result.columnNames, result.rows]).toEqual([['id', 'title', 'year'], [[1, 'Alien', 1979]]])
  })

  it('answers as an adapter without it, for more texts than it keeps', async () => {
    for (let index = 0; index < 20; index++) await cached.executeRaw(insert(`Film ${index}`))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(400), fc.nat(25)), { maxLength: 40 }), async (queries) => {
        for (const [text, id] of queries) {
          const query = select(`SELECT id, title, ${text} AS text FROM film WHERE id >= ? ORDER BY id`, id)
          expect(await cached.queryRaw(query)).toEqual(await plain.queryRaw(query))
        }
      }),
      { numRuns: 40 },
    )
  })
})
