import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { migrationStatus, missingMigration, resetDatabase, resolveMigration, type Rename } from '../migrate.ts'
import { providers } from '../connection/_databases.ts'
import type { Provider } from '../database-url.ts'
import { createLab, dump, refusal, type Lab } from './_lab.ts'

const film = 'model Film {\n  id Int @id @default(autoincrement())\n  title String\n}'
const filmWith = (...fields: string[]): string => film.replace('title String', ['title String', ...fields].join('\n  '))

async function migrated(models: string, provider: Provider): Promise<Lab> {
  const lab = createLab(models, provider)
  await lab.create({ name: () => 'init' })
  await lab.apply()
  return lab
}

const folders = (lab: Lab): string[] =>
  readdirSync(join(lab.root, 'prisma/migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
const sqlOf = (lab: Lab, name: string): string => readFileSync(join(lab.root, 'prisma/migrations', name, 'migration.sql'), 'utf8')
const writeSql = (lab: Lab, name: string, sql: string): void =>
  writeFileSync(join(lab.root, 'prisma/migrations', name, 'migration.sql'), sql)

describe.each(providers)('on %s', (provider) => {
  // What is run in SQLite alone is said in its words, or is its own to do.

  describe('createMigration', () => {
    it.runIf(provider === 'sqlite')('writes the SQL, the schema it leads to, and the lock file of Prisma', async () => {
      const lab = createLab(film, provider)
      const result = await lab.create({ name: () => 'Add the Films!' })

      expect(result.status).toBe('created')
      expect(folders(lab)).toEqual([expect.stringMatching(/^\d{14}_add_the_films$/)])
      expect(sqlOf(lab, folders(lab)[0]!)).toContain('CREATE TABLE "Film"')
      expect(readFileSync(join(lab.root, 'prisma/migrations', folders(lab)[0]!, 'schema.snapshot'), 'utf8')).toContain('model Film')
      expect(readFileSync(join(lab.root, 'prisma/migrations/migration_lock.toml'), 'utf8')).toContain('provider = "sqlite"')
    })

    it('says so when nothing changed, comments and order aside', async () => {
      const lab = createLab(film, provider)
      await lab.create()
      lab.edit(`/// A film, more or less.\n${film}`)
      expect((await lab.create()).status).toBe('unchanged')
      expect(folders(lab)).toHaveLength(1)
    })

    it('keeps migrations in order when two are made in one second', async () => {
      const lab = createLab(film, provider)
      await lab.create({ name: () => 'z' })
      lab.edit(filmWith('year Int?'))
      await lab.create({ name: () => 'a' })
      expect(folders(lab).map((name) => name.slice(15))).toEqual(['z', 'a'])
    })

    it.runIf(provider === 'sqlite')('takes a schema of several files', async () => {
      const lab = await migrated(film, provider)
      lab.write('prisma/people.prisma', 'model Person {\n  id Int @id\n}')
      const result = await lab.create()
      expect(result.status === 'created' && result.plan.sql).toContain('CREATE TABLE "Person"')
      await lab.apply()
      expect((await lab.create()).status).toBe('unchanged')
    })

    it.runIf(provider === 'sqlite')('makes a rename of a column that keeps values, indexes and references', async () => {
      const lab = await migrated(
        `${filmWith('label String @unique', 'shots Shot[]')}\nmodel Shot {\n  id Int @id\n  film Film @relation(fields: [filmLabel], references: [label])\n  filmLabel String\n}`,
        provider,
      )
      await lab.sql(`INSERT INTO [Film] (id, title, label) VALUES (1, 'Heat', 'h'); INSERT INTO Shot VALUES (7, 'h')`)
      lab.edit(
        `${filmWith('code String @unique', 'shots Shot[]')}\nmodel Shot {\n  id Int @id\n  film Film @relation(fields: [filmCode], references: [code])\n  filmCode String\n}`,
      )
      const asked: Rename[] = []
      const result = await lab.create({ isRename: (rename) => asked.push(rename) > 0 })

      expect(asked).toEqual([
        { table: 'Film', column: 'label', to: 'code' },
        { table: 'Shot', column: 'filmLabel', to: 'filmCode' },
      ])
      expect(result.status === 'created' && result.plan.sql).toContain('ALTER TABLE "Film" RENAME COLUMN "label" TO "code"')
      await lab.apply()
      expect(await lab.sql('SELECT * FROM Film')).toEqual([{ id: 1, title: 'Heat', code: 'h' }])
      expect(await lab.sql('SELECT * FROM Shot')).toEqual([{ id: 7, filmCode: 'h' }])
      expect(await lab.drift()).toEqual([])
    })

    it.runIf(provider === 'sqlite')('makes a rename of a table, and of a column in it', async () => {
      const lab = await migrated(film, provider)
      await lab.sql(`INSERT INTO [Film] (title) VALUES ('Heat')`)
      lab.edit(film.replace('model Film', 'model Movie'))
      const result = await lab.create({ isRename: () => true })
      expect(result.status === 'created' && result.plan.renames).toEqual([{ table: 'Film', to: 'Movie' }])
      await lab.apply()
      expect(await lab.sql('SELECT title FROM Movie')).toEqual([{ title: 'Heat' }])
      expect(await lab.drift()).toEqual([])
    })

    it('asks about each possible pair once', async () => {
      const lab = await migrated(filmWith('a Int?', 'b Int?'), provider)
      lab.edit(filmWith('c Int?', 'd Int?'))
      const asked: string[] = []
      await lab.create({
        isRename: ({ column, to }) => asked.push(`${column}:${to}`) > 0 && asked.at(-1) === 'a:d',
        acceptLosses: () => true,
      })
      expect(asked).toEqual(['a:c', 'a:d', 'b:c'])
    })

    it('names what will be lost, and writes nothing unless that is accepted', async () => {
      const lab = await migrated(`${filmWith('year Int?')}\nmodel Old {\n  id Int @id\n}`, provider)
      lab.edit(film)
      let losses: string[] = []
      const declined = await lab.create({ acceptLosses: (list) => ((losses = list), false) })

      expect(declined.status).toBe('declined')
      expect(losses).toEqual(['The column Film.year goes, with all its values.', 'The table Old goes, with all its rows.'])
      expect(folders(lab)).toHaveLength(1)
      expect((await lab.create({ acceptLosses: () => true })).status).toBe('created')
      expect(sqlOf(lab, folders(lab)[1]!)).toMatch(/^-- Warning\n--   The column Film\.year goes/)
    })

    it('refuses a required column without a default where the table has rows, and says what to do', async () => {
      const lab = await migrated(film, provider)
      lab.edit(filmWith('year Int'))
      expect((await lab.create({ name: () => 'fine while empty' })).status).toBe('created')
      rmSync(join(lab.root, 'prisma/migrations', folders(lab)[1]!), { recursive: true })

      await lab.sql(`INSERT INTO [Film] (title) VALUES ('Heat')`)
      const error = await refusal(() => lab.create())
      expect(error.code).toBe('HC_MIGRATION_BLOCKED')
      expect(error.message).toContain('Film.year is required and has no default, but Film has 1 row')
      expect(error.hint).toContain('@default')
      expect(folders(lab)).toHaveLength(1)

      const draft = await lab.create({ draft: true })
      expect(draft.status === 'created' && draft.drafted).toHaveLength(1)
    })

    it('refuses to require what is NULL in some row, and to make unique what is not', async () => {
      const lab = await migrated(filmWith('year Int?'), provider)
      await lab.sql(`INSERT INTO [Film] (title) VALUES ('Heat'), ('Heat')`)
      lab.edit(filmWith('year Int').replace('title String', 'title String @unique'))
      const { message } = await refusal(() => lab.create())
      expect(message).toContain('Film.year becomes required, but is NULL in 2 rows')
      expect(message).toContain('Film.title becomes unique, but 1 value stands in several rows')
    })

    it('reports a mistake in the schema with its place', async () => {
      const lab = createLab('model Film {\n  id Int @id\n  title Sting\n}', provider)
      const error = await refusal(() => lab.create())
      expect(error.code).toBe('HC_SCHEMA')
      expect(error.message).toContain('Sting')
      expect(error.where).toMatch(/schema\.prisma:\d+/)
    })

    it.runIf(provider === 'sqlite')('sees that two branches merged lead to the merged schema', async () => {
      const lab = createLab(film, provider)
      await lab.create({ name: () => 'init' })
      lab.edit(filmWith('mine Int?'))
      await lab.create({ name: () => 'mine' })
      const mine = folders(lab)[1]!
      const hidden = sqlOf(lab, mine)
      rmSync(join(lab.root, 'prisma/migrations', mine), { recursive: true })
      lab.edit(filmWith('theirs Int?'))
      await lab.create({ name: () => 'theirs' })
      // Of the same second, and before the other by its name.
      lab.write(`prisma/migrations/${mine}/migration.sql`, hidden)

      expect((await refusal(() => lab.create())).code).toBe('HC_MIGRATION_HISTORY')
      lab.edit(filmWith('mine Int?', 'theirs Int?'))
      expect(await missingMigration(lab)).toBe('')
      expect((await lab.create()).status).toBe('merged')
      expect((await lab.create()).status).toBe('unchanged')
    })
  })

  describe('missingMigration', () => {
    it.runIf(provider === 'sqlite')('gives the SQL that no migration has, and nothing once there is one', async () => {
      const lab = createLab(film, provider)
      expect(await missingMigration(lab)).toContain('CREATE TABLE "Film"')
      await lab.create()
      expect(await missingMigration(lab)).toBe('')
    })
  })

  describe('applyMigrations', () => {
    it('creates the database, runs what is pending, and then has nothing to do', async () => {
      const lab = createLab(film, provider)
      await lab.create()
      expect((await lab.apply()).applied).toEqual(folders(lab))
      expect((await lab.apply()).applied).toEqual([])
      expect(await lab.drift()).toEqual([])
    })

    it.runIf(provider === 'sqlite')('keeps children when their parent table is made anew', async () => {
      const models = (film: string): string =>
        `${film}\nmodel Shot {\n  id Int @id\n  film Film @relation(fields: [filmId], references: [id], onDelete: Cascade)\n  filmId Int\n}`
      const lab = await migrated(models(filmWith('shots Shot[]')), provider)
      await lab.sql(`INSERT INTO [Film] VALUES (1, 'Heat'); INSERT INTO Shot VALUES (1, 1), (2, 1)`)
      lab.edit(models(filmWith('shots Shot[]', 'year Int @default(1995)').replace('title String', 'title String?')))
      await lab.create()
      await lab.apply()
      expect(await lab.sql('SELECT * FROM Film')).toEqual([{ id: 1, title: 'Heat', year: 1995 }])
      expect(await lab.sql('SELECT * FROM Shot')).toHaveLength(2)
      expect(await lab.drift()).toEqual([])
    })

    it.runIf(provider === 'sqlite')(
      'leaves schema, data and history as they were when a migration fails half-way, and names the statement',
      async () => {
        const lab = await migrated(film, provider)
        await lab.sql(`INSERT INTO [Film] (title) VALUES ('Heat')`)
        lab.edit(filmWith('year Int?'))
        await lab.create()
        const name = folders(lab)[1]!
        writeSql(lab, name, `${sqlOf(lab, name)}\nUPDATE Film SET title = 'gone';\nINSERT INTO Film (title)\nVALUES (NULL);`)
        const before = await dump(lab)

        const error = await refusal(() => lab.apply())
        expect(error.code).toBe('HC_MIGRATION_FAILED')
        expect(error.where).toMatch(new RegExp(`${name}/migration\\.sql:5$`))
        expect(error.message).toContain('NOT NULL constraint failed: Film.title')
        expect(error.message).toContain('INSERT INTO Film')
        expect(await dump(lab)).toEqual(before)
        expect((await migrationStatus(lab)).pending).toEqual([name])
      },
    )

    it.runIf(provider === 'sqlite')('keeps the migrations before the one that fails', async () => {
      const lab = createLab(film, provider)
      await lab.create()
      lab.edit(filmWith('year Int?'))
      await lab.create()
      writeSql(lab, folders(lab)[1]!, 'CREATE TABLE Film (id INT);')
      await refusal(() => lab.apply())
      expect(await migrationStatus(lab)).toMatchObject({ applied: [folders(lab)[0]], pending: [folders(lab)[1]] })
    })

    it.runIf(provider === 'sqlite')('refuses rows that would refer to nothing, and changes nothing', async () => {
      const lab = await migrated(
        `${filmWith('shots Shot[]')}\nmodel Shot {\n  id Int @id\n  film Film @relation(fields: [filmId], references: [id])\n  filmId Int\n}`,
        provider,
      )
      await lab.sql(`INSERT INTO [Film] VALUES (1, 'Heat'); INSERT INTO Shot VALUES (1, 1)`)
      lab.write('prisma/migrations/99990101000000_orphans/migration.sql', 'DELETE FROM Film;')
      const error = await refusal(() => lab.apply())
      expect(error.message).toContain('Shot → Film (1)')
      expect(await lab.sql('SELECT * FROM Film')).toHaveLength(1)
    })

    it.runIf(provider === 'sqlite')('refuses a migration that would end its own transaction', async () => {
      const lab = await migrated(film, provider)
      lab.write('prisma/migrations/99990101000000_commit/migration.sql', 'CREATE TABLE a (id INT);\nCOMMIT;\nCREATE TABLE b (id INT);')
      const error = await refusal(() => lab.apply())
      expect(error.where).toMatch(/:2$/)
      expect(await lab.sql(`SELECT name FROM sqlite_master WHERE name IN ('a', 'b')`)).toEqual([])
    })

    it('runs each migration once when two processes apply at the same time', async () => {
      const lab = createLab(film, provider)
      await lab.create()
      lab.edit(filmWith('year Int?'))
      await lab.create()
      // Slow enough that both are at it together; twice would fail.
      lab.write(
        'prisma/migrations/99990101000000_slow/migration.sql',
        provider === 'mysql'
          ? 'CREATE TABLE slow AS SELECT SLEEP(1) AS i;'
          : `CREATE TABLE slow AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT i FROM n;`,
      )
      const script = `const { applyMigrations } = await import(${JSON.stringify(new URL('apply.ts', import.meta.url).href)})
      console.log(JSON.stringify(await applyMigrations(${JSON.stringify({ root: lab.root, url: lab.url })})))`
      const run = async (): Promise<{ applied: string[] }> => {
        const child = spawn(process.execPath, ['--conditions=hotclub-source', '--input-type=module', '--eval', script], {
          cwd: import.meta.dirname,
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        let output = ''
        for await (const chunk of child.stdout) output += String(chunk)
        return JSON.parse(output) as { applied: string[] }
      }
      const results = await Promise.all([run(), run(), run()])
      expect(results.flatMap((result) => result.applied).toSorted()).toEqual(folders(lab))
      expect(await lab.sql('SELECT migration_name FROM _prisma_migrations')).toHaveLength(3)
    })

    it('reports edited and missing migrations', async () => {
      const lab = await migrated(film, provider)
      lab.edit(filmWith('year Int?'))
      await lab.create()
      await lab.apply()
      const [first, second] = folders(lab)
      writeSql(lab, first!, `${sqlOf(lab, first!)}-- changed`)
      rmSync(join(lab.root, 'prisma/migrations', second!), { recursive: true })
      expect(await lab.apply()).toMatchObject({ edited: [first], missing: [second] })
      expect(await migrationStatus(lab)).toMatchObject({ edited: [first], missing: [second], pending: [] })
    })

    it('stops at a migration that another tool left half-done', async () => {
      const lab = await migrated(film, provider)
      lab.edit(filmWith('year Int?'))
      await lab.create()
      const name = folders(lab)[1]!
      await lab.sql(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', '${name}')`)
      const error = await refusal(() => lab.apply())
      expect(error.hint).toContain(`--rolled-back ${name}`)
      await resolveMigration({ ...lab, name, as: 'rolled-back' })
      expect((await lab.apply()).applied).toEqual([name])
    })
  })

  describe('migrationStatus', () => {
    it('does not create a database that is not there', async () => {
      const lab = createLab(film, provider)
      await lab.create()
      expect((await migrationStatus(lab)).pending).toEqual(folders(lab))
      expect(existsSync(lab.file)).toBe(false)
    })
  })

  describe('resolveMigration', () => {
    it.runIf(provider === 'sqlite')('remembers a migration as applied without running it, and forgets it again', async () => {
      const lab = createLab(film, provider)
      await lab.create()
      const name = folders(lab)[0]!
      await resolveMigration({ ...lab, name, as: 'applied' })
      expect(await migrationStatus(lab)).toMatchObject({ applied: [name], pending: [] })
      expect(await lab.sql(`SELECT 1 FROM sqlite_master WHERE name = 'Film'`)).toEqual([])
      expect((await refusal(() => resolveMigration({ ...lab, name, as: 'applied' }))).code).toBe('HC_MIGRATION_HISTORY')
      await resolveMigration({ ...lab, name, as: 'rolled-back' })
      expect((await migrationStatus(lab)).pending).toEqual([name])
    })

    it('takes over the checksum of a migration that was edited', async () => {
      const lab = await migrated(film, provider)
      const name = folders(lab)[0]!
      writeSql(lab, name, `${sqlOf(lab, name)}-- only a comment`)
      await resolveMigration({ ...lab, name, as: 'applied' })
      expect(await migrationStatus(lab)).toMatchObject({ applied: [name], edited: [] })
    })

    it('names the migrations there are when the name is wrong', async () => {
      const lab = await migrated(film, provider)
      expect((await refusal(() => resolveMigration({ ...lab, name: 'nope', as: 'applied' }))).hint).toContain(folders(lab)[0])
    })
  })

  describe('resetDatabase', () => {
    it.runIf(provider === 'sqlite')('removes everything, whatever it is, and applies all migrations anew', async () => {
      const lab = await migrated(film, provider)
      await lab.sql(
        `INSERT INTO [Film] (title) VALUES ('Heat'); CREATE TABLE other (id INT); CREATE VIEW v AS SELECT * FROM other; CREATE VIRTUAL TABLE search USING fts5(text)`,
      )
      expect((await resetDatabase(lab)).applied).toEqual(folders(lab))
      expect(await lab.sql('SELECT * FROM Film')).toEqual([])
      expect(await lab.sql(`SELECT name FROM sqlite_master WHERE name IN ('other', 'v') OR name LIKE 'search%'`)).toEqual([])
      expect(await lab.drift()).toEqual([])
    })
  })
})
