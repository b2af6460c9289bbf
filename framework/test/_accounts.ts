/** For tests of accounts: a SQLite database with the models that `hotclub add accounts` writes, and a client for it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestProject, loadGenerated } from '../src/lib/db/_test-project.ts'
import { createDb } from '../src/lib/db/client.ts'
import { syncDevDatabase } from '../src/lib/db/migrate.ts'
import type { SchemaMetadata } from '../src/lib/schema/types.ts'

/** Any method of any delegate: tests say what they expect of the rows. */
type Delegate = Record<string, (args?: object) => Promise<any>>

export interface AccountsLab {
  db: Record<string, Delegate> & { $disconnect(): Promise<void> }
  metadata: SchemaMetadata
  /** The folder of a project with this database. */
  root: string
  /** Makes a user with nothing special about them. */
  createUser(change?: object): Promise<any>
  remove(): Promise<void>
}

/**
 * @param models More models, beside those of accounts
 */
export async function createAccountsLab(models = ''): Promise<AccountsLab> {
  const project = createTestProject(readFileSync(join(import.meta.dirname, '../templates/auth.prisma'), 'utf8') + models)
  const { PrismaClient } = await loadGenerated<{ PrismaClient: new (options: object) => AccountsLab['db'] }>(project, 'client/client.ts')
  const { metadata } = await loadGenerated<{ metadata: SchemaMetadata }>(project, 'metadata.ts')
  await syncDevDatabase({ root: project.root, url: project.url })
  const db = createDb(project.url, PrismaClient, { root: project.root })
  let count = 0
  return {
    db,
    metadata,
    root: project.root,
    createUser: (change = {}) => db['user']!['create']!({ data: { email: `user${++count}@example.com`, password: '!', ...change } }),
    async remove() {
      await db.$disconnect()
      project.remove()
    },
  }
}
