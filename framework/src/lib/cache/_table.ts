/** For tests of this area: a database with the model of the cache. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestProject, loadGenerated } from '../db/_test-project.ts'
import { createDb } from '../db/client.ts'

interface Client {
  $executeRawUnsafe(sql: string): Promise<number>
  $disconnect(): Promise<void>
}

/** A client of a new SQLite database, and the way to end it. */
export async function createTable(): Promise<{ db: Client; remove(): Promise<void> }> {
  const project = createTestProject(readFileSync(join(import.meta.dirname, '../../../templates/cache.prisma'), 'utf8'))
  const { PrismaClient } = await loadGenerated<{ PrismaClient: new (options: object) => Client }>(project, 'client/client.ts')
  const db = createDb(project.url, PrismaClient, { root: project.root })
  await db.$executeRawUnsafe(
    'CREATE TABLE CacheEntry (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, count INTEGER NOT NULL DEFAULT 0, endsAt DATETIME NOT NULL)',
  )
  return {
    db,
    async remove() {
      await db.$disconnect()
      project.remove()
    },
  }
}
