import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestProject, loadGenerated, type TestProject } from './_test-project.ts'
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
type ClientClass = new (options: object) => Client

let project: TestProject
let PrismaClient: ClientClass
let db: Client

beforeAll(async () => {
  project = createTestProject(`
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
  ;({ PrismaClient } = await loadGenerated<{ PrismaClient: ClientClass }>(project, 'client/client.ts'))
  db = open()
  await db.$executeRawUnsafe('CREATE TABLE Parent (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL)')
  await db.$executeRawUnsafe(
    'CREATE TABLE Child (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, parentId INTEGER NOT NULL REFERENCES Parent (id))',
  )
})

afterAll(async () => {
  await db.$disconnect()
  project.remove()
})

function open(options: { development?: boolean } = {}): Client {
  return createDb(project.url, PrismaClient, { root: project.root, ...options })
}

/** A promise and the way to settle it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

describe('createDb', () => {
  it('opens SQLite in WAL mode, with foreign keys, a busy timeout and normal sync', async () => {
    const pragma = async (name: string) => Object.values((await db.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`))[0]!)[0]
    expect(await pragma('journal_mode')).toBe('wal')
    expect(Number(await pragma('foreign_keys'))).toBe(1)
    expect(Number(await pragma('busy_timeout'))).toBe(5000)
    expect(Number(await pragma('synchronous'))).toBe(1)
  })

  it('refuses a row whose parent does not exist', async () => {
    await expect(db.child.create({ data: { parentId: 404 } })).rejects.toThrow(/foreign key/i)
  })

  it('resolves a relative file from the project, not from the current folder', async () => {
    const rows = await db.$queryRawUnsafe<{ file: string }[]>('PRAGMA database_list')
    expect(rows[0]!.file).toMatch(/hotclub-db-[^/]+\/prisma\/test\.db$/)
  })

  it('names the database and the way out when the file cannot be opened', async () => {
    project.write('blocked', 'a file, not a folder')
    const broken: Client = createDb('file:./blocked/app.db', PrismaClient, { root: project.root })
    await expect(broken.parent.count()).rejects.toThrow(/could not be opened/)
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

  it('waits for a transaction of another client that holds the write lock', async () => {
    const second = open()
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
    await second.$disconnect()
    const names = (await db.parent.findMany()).map((row) => row.name).filter((name) => name.startsWith('after'))
    expect(names.toSorted()).toEqual([0, 1, 2, 3].map((i) => `after ${before + i}`).toSorted())
  })
})

describe('collectQueries', () => {
  it('collects the queries of one request only, in development', async () => {
    const dev = open({ development: true })
    const [first, second]: [QueryRecord[], QueryRecord[]] = [[], []]
    await Promise.all([
      collectQueries(first, async () => {
        await dev.parent.count()
        await dev.parent.findMany()
      }),
      collectQueries(second, async () => void (await dev.parent.count())),
    ])
    await dev.$disconnect()
    expect(first).toHaveLength(2)
    expect(second).toHaveLength(1)
    expect(second[0]!.sql).toMatch(/^SELECT COUNT/i)
  })

  it('counts statements inside transactions', async () => {
    const dev = open({ development: true })
    const queries: QueryRecord[] = []
    await collectQueries(queries, async () => dev.$transaction(async (tx) => void (await tx.parent.count())))
    await dev.$disconnect()
    expect(queries.filter((query) => query.sql.startsWith('SELECT'))).toHaveLength(1)
  })

  it('stays empty outside development', async () => {
    const queries: QueryRecord[] = []
    await collectQueries(queries, async () => void (await db.parent.count()))
    expect(queries).toEqual([])
  })
})
