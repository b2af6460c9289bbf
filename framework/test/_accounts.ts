/** For tests of accounts: a database with the models that `hotclub add accounts` writes, and a client for it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase } from '../src/lib/db/_test-databases.ts'
import type { CreateDbOptions } from '../src/lib/db/client.ts'
import type { SchemaMetadata } from '../src/lib/schema/types.ts'

/** Any method of any delegate: tests say what they expect of the rows. */
type Delegate = Record<string, (args?: object) => Promise<any>>

export interface AccountsLab {
  db: Record<string, Delegate> & { $disconnect(): Promise<void> }
  metadata: SchemaMetadata
  /** The folder of a project with this database. */
  root: string
  /** Its `DATABASE_URL`. */
  url: string
  /** Makes a user with nothing special about them. */
  createUser(change?: object): Promise<any>
  remove(): Promise<void>
}

/**
 * @param models More models, beside those of accounts
 * @param options Of the client
 */
export async function createAccountsLab(models = '', options: CreateDbOptions = {}): Promise<AccountsLab> {
  const database = await createTestDatabase<AccountsLab['db']>(
    readFileSync(join(import.meta.dirname, '../templates/auth.prisma'), 'utf8') + models,
  )
  const db = database.open(options)
  let count = 0
  return {
    db,
    metadata: database.metadata,
    root: database.root,
    url: database.url,
    createUser: (change = {}) => db['user']!['create']!({ data: { email: `user${++count}@example.com`, password: '!', ...change } }),
    remove: () => database.remove(),
  }
}
