import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isHotclubError } from '../core/hotclub-error.ts'
import { createTestProject, loadGenerated, schemaText, type TestProject } from '../db/_test-project.ts'
import { generate } from './generate.ts'
import type { ModelMetadata, SchemaMetadata } from './types.ts'

const models = `
/// A film.  @label title  @singular film
model Movie {
  id        Int       @id @default(autoincrement())
  /// Title  @max 200
  title     String
  slug      String    @unique(map: "slug_once")
  kind      Kind      @default(LONG)
  tags      Tag[]
  casts     Cast[]
  sequel    Movie?    @relation("next", fields: [sequelId], references: [id])
  sequelId  Int?      @unique
  prequel   Movie?    @relation("next")
  updatedAt DateTime  @updatedAt
  made      DateTime  @default(now()) @map("made_at")
  price     Decimal   @default(1.5)
  @@index([title(sort: Desc), made], map: "by_title")
  @@map("movies")
}
model Tag {
  id     String  @id @default(uuid(7))
  movies Movie[]
}
model Cast {
  movie    Movie  @relation(fields: [movieId], references: [id], onDelete: Cascade)
  movieId  Int
  person   String
  role     String
  @@id([movieId, person])
  @@unique([movieId, role], name: "part")
}
/// How long.
enum Kind {
  SHORT @map("short film")
  LONG
}`

let project: TestProject
let metadata: SchemaMetadata

beforeAll(async () => {
  project = createTestProject(models)
  ;({ metadata } = await loadGenerated<{ metadata: SchemaMetadata }>(project, 'metadata.ts'))
})
afterAll(() => project.remove())

const model = (name: string): ModelMetadata => metadata.models[name]!
const field = (name: string, of = 'Movie') => model(of).fields.find((candidate) => candidate.name === name)

describe('model metadata', () => {
  it('names models, tables, delegates and the words for people', () => {
    expect(metadata.provider).toBe('sqlite')
    expect(model('Movie')).toMatchObject({
      table: 'movies',
      delegate: 'movie',
      singular: 'film',
      plural: 'films',
      labelField: 'title',
      documentation: { text: 'A film.' },
    })
    expect(
      model('Movie')
        .fields.map((each) => each.name)
        .slice(0, 3),
    ).toEqual(['id', 'title', 'slug'])
  })

  it('tells columns: types, defaults, documentation, names in the database', () => {
    expect(field('id')).toMatchObject({
      kind: 'scalar',
      type: 'Int',
      isId: true,
      default: { kind: 'function', name: 'autoincrement', args: [] },
    })
    expect(field('title')).toMatchObject({ label: 'Title', documentation: { annotations: { max: '200' } }, isRequired: true })
    expect(field('made')).toMatchObject({ column: 'made_at', default: { kind: 'function', name: 'now' } })
    expect(field('updatedAt')).toMatchObject({ isUpdatedAt: true, label: 'Updated at' })
    expect(field('kind')).toMatchObject({ kind: 'enum', type: 'Kind', default: { kind: 'value', value: 'LONG' } })
    expect(field('price')).toMatchObject({ type: 'Decimal', default: { kind: 'value', value: 1.5 } })
    expect(field('id', 'Tag')).toMatchObject({ default: { kind: 'function', name: 'uuid', args: [7] } })
    expect(field('sequelId')).toMatchObject({ isForeignKey: true, isUnique: true })
  })

  it('tells relations from both sides, of a model with itself too', () => {
    expect(field('tags')).toMatchObject({
      kind: 'relation',
      type: 'Tag',
      isList: true,
      relation: { cardinality: 'many-to-many', backField: 'movies' },
    })
    expect(field('casts')).toMatchObject({ relation: { cardinality: 'one-to-many', backField: 'movie', fields: [] } })
    expect(field('movie', 'Cast')).toMatchObject({
      relation: {
        cardinality: 'many-to-one',
        backField: 'casts',
        fields: ['movieId'],
        references: ['id'],
        onDelete: 'Cascade',
        onUpdate: 'Cascade',
      },
    })
    expect(field('sequel')).toMatchObject({
      relation: { name: 'next', cardinality: 'one-to-one', backField: 'prequel', onDelete: 'SetNull' },
    })
    expect(field('prequel')).toMatchObject({ relation: { backField: 'sequel', fields: [] } })
  })

  it('tells keys of one and of several fields, uniques and indexes', () => {
    expect(model('Movie').id).toEqual({ name: 'id', fields: ['id'] })
    expect(model('Cast').id).toEqual({ name: 'movieId_person', fields: ['movieId', 'person'] })
    expect(field('person', 'Cast')).toMatchObject({ isId: true })
    expect(model('Cast').uniques).toEqual([{ name: 'part', fields: ['movieId', 'role'] }])
    expect(model('Movie').uniques).toEqual([
      { name: 'slug', fields: ['slug'] },
      { name: 'sequelId', fields: ['sequelId'] },
    ])
    expect(model('Movie').indexes).toContainEqual({
      kind: 'normal',
      name: 'by_title',
      fields: [{ name: 'title', sort: 'desc' }, { name: 'made' }],
    })
  })

  it('tells enums with what the database keeps', () => {
    expect(metadata.enums['Kind']).toMatchObject({
      documentation: { text: 'How long.' },
      values: [
        { name: 'SHORT', label: 'short film', stored: 'short film' },
        { name: 'LONG', label: 'Long', stored: 'LONG' },
      ],
    })
  })
})

