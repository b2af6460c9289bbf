/** For tests of this area: a database with the model of the cache. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestProject, loadGenerated } from '../db/_test-project.ts'
import { createDb } from '../db/client.ts'
import { newDatabase } from '../db/connection/_databases.ts'
import { openConnection } from '../db/connection/connection.ts'
import type { Provider } from '../db/database-url.ts'

interface Client {
  $disconnect(): Promise<void>
}

/** The types of the columns: bytes, then dates. */
const types = { sqlite: ['BLOB', 'DATETIME'], postgresql: ['BYTEA', 'TIMESTAMP(3)'], mysql: ['LONGBLOB', 'DATETIME(3)'] } as const

/** A client of a new database, and the way to end it. */
export async function createTable(provider: Provider): Promise<{ db: Client; remove(): Promise<void> }> {
  const database = newDatabase(provider)
  const model = readFileSync(join(import.meta.dirname, '../../../templates/cache.prisma'), 'utf8')
  const project = { ...createTestProject(model), url: database.url }
  {
    await using connection = await openConnection(database.target, { create: true })
    const [bytes, date] = types[provider]
    const columns = { key: 'VARCHAR(191) PRIMARY KEY', value: bytes, count: 'INTEGER', endsAt: date }
    const list = Object.entries(columns).map(([name, type]) => `${connection.quote(name)} ${type} NOT NULL`)
    await connection.exec(`CREATE TABLE ${connection.quote('CacheEntry')} (${list.join(', ')})`)
  }
  const { PrismaClient } = await loadGenerated<{ PrismaClient: new (options: object) => Client }>(project, 'client/client.ts')
  const db = createDb(database.url, PrismaClient, { root: project.root })
  return {
    db,
    async remove() {
      await db.$disconnect()
      await database.drop()
      project.remove()
    },
  }
}
