import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../_test-databases.ts'
import { providers } from '../connection/_databases.ts'
import { openConnection, type Connection } from '../connection/connection.ts'
import { parseDatabaseUrl } from '../database-url.ts'
import { dumpLines } from './dump.ts'
import type { Header } from './format.ts'
import { loadFile, type LoadOptions } from './load.ts'

const models = `
model Person {
  id       Int      @id @default(autoincrement())
  name     String   @unique
  boss     Person?  @relation("Boss", fields: [bossId], references: [id], onDelete: NoAction, onUpdate: NoAction)
  bossId   Int?
  team     Person[] @relation("Boss")
  /// The one is there only with the other.
  twin     Person   @relation("Twin", fields: [twinName], references: [name], onDelete: NoAction, onUpdate: NoAction)
  twinName String
  twins    Person[] @relation("Twin")
  films    Film[]
}
model Film {
  id         Int     @id @default(autoincrement())
  title      String
  director   Person? @relation(fields: [directorId], references: [id])
  directorId Int?
  tags       Tag[]
}
model Tag {
  id    Int    @id @default(autoincrement())
  name  String @unique
  films Film[]
}
model Permission {
  id   Int    @id @default(autoincrement())
  name String @unique
}`

interface Client {
  $disconnect(): Promise<void>
  film: {
    create(args: object): Promise<{ id: number }>
    count(args?: object): Promise<number>
    findMany(args: object): Promise<object[]>
    createMany(args: object): Promise<unknown>
    findFirst(args: object): Promise<unknown>
  }
  permission: { create(args: object): Promise<unknown>; findMany(): Promise<{ name: string }[]> }
}

const folder = mkdtempSync(join(tmpdir(), 'hotclub-load-'))
const file = join(folder, 'dump.jsonl')
afterAll(() => rmSync(folder, { recursive: true }))

/** 1,100 people in a circle of bosses, each their own twin or that of another who comes later; 400 films, two tags. */
function rows(): string[] {
  const people = Array.from({ length: 1_100 }, (_, i) => [
    i + 1,
    `p${i + 1}`,
    ((i + 1) % 1_100) + 1,
    i % 2 === 0 ? `p${i + 1}` : `p${1_100 - i + 1}`,
  ])
  const films = Array.from({ length: 400 }, (_, i) => [i + 7, `Film ${i}`, i % 3 === 0 ? null : i + 1])
  const tags = [
    [1, 'noir'],
    [40, 'spaghetti'],
  ]
  const links = films.slice(0, 300).map(([id]) => [id, 40])
  const header: Header = {
    hotclub: 1,
    id: '11111111-1111-1111-1111-111111111111',
    at: '2026-11-25T00:00:00.000Z',
    models: [
      { name: 'Person', fields: ['id', 'name', 'bossId', 'twinName'], rows: people.length },
      { name: 'Film', fields: ['id', 'title', 'directorId'], rows: films.length },
      { name: 'Tag', fields: ['id', 'name'], rows: tags.length },
      { name: 'Permission', fields: ['id', 'name'], rows: 1 },
    ],
    links: [{ name: 'FilmToTag', rows: links.length }],
  }
  const lines = [
    header,
    { model: 'Person' },
    ...people,
    { model: 'Film' },
    ...films,
    { model: 'Tag' },
    ...tags,
    { model: 'Permission' },
    [3, 'film.view'],
  ]
  return [...lines, { link: 'FilmToTag' }, ...links].map((line) => JSON.stringify(line))
}