describe('generate', () => {
  it('does nothing while nothing changes, and again after a change or a loss', async () => {
    expect((await generate({ root: project.root })).changed).toBe(false)
    project.write('prisma/schema.prisma', schemaText(`${models}\n// more`))
    expect((await generate({ root: project.root })).changed).toBe(true)
    rmSync(join(project.root, 'prisma/generated/metadata.ts'))
    expect((await generate({ root: project.root })).changed).toBe(true)
    expect((await generate({ root: project.root, force: true })).changed).toBe(true)
  })

  it('gives db its type', async () => {
    expect(readFileSync(join(project.root, '.hotclub/types/db.d.ts'), 'utf8')).toContain('db: Client & AsUser<Client>')
  })

  it('takes a schema of several files, beside migrations', async () => {
    const several = createTestProject('model A {\n  id Int @id\n  b B[]\n}')
    several.write('prisma/b.prisma', 'model B {\n  id Int @id\n  a A @relation(fields: [aId], references: [id])\n  aId Int\n}')
    several.write('prisma/migrations/1_init/schema.snapshot', schemaText('model A {\n  id Int @id\n}'))
    const generated = await loadGenerated<{ metadata: SchemaMetadata }>(several, 'metadata.ts')
    expect(Object.keys(generated.metadata.models).toSorted()).toEqual(['A', 'B'])
    several.remove()
  })

  it("explains a mistake in the schema in Prisma's words, at its line, and is not taken for done", async () => {
    const broken = createTestProject('model A {\n  id Int @id\n  b Sting\n}')
    const run = async (): Promise<unknown> => generate({ root: broken.root }).catch((error: unknown) => error)
    for (const error of [await run(), await run()]) {
      if (!isHotclubError(error)) throw error
      expect(error.code).toBe('HC_SCHEMA')
      expect(error.where).toBe('prisma/schema.prisma:15')
      expect(error.message).toContain('Type "Sting" is neither a built-in type')
      expect(error.message).not.toContain('\u001b')
    }
    expect(existsSync(join(broken.root, 'prisma/generated/.stamp'))).toBe(false)
    broken.remove()
  })
})

describe('another kind of database than the schema names', () => {
  it('generates for it, from a copy that leaves the schema and its place alone', async () => {
    const moved = createTestProject(models)
    const before = readFileSync(join(moved.root, 'prisma/schema.prisma'), 'utf8')
    const { changed } = await generate({ root: moved.root, provider: 'postgresql' })
    const read = (path: string): string => readFileSync(join(moved.root, 'prisma/generated', path), 'utf8')
    expect(changed).toBe(true)
    expect(read('metadata.ts')).toContain('"provider": "postgresql"')
    expect(read('client/internal/class.ts')).not.toContain(moved.root)
    expect(readFileSync(join(moved.root, 'prisma/schema.prisma'), 'utf8')).toBe(before)

    expect((await generate({ root: moved.root, provider: 'postgresql' })).changed).toBe(false)
    expect((await generate({ root: moved.root })).changed).toBe(true)
    expect(read('metadata.ts')).toContain('"provider": "sqlite"')
    moved.remove()
  })

  it('takes a schema of several files', async () => {
    const moved = createTestProject('model A {\n  id Int @id\n  b B[]\n}')
    moved.write('prisma/b.prisma', 'model B {\n  id Int @id\n  a A @relation(fields: [aId], references: [id])\n  aId Int\n}')
    await generate({ root: moved.root, provider: 'mysql' })
    expect(readFileSync(join(moved.root, 'prisma/generated/metadata.ts'), 'utf8')).toContain('"provider": "mysql"')
    moved.remove()
  })

  it("says what that kind cannot have, in Prisma's words, at its line of the app's own schema", async () => {
    const moved = createTestProject('model A {\n  id Int @id\n  names String[]\n}')
    const error: unknown = await generate({ root: moved.root, provider: 'mysql' }).catch((thrown: unknown) => thrown)
    if (!isHotclubError(error)) throw error
    expect(error.where).toBe('prisma/schema.prisma:15')
    expect(error.message).toContain('lists of primitive types')
    expect(error.hint).toContain(`provider = "mysql"`)
    moved.remove()
  })
})
