import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTestProject, schemaText, type TestProject } from '../../db/_test-project.ts'

const film = (...fields: string[]): string => `model Film {\n  id Int @id @default(autoincrement())\n  ${fields.join('\n  ')}\n}`

function project(models: string): TestProject {
  const created = createTestProject(models)
  onTestFinished(() => created.remove())
  return created
}

/** The data commands as a process of their own, without a terminal. */
async function hotclub(
  at: TestProject,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  const script = `
    const { Command } = await import('commander')
    const { registerDataCommands } = await import(${JSON.stringify(new URL('commands.ts', import.meta.url).href)})
    const program = new Command()
    registerDataCommands(program)
    await program.parseAsync(${JSON.stringify(args)}, { from: 'user' }).catch((error) => {
      console.error(String(error))
      process.exit(1)
    })`
  const child = spawn(process.execPath, ['--conditions=hotclub-source', '--input-type=module', '--eval', script], {
    cwd: at.root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: at.url, NODE_ENV: 'development', ...env },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output }
}

const migrations = (at: TestProject): string[] =>
  existsSync(join(at.root, 'prisma/migrations')) ? readdirSync(join(at.root, 'prisma/migrations')).filter((name) => /^\d/.test(name)) : []

describe('hotclub migrate', () => {
  it('creates, applies and tells the status, with exit codes for scripts', async () => {
    const at = project(film('title String'))
    expect(await hotclub(at, ['migrate', 'create', '--check'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('HC_MIGRATION_MISSING'),
    })
    expect(await hotclub(at, ['migrate', 'create', 'add', 'films'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('CREATE TABLE "Film"'),
    })
    expect(migrations(at)).toEqual([expect.stringMatching(/_add_films$/)])
    expect((await hotclub(at, ['migrate', 'create', '--check'])).code).toBe(0)
    expect(await hotclub(at, ['migrate', 'status'])).toMatchObject({ code: 1, output: expect.stringContaining('pending') })
    expect(await hotclub(at, ['migrate', 'apply'])).toMatchObject({ code: 0, output: expect.stringContaining('1 migration applied') })
    expect(await hotclub(at, ['migrate', 'status'])).toMatchObject({ code: 0, output: expect.stringContaining('up to date') })
    expect(await hotclub(at, ['migrate', 'create', 'nothing'])).toMatchObject({ code: 0, output: expect.stringContaining('no changes') })
  })

  it('asks nothing where nobody can answer: it names the flags and ends with 1', async () => {
    const at = project(film('title String', 'year Int?'))
    await hotclub(at, ['migrate', 'create', 'init'])
    at.write('prisma/schema.prisma', schemaText(film('name String', 'year Int?')))
    expect(await hotclub(at, ['migrate', 'create', 'rename'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('--rename Film.title:name or --no-rename'),
    })
    expect(await hotclub(at, ['migrate', 'create', 'rename', '--no-rename'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('--accept-data-loss'),
    })
    expect(await hotclub(at, ['migrate', 'create', '--rename', 'Film.title:name'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('hotclub migrate create <what it does>'),
    })
    expect(migrations(at)).toHaveLength(1)
    expect(await hotclub(at, ['migrate', 'create', 'rename', '--rename', 'Film.title:name'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('RENAME COLUMN "title" TO "name"'),
    })
  })

  it('takes --no-rename and --accept-data-loss for an answer', async () => {
    const at = project(film('title String?'))
    await hotclub(at, ['migrate', 'create', 'init'])
    at.write('prisma/schema.prisma', schemaText(film('name String?')))
    const { code, output } = await hotclub(at, ['migrate', 'create', 'swap', '--no-rename', '--accept-data-loss'])
    expect(code).toBe(0)
    expect(output).toContain('The column Film.title goes')
  })

  it('resets only when told to', async () => {
    const at = project(film('title String'))
    await hotclub(at, ['migrate', 'create', 'init'])
    await hotclub(at, ['migrate', 'apply'])
    expect(await hotclub(at, ['migrate', 'reset'])).toMatchObject({ code: 1, output: expect.stringContaining('--force') })
    expect(await hotclub(at, ['migrate', 'reset'], { NODE_ENV: 'production' })).toMatchObject({
      code: 1,
      output: expect.stringContaining('NODE_ENV is production'),
    })
    expect(await hotclub(at, ['migrate', 'reset', '--force'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 migration applied'),
    })
  })

  it('resolves by name', async () => {
    const at = project(film('title String'))
    await hotclub(at, ['migrate', 'create', 'init'])
    const [name] = migrations(at)
    expect((await hotclub(at, ['migrate', 'resolve'])).code).toBe(1)
    expect((await hotclub(at, ['migrate', 'resolve', '--applied', name!])).code).toBe(0)
    expect((await hotclub(at, ['migrate', 'status'])).code).toBe(0)
    expect((await hotclub(at, ['migrate', 'resolve', '--rolled-back', name!])).code).toBe(0)
    expect((await hotclub(at, ['migrate', 'status'])).code).toBe(1)
  })

  it('needs DATABASE_URL in production', async () => {
    const at = project(film('title String'))
    expect(await hotclub(at, ['migrate', 'apply'], { DATABASE_URL: '', NODE_ENV: 'production' })).toMatchObject({
      code: 1,
      output: expect.stringContaining('HC_DATABASE_URL'),
    })
  })
})

const permissions = `model Permission {
  id    String @id @default(uuid())
  name  String @unique
  label String
  @@map("permissions")
}`

describe('the rows of the model Permission', () => {
  it('are written by migrate apply and reset, and there when the seed runs', async () => {
    const at = project(permissions + film('title String'))
    at.write(
      'prisma/seed.ts',
      `export default async (db) => console.log('seen:', await db.permission.count(), (await db.permission.findUnique({ where: { name: 'film.add' } })).label)`,
    )
    expect(await hotclub(at, ['migrate', 'apply'])).toMatchObject({ code: 0, output: expect.not.stringContaining('permissions') })
    await hotclub(at, ['migrate', 'create', 'init'])
    expect(await hotclub(at, ['migrate', 'apply'])).toMatchObject({ code: 0, output: expect.stringContaining('Wrote 8 permissions.') })
    expect(await hotclub(at, ['migrate', 'apply'])).toMatchObject({ code: 0, output: expect.not.stringContaining('permissions') })

    at.write('prisma/schema.prisma', schemaText(permissions + '/// A film.  @permissions feature\n' + film('title String')))
    expect(await hotclub(at, ['seed'])).toMatchObject({
      code: 0,
      output: expect.stringMatching(/Wrote 1 permission\.\nseen: 9 Can add films/),
    })
    expect(await hotclub(at, ['migrate', 'reset', '--force'])).toMatchObject({ output: expect.stringContaining('Wrote 9 permissions.') })
  })

  it('are written in production by what the build has generated, without the tools of Prisma', async () => {
    const at = project(permissions)
    await hotclub(at, ['migrate', 'create', 'init'])
    await hotclub(at, ['generate'])
    // Anything that generates would look at the schema, and find it wrong.
    at.write('prisma/other.prisma', 'this is no schema')
    expect(await hotclub(at, ['migrate', 'apply'], { NODE_ENV: 'production' })).toMatchObject({
      code: 0,
      output: expect.stringContaining('Wrote 4 permissions.'),
    })
  })
})

describe('hotclub seed', () => {
  it('generates, runs the default export with a client, and asks for migrations first', async () => {
    const at = project(film('title String'))
    at.write(
      'prisma/seed.ts',
      `export default async (db) => { await db.film.create({ data: { title: 'Heat' } }); console.log('films:', await db.film.count()) }`,
    )
    await hotclub(at, ['migrate', 'create', 'init'])
    expect(await hotclub(at, ['seed'])).toMatchObject({ code: 1, output: expect.stringContaining('hotclub migrate apply') })
    await hotclub(at, ['migrate', 'apply'])
    expect(await hotclub(at, ['seed'])).toMatchObject({ code: 0, output: expect.stringContaining('films: 1') })
  })

  it('says what is missing', async () => {
    const at = project(film('title String'))
    expect(await hotclub(at, ['seed'])).toMatchObject({ code: 1, output: expect.stringContaining('HC_SEED') })
    at.write('prisma/seed.ts', 'export const seed = 1')
    expect(await hotclub(at, ['seed'])).toMatchObject({ code: 1, output: expect.stringContaining('no default export') })
  })
})

describe('receivers of signals', () => {
  it('are told what commands do, whatever they import', async () => {
    const at = project(film('title String'))
    at.write('app/lib/mail.tsx', 'export const mail = (text: string) => <p>{text}</p>')
    at.write(
      'app/signals/films.ts',
      `import { on } from 'hotclub/signals'
import { mail } from '../lib/mail.tsx'
export const added = on('film', 'created', ({ row }) => console.log('told of', row.title, typeof mail(row.title)))
export const migrated = on('migration', 'applied', async ({ names, db }) => console.log('told of', names.length, await db.film.count()))`,
    )
    at.write('prisma/seed.ts', `export default (db) => db.film.createMany({ data: [{ title: 'M' }, { title: 'Faust' }] })`)
    await hotclub(at, ['migrate', 'create', 'films'])
    expect(await hotclub(at, ['migrate', 'apply'])).toMatchObject({ code: 0, output: expect.stringContaining('told of 1 0') })
    expect(await hotclub(at, ['seed'])).toMatchObject({ code: 0, output: expect.stringMatching(/told of M object\ntold of Faust object/) })
  })
})
