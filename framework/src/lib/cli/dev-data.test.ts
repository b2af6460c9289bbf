import { describe, expect, it, onTestFinished } from 'vitest'
import { createTestProject, schemaText } from '../db/_test-project.ts'
import { withClient } from '../db/generated.ts'
import { createDevData } from './dev-data.ts'

const permissions = 'model Permission {\n  id Int @id @default(autoincrement())\n  name String @unique\n  label String\n}\n'
const film = (more = ''): string => `${more}model Film {\n  id Int @id\n}\n`

describe('the database of hotclub dev', () => {
  it('has its permissions from the start, follows the schema with them, and is seeded though it has nothing but them', async () => {
    const at = createTestProject(permissions + film())
    onTestFinished(() => at.remove())
    const lines: string[] = []
    const data = createDevData({ root: at.root, url: at.url }, (line) => lines.push(line))
    const told = (): string[] => lines.splice(0).map((line) => line.replace(/ \(.*\)/, ''))

    await data.prepare()
    expect(told()).toEqual([
      'Wrote the database client.',
      'Brought the development database in line with the schema.',
      'Wrote 8 permissions.',
    ])

    at.write('prisma/schema.prisma', schemaText(permissions + film('/// A film.  @permissions feature\n')))
    await data.follow()
    expect(told()).toEqual(['The schema has changed: wrote the database client.', 'Wrote 1 permission.'])

    at.write('prisma/seed.ts', `export default async (db) => { await db.film.create({ data: { id: await db.permission.count() } }) }`)
    await data.prepare()
    expect(told()).toEqual(['The database is empty: running prisma/seed.ts …', 'Seeded.'])
    await data.prepare()
    expect(told()).toEqual([])

    const films = await withClient(at, (db: { film: { findMany(): Promise<unknown[]> } }) => db.film.findMany())
    expect(films).toEqual([{ id: 9 }])
  })
})
