import { describe, expect, it } from 'vitest'
import { migrationStatus } from '../migrate.ts'
import { providers } from '../connection/_databases.ts'
import type { Provider } from '../database-url.ts'
import { createLab, dump, refusal, type Lab } from './_lab.ts'

const film = (...fields: string[]): string =>
  `model Film {\n  id Int @id @default(autoincrement())\n  title String\n  ${fields.join('\n  ')}\n}`

async function developed(provider: Provider): Promise<Lab> {
  const lab = createLab(film(), provider)
  await lab.create({ name: () => 'init' })
  await lab.apply()
  await lab.sql(`INSERT INTO [Film] (title) VALUES ('Heat')`)
  return lab
}

describe.each(providers)('syncDevDatabase on %s', (provider) => {
  it('follows edits of the schema without a migration, and keeps the rows', async () => {
    const lab = await developed(provider)
    expect(await lab.sync()).toEqual({ status: 'current' })
    lab.edit(film('year Int?'))
    expect(await lab.sync()).toMatchObject({ status: 'synced', sql: expect.stringMatching(/ADD COLUMN\s+["`]year/) })
    lab.edit(film('year Int?', 'seen Boolean @default(false)'))
    await lab.sync()
    expect(await lab.drift()).toEqual([])
    expect(await lab.sql('SELECT title, year, seen FROM [Film]')).toEqual([
      { title: 'Heat', year: null, seen: provider === 'postgresql' ? false : 0 },
    ])
    expect(await migrationStatus(lab)).toMatchObject({ isAhead: true, pending: [] })
  })

  it('works on a project that has no migration yet', async () => {
    const lab = createLab(film(), provider)
    await lab.sync()
    expect(await lab.drift()).toEqual([])
    await lab.create()
    expect((await lab.apply()).adopted).toHaveLength(1)
  })

  it('leads to the same as a fresh database, once the edits have become a migration', async () => {
    const lab = await developed(provider)
    lab.edit(film('year Int?'))
    await lab.sync()
    lab.edit(film('year Int?', 'note String @default("")'))
    await lab.sync()
    await lab.sql(`UPDATE [Film] SET year = 1995`)
    await lab.create({ name: () => 'year and note' })

    const applied = await lab.apply()
    const fresh = lab.withDatabase()
    await fresh.apply()

    expect(applied).toMatchObject({ applied: [], adopted: [expect.stringMatching(/year_and_note$/)] })
    expect(await lab.sql('SELECT title, year FROM [Film]')).toEqual([{ title: 'Heat', year: 1995 }])
    expect([await lab.drift(), await fresh.drift()]).toEqual([[], []])
    expect(await migrationStatus(lab)).toEqual({ ...(await migrationStatus(fresh)), isAhead: false })
    expect(await lab.sync()).toEqual({ status: 'current' })
  })

  it('adopts such a migration by itself at the next edit', async () => {
    const lab = await developed(provider)
    lab.edit(film('year Int?'))
    await lab.sync()
    await lab.create()
    lab.edit(film('year Int?', 'note String?'))
    expect((await lab.sync()).status).toBe('synced')
    expect(await migrationStatus(lab)).toMatchObject({ pending: [], isAhead: true })
  })

  it('changes nothing where values would be lost, and says what may be meant', async () => {
    const lab = await developed(provider)
    const before = await dump(lab)
    lab.edit(film().replace('title', 'name'))
    expect(await lab.sync()).toMatchObject({
      status: 'blocked',
      reasons: expect.arrayContaining([
        'The column Film.title goes, with its values in 1 row.',
        'The new column Film.name is required and has no default, but Film has 1 row.',
        'Perhaps Film.title → name is a rename.',
      ]),
      hint: expect.stringContaining('hotclub migrate create'),
      renames: [{ table: 'Film', column: 'title', to: 'name' }],
    })
    expect(await dump(lab)).toEqual(before)
  })

  it('drops what holds no values', async () => {
    const lab = await developed(provider)
    lab.edit(film('year Int?'))
    await lab.sync()
    lab.edit(film())
    expect((await lab.sync()).status).toBe('synced')
    expect(await lab.drift()).toEqual([])
    expect((await migrationStatus(lab)).isAhead).toBe(false)
  })

  it('keeps values through edits that were synced and a rename that was not', async () => {
    const lab = await developed(provider)
    lab.edit(film('year Int?'))
    await lab.sync()
    await lab.sql('UPDATE [Film] SET year = 1995')
    lab.edit(film('year Int?').replace('title', 'name'))
    expect((await lab.sync()).status).toBe('blocked')
    await lab.create({ isRename: () => true })
    await lab.apply()
    expect(await lab.sql('SELECT name, year FROM [Film]')).toEqual([{ name: 'Heat', year: 1995 }])
    expect(await lab.drift()).toEqual([])
  })

  it("takes edits back before a colleague's migration runs, and makes them again after it", async () => {
    const lab = await developed(provider)
    lab.edit(film('mine Int?'))
    await lab.sync()
    lab.write(
      'prisma/migrations/99990101000000_theirs/migration.sql',
      provider === 'postgresql'
        ? 'ALTER TABLE "Film" ADD COLUMN theirs INTEGER;\nUPDATE "Film" SET theirs = 7;'
        : 'ALTER TABLE Film ADD COLUMN theirs INTEGER;\nUPDATE Film SET theirs = 7;',
    )
    lab.write('prisma/migrations/99990101000000_theirs/schema.snapshot', `datasource db {\n provider = "sqlite"\n}\n${film('theirs Int?')}`)
    expect((await lab.apply()).applied).toEqual(['99990101000000_theirs'])
    lab.edit(film('mine Int?', 'theirs Int?'))
    await lab.sync()
    expect(await lab.sql('SELECT title, mine, theirs FROM [Film]')).toEqual([{ title: 'Heat', mine: null, theirs: 7 }])
    expect(await lab.drift()).toEqual([])
  })

  it("refuses a colleague's migration where taking edits back would lose values", async () => {
    const lab = await developed(provider)
    lab.edit(film('mine Int?'))
    await lab.sync()
    await lab.sql('UPDATE [Film] SET mine = 1')
    const before = await dump(lab)
    lab.write('prisma/migrations/99990101000000_theirs/migration.sql', 'ALTER TABLE Film ADD COLUMN theirs INTEGER;')
    lab.write('prisma/migrations/99990101000000_theirs/schema.snapshot', `datasource db {\n provider = "sqlite"\n}\n${film('theirs Int?')}`)
    const error = await refusal(() => lab.apply())
    expect(error.message).toContain('The column Film.mine goes')
    expect(error.hint).toContain('hotclub migrate reset')
    expect(await dump(lab)).toEqual(before)
  })

  it('waits for migrations that have changes of their own', async () => {
    const lab = await developed(provider)
    lab.edit(film('year Int?'))
    await lab.create()
    expect(await lab.sync()).toMatchObject({ status: 'blocked', hint: 'Run `hotclub migrate apply`.' })
  })
})
