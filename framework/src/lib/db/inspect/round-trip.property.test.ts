/** Whatever a schema looks like: what is read from the database that it makes, makes the same database. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newDatabase, providers } from '../connection/_databases.ts'
import { openConnection, type Connection } from '../connection/connection.ts'
import type { Provider } from '../database-url.ts'
import { inspectDatabase } from '../inspect.ts'
import { diffSchemas } from '../migrate/diff.ts'
import { renderSchema, schemaSpec } from '../migrate/mysql/_random-schema.ts'
import { readStructure } from '../structure/read.ts'
import { withProvider } from '../../schema/with-provider.ts'

async function empty(connection: Connection): Promise<void> {
  if (connection.provider === 'postgresql') return await connection.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  const { tables } = await readStructure(connection)
  const off = connection.provider === 'mysql' ? ['SET foreign_key_checks = 0'] : []
  const on = connection.provider === 'mysql' ? ['SET foreign_key_checks = 1'] : []
  await connection.exec([...off, ...tables.map(({ name }) => `DROP TABLE ${connection.quote(name)}`), ...on].join(';'))
}

/** The random schemas are MySQL's; others have none of its native types, and no parts of columns in indexes. */
function schemaFor(provider: Provider, text: string): string {
  // MySQL's catalogue tells defaults in no more than three bytes a character.
  if (provider === 'mysql') return text.replaceAll('😀', '€')
  const portable = text
    .replaceAll(/ @db\.\w+(\([^)]*\))?/g, '')
    // Prisma's engine does not quote such an enum right, nor, for SQLite, defaults of JSON and bytes.
    .replaceAll('\'s")', '")')
    .replaceAll(/ @default\(("\{.*?\}"|"aGVsbG8=")\)/g, '')
    .replaceAll(/ @default\(dbgenerated\(.*?\)"\)\)/g, '')
    .replaceAll(/^ *@@fulltext.*$/gm, '')
    .replaceAll(/\(length: 5(?:, )?(sort: Desc)?\)/g, (_, sort?: string) => (sort ? `(${sort})` : ''))
  return withProvider(provider === 'sqlite' ? portable.replaceAll(/, map: "\w+_to_\w+"/g, '') : portable, provider)
}

async function difference(provider: Provider, from: string | undefined, to: string): Promise<string> {
  return await diffSchemas(from, to, provider)
}

describe.each(providers)('inspectDatabase on %s', (provider) => {
  const database = newDatabase(provider)
  let connection: Connection

  beforeAll(async () => {
    connection = await openConnection(database.target)
  })
  afterAll(async () => {
    await connection.close()
    await database.drop()
  })

  it('finds what any schema has made', async () => {
    await fc.assert(
      fc.asyncProperty(schemaSpec, async (spec) => {
        const text = schemaFor(provider, renderSchema(spec))
        await empty(connection)
        await connection.exec(await difference(provider, undefined, text))
        const { schema } = await inspectDatabase(connection)
        expect(await difference(provider, text, schema)).toBe('')
      }),
      { numRuns: Number(process.env.RUNS ?? 15), endOnFailure: process.env.RUNS !== undefined },
    )
  })
})