describe.each(providers)('loadFile into %s', (provider) => {
  let database: TestDatabase<Client>
  let connection: Connection
  let db: Client

  beforeAll(async () => {
    database = await createTestDatabase<Client>(models, provider)
    connection = await openConnection(parseDatabaseUrl(database.url, '.'))
    db = database.open()
  })
  afterAll(async () => {
    await connection.close()
    await database.remove()
  })
  afterEach(async () => {
    // A load that failed is begun anew.
    await load(['{"hotclub":1,"id":"0","at":"","models":[],"links":[]}'])
    for (const name of ['_FilmToTag', 'Film', 'Tag', 'Permission']) await connection.exec(`DELETE FROM ${connection.quote(name)}`)
    await connection.exec(
      provider === 'mysql' ? 'SET foreign_key_checks = 0; DELETE FROM Person; SET foreign_key_checks = 1' : 'DELETE FROM "Person"',
    )
  })

  async function load(lines: readonly string[], options: LoadOptions = {}): Promise<number | undefined> {
    writeFileSync(file, lines.join('\n'))
    return await loadFile(connection, database.metadata, file, options)
  }
  async function dumped(only?: string[]): Promise<string[]> {
    const lines: string[] = []
    for await (const text of dumpLines(connection, database.metadata, only ? { models: only } : {})) lines.push(...text.split('\n'))
    return lines
  }

  it('writes circles and rows that need each other, and the counters go on after the last', async () => {
    const seen: number[] = []
    expect(await load(rows(), { onProgress: ({ done }) => seen.push(done) })).toBe(1_803)
    expect(seen.at(-1)).toBe(1_803)
    const again = await dumped()
    expect(again.slice(1).toSorted()).toEqual(rows().slice(1).toSorted())
    expect(await db.film.count({ where: { director: { boss: { twin: { name: 'p3' } } } } })).toBe(1)
    expect((await db.film.create({ data: { title: 'New' } })).id).toBe(407)
  })

  it('goes on after it was killed, as if nothing had happened', async () => {
    writeFileSync(file, rows().join('\n'))
    const metadata = join(folder, 'metadata.json')
    writeFileSync(metadata, JSON.stringify(database.metadata))
    const script = `
      const source = ${JSON.stringify(join(import.meta.dirname, '..'))}
      const { readFileSync } = await import('node:fs')
      const { openConnection } = await import(source + '/connection/connection.ts')
      const { parseDatabaseUrl } = await import(source + '/database-url.ts')
      const { loadFile } = await import(source + '/transfer/load.ts')
      const [url, file, metadata, batches, resume] = process.argv.slice(1)
      const connection = await openConnection(parseDatabaseUrl(url, '.'))
      let left = Number(batches)
      await loadFile(connection, JSON.parse(readFileSync(metadata, 'utf8')), file, {
        resume: resume === 'resume',
        onProgress() {
          if (left-- === 0) process.kill(process.pid, 'SIGKILL')
        },
      })
      await connection.close()`
    const run = async (batches: number, resume: boolean): Promise<string | null> => {
      const args = ['--conditions=hotclub-source', '--input-type=module', '--eval', script, database.url, file, metadata]
      const child = spawn(process.execPath, [...args, String(batches), resume ? 'resume' : ''], { stdio: 'inherit' })
      const [, signal] = (await once(child, 'close')) as [number | null, string | null]
      return signal
    }
    expect(await run(3, false)).toBe('SIGKILL')
    await expect(load(rows())).rejects.toMatchObject({
      message: expect.stringContaining('interrupted'),
      hint: expect.stringContaining('--resume'),
    })
    expect(await run(2, true)).toBe('SIGKILL')
    // In the second pass, which writes the bosses.
    expect(await run(6, true)).toBe('SIGKILL')
    await expect(load([rows()[0]!.replace('1111-', '2222-')], { resume: true })).rejects.toMatchObject({
      message: expect.stringContaining('another file'),
    })
    expect(await load(rows(), { resume: true })).toBe(1_803)
    expect((await dumped()).slice(1).toSorted()).toEqual(rows().slice(1).toSorted())
    await expect(load(rows(), { resume: true })).rejects.toMatchObject({ message: expect.stringContaining('nothing to go on with') })
  })

  it('does not mix with rows that are there, unless they may go', async () => {
    await db.film.create({ data: { title: 'Old' } })
    await expect(load(rows())).rejects.toMatchObject({ code: 'HC_LOAD', where: 'Film', hint: expect.stringContaining('--truncate') })
    expect(await load(rows(), { truncate: () => false })).toBeUndefined()
    expect(await db.film.findMany({ select: { title: true } })).toEqual([{ title: 'Old' }])
    const asked: string[][] = []
    expect(await load(rows(), { truncate: (tables) => asked.push(tables) > 0 })).toBe(1_803)
    expect(asked).toEqual([['Film']])
    expect(await load(rows(), { truncate: () => true })).toBe(1_803)
  })

  it('replaces what Hotclub writes by itself', async () => {
    await db.permission.create({ data: { name: 'tag.view' } })
    await load(rows(), { replaceable: 'Permission' })
    expect(await db.permission.findMany()).toEqual([{ id: 3, name: 'film.view' }])
  })

  it('names the row that the database refuses, keeps those before it, and goes on when it is mended', async () => {
    const lines = rows()
    const twice = lines.with(-5, lines.at(-6)!)
    await expect(load(twice)).rejects.toMatchObject({
      code: 'HC_LOAD',
      where: `${file}:${lines.length - 4}`,
      message: expect.stringMatching(/A row of FilmToTag was refused: .*(unique|duplicate)/i),
    })
    expect(await db.film.count()).toBe(400)
    await load(lines, { resume: true })
    expect((await dumped()).length).toBe(lines.length)
  })

  it('refuses a reference to a row that is not there', async () => {
    const header: Header = { ...(JSON.parse(rows()[0]!) as Header), links: [] }
    const films = { ...header, models: [{ name: 'Film', fields: ['id', 'title', 'directorId'], rows: 2 }] }
    await expect(
      load([films, { model: 'Film' }, [1, 'Kept', null], [2, 'Lost', 9]].map((line) => JSON.stringify(line))),
    ).rejects.toMatchObject({
      where: `${file}:4`,
      message: expect.stringMatching(/A row of Film was refused: .*foreign key/i),
    })
  })

  it('checks by itself what the database could not, since people need each other', async () => {
    for (const [before, after, message] of [
      ['[2,"p2",3,"p1100"]', '[2,"p2",3,"nobody"]', '1 row refers by Person.twin to a Person that is not there.'],
      ['[8,"Film 1",2]', '[8,"Film 1",9999]', '1 row refers by Film.director to a Person that is not there.'],
      ['[7,40]', '[7,41]', '1 row refers by FilmToTag to a Tag that is not there.'],
    ] as const)
      await expect(
        load(
          rows().map((line) => (line === before ? after : line)),
          { truncate: () => true },
        ),
      ).rejects.toMatchObject({ message })
  })

  it('refuses files that are cut off, damaged, or of another schema, before or after', async () => {
    await expect(load(rows().slice(0, -1))).rejects.toMatchObject({ message: 'The file is cut off: FilmToTag has 299 of 300 rows.' })
    await load(rows(), { truncate: () => true })
    await expect(load(rows().with(-1, '[3,'), { truncate: () => true })).rejects.toMatchObject({
      message: expect.stringContaining('no JSON'),
    })
    for (const [from, to, message] of [
      ['"Film"', '"Movie"', "no model 'Movie'"],
      ['"title"', '"name"', "Film has no field 'name'"],
      ['"title",', '', "Film requires 'title'"],
      ['"FilmToTag"', '"Tagged"', "no many-to-many relation 'Tagged'"],
      ['"hotclub":1', '"hotclub":2', 'version 2'],
      ['{"hotclub"', '{"django"', 'no file of `hotclub dump`'],
    ] as const)
      await expect(load(rows().with(0, rows()[0]!.replace(from, to)))).rejects.toMatchObject({
        code: 'HC_LOAD',
        message: expect.stringContaining(message),
      })
  })

  it('reads packed files, whatever they are called', async () => {
    writeFileSync(file, gzipSync(rows().join('\n')))
    expect(await loadFile(connection, database.metadata, file)).toBe(1_803)
  })

  it('dumps some models only', async () => {
    await load(rows())
    const lines = await dumped(['Tag', 'Film'])
    expect((JSON.parse(lines[0]!) as Header).models.map(({ name, rows: count }) => [name, count])).toEqual([
      ['Film', 400],
      ['Tag', 2],
    ])
    await expect(dumped(['Movie'])).rejects.toMatchObject({ code: 'HC_MODEL' })
  })

  it('dumps one moment, whatever is written meanwhile', async () => {
    await load(rows())
    const lines: string[] = []
    for await (const text of dumpLines(connection, database.metadata)) {
      if (lines.length === 0) await db.film.createMany({ data: [{ title: 'Late' }, { title: 'Later' }] })
      lines.push(...text.split('\n'))
    }
    expect(lines.length).toBe(rows().length)
    expect(await db.film.count()).toBe(402)
  })
})

it('says when there is no file', async () => {
  const connection = await openConnection({ provider: 'sqlite', file: ':memory:' })
  const metadata = { provider: 'sqlite', models: {}, enums: {} }
  await expect(loadFile(connection, metadata, join(folder, 'none'))).rejects.toMatchObject({ code: 'HC_LOAD' })
  await connection.close()
  expect(() => readFileSync(join(folder, 'none'))).toThrow('ENOENT')
})
