import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, testProvider, type TestDatabase } from './_test-databases.ts'
import { createDb } from './client.ts'
import { collectQueries, type QueryRecord } from './query-log.ts'

interface Row {
  id: number
  name: string
}
/** What the tests use of a generated client. */
interface Client {
  parent: { create(args: object): Promise<Row>; findMany(args?: object): Promise<Row[]>; count(): Promise<number> }
  child: { create(args: object): Promise<unknown> }
  $queryRawUnsafe<T>(sql: string): Promise<T>
  $executeRawUnsafe(sql: string): Promise<number>
  $transaction<T>(run: (tx: Client) => Promise<T>): Promise<T>
  $disconnect(): Promise<void>
}

let database: TestDatabase<Client>
let db: Client

beforeAll(async () => {
  database = await createTestDatabase<Client>(`
model Parent {
  id       Int     @id @default(autoincrement())
  name     String
  children Child[]
}
model Child {
  id       Int    @id @default(autoincrement())
  parent   Parent @relation(fields: [parentId], references: [id])
  parentId Int
}`)
  db = database.open()
})

afterAll(() => database.remove())

/** A promise and the way to settle it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

async function refusal(run: () => unknown): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    return error
  }
}

describe.runIf(testProvider === 'sqlite')('createDb on SQLite', () => {
  it('opens it in WAL mode, with foreign keys, a busy timeout and normal sync', async () => {
    const pragma = async (name: string) => Object.values((await db.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`))[0]!)[0]
    expect(await pragma('journal_mode')).toBe('wal')
    expect(Number(await pragma('foreign_keys'))).toBe(1)
    expect(Number(await pragma('busy_timeout'))).toBe(5000)
    expect(Number(await pragma('synchronous'))).toBe(1)
  })

  it('resolves a relative file from the project, not from the current folder', async () => {
    const relative: Client = createDb('file:./prisma/relative.db', database.PrismaClient, { root: database.root })
    const rows = await relative.$queryRawUnsafe<{ file: string }[]>('PRAGMA database_list')
    expect(rows[0]!.file).toMatch(/hotclub-db-[^/]+\/prisma\/relative\.db$/)
    await relative.$disconnect()
  })

  it('names the database and the way out when the file cannot be opened', async () => {
    const broken: Client = createDb('file:./package.json/app.db', database.PrismaClient, { root: database.root })
    await expect(broken.parent.count()).rejects.toThrow(/could not be opened/)
  })
})

describe.runIf(testProvider !== 'sqlite')('createDb on a server', () => {
  it('thinks in UTC, wherever the server is', async () => {
    const sql = testProvider === 'mysql' ? 'SELECT @@session.time_zone AS zone' : "SELECT current_setting('TimeZone') AS zone"
    expect(await db.$queryRawUnsafe(sql)).toEqual([{ zone: testProvider === 'mysql' ? '+00:00' : 'UTC' }])
  })

  it('uses as many connections as the URL says, and waits for a free one as long as it says', async () => {
    const url = new URL(database.url)
    url.search = '?connection_limit=2&pool_timeout=1'
    const small: Client = createDb(url.href, database.PrismaClient)
    const [inside, release] = [gate(), gate()]
    let open = 0
    const hold = (): Promise<void> =>
      small.$transaction(async (tx) => {
        await tx.parent.count()
        if (++open === 2) inside.open()
        await release.opened
      })
    const held = [hold(), hold()]
    await inside.opened
    const third = await refusal(() => small.parent.count())
    release.open()
    await Promise.all(held)
    expect(third).toBeInstanceOf(Error)
    expect(await small.parent.count()).toBe(await db.parent.count())
    await small.$disconnect()
  })

  it('refuses a setting that is no number', async () => {
    expect(await refusal(() => createDb(`${database.url}?connection_limit=many`, database.PrismaClient))).toMatchObject({
      code: 'HC_DATABASE_URL',
      message: 'connection_limit=many is no number from 1 up.',
    })
  })
})

describe.runIf(testProvider === 'postgresql')('createDb on PostgreSQL', () => {
  it('works in the schema that the URL names, raw queries too', async () => {
    await db.$executeRawUnsafe('CREATE SCHEMA "other one"')
    await db.$executeRawUnsafe('CREATE TABLE "other one"."Parent" (id SERIAL PRIMARY KEY, name TEXT NOT NULL)')
    const url = new URL(database.url)
    url.searchParams.set('schema', 'other one')
    const other: Client = createDb(url.href, database.PrismaClient)
    await other.parent.create({ data: { name: 'elsewhere' } })
    expect(await other.$queryRawUnsafe('SELECT name FROM "Parent"')).toEqual([{ name: 'elsewhere' }])
    expect((await db.parent.findMany()).map((row) => row.name)).not.toContain('elsewhere')
    await other.$disconnect()
  })
})

describe('createDb', () => {
  it('says that the app was built for another kind of database', async () => {
    const urls = { sqlite: 'mysql://root@localhost/x', postgresql: 'file:./x.db', mysql: 'postgres://root@localhost/x' }
    const kinds = { sqlite: 'mysql', postgresql: 'sqlite', mysql: 'postgresql' }
    expect(await refusal(() => createDb(urls[testProvider], database.PrismaClient))).toMatchObject({
      code: 'HC_DATABASE_PROVIDER',
      message: `It names a database of the kind '${kinds[testProvider]}', but the app was built for '${testProvider}'.`,
    })
  })

  it('refuses a row whose parent does not exist', async () => {
    await expect(db.child.create({ data: { parentId: 404 } })).rejects.toThrow(/foreign key/i)
  })

  it('keeps the writes of others out of an open transaction and its rollback', async () => {
    const [inside, release] = [gate(), gate()]
    const failing = db.$transaction(async (tx) => {
      await tx.parent.create({ data: { name: 'rolled back' } })
      inside.open()
      await release.opened
      throw new Error('changed my mind')
    })
    failing.catch(() => {})
    await inside.opened
    const other = db.parent.create({ data: { name: 'kept' } })
    const seen = await db.parent.findMany({ where: { name: 'rolled back' } })
    release.open()
    await expect(failing).rejects.toThrow('changed my mind')
    await other

    expect(seen).toEqual([])
    expect((await db.parent.findMany()).map((row) => row.name)).toEqual(['kept'])
  })

  it.runIf(testProvider === 'sqlite')('waits for a transaction of another client that holds the write lock', async () => {
    const second = database.open()
    const before = await db.parent.count()
    await Promise.all(
      [db, second, db, second].map((client) =>
        client.$transaction(async (tx) => {
          // Reads first: without the lock from the start the later write would fail when the other has written in between.
          const count = await tx.parent.count()
          await tx.parent.create({ data: { name: `after ${count}` } })
        }),
      ),
    )
    const names = (await db.parent.findMany()).map((row) => row.name).filter((name) => name.startsWith('after'))
    expect(names.toSorted()).toEqual([0, 1, 2, 3].map((i) => `after ${before + i}`).toSorted())
  })
})

describe('collectQueries', () => {
  it('collects the queries of one request only, in development', async () => {
    const dev = database.open({ development: true })
    const [first, second]: [QueryRecord[], QueryRecord[]] = [[], []]
    await Promise.all([
      collectQueries(first, async () => {
        await dev.parent.count()
        await dev.parent.findMany()
      }),
      collectQueries(second, async () => void (await dev.parent.count())),
    ])
    expect(first).toHaveLength(2)
    expect(second).toHaveLength(1)
    expect(second[0]!.sql).toMatch(/^SELECT COUNT/i)
  })

  it('counts statements inside transactions', async () => {
    const dev = database.open({ development: true })
    const queries: QueryRecord[] = []
    await collectQueries(queries, async () => dev.$transaction(async (tx) => void (await tx.parent.count())))
    expect(queries.filter((query) => query.sql.startsWith('SELECT'))).toHaveLength(1)
  })

  it('stays empty outside development', async () => {
    const queries: QueryRecord[] = []
    await collectQueries(queries, async () => void (await db.parent.count()))
    expect(queries).toEqual([])
  })
})
