/**
 * For tests: a database of its own with the tables of a schema, and the client for it. Which kind of database it is, `TEST_DATABASE` says: the
 * same tests run once on each (`vitest.config.ts`).
 */
import { openConnection } from './connection/connection.ts'
import { newDatabase } from './connection/_databases.ts'
import { createDb, type CreateDbOptions } from './client.ts'
import type { Provider } from './database-url.ts'
import { diffSchemas } from './migrate/diff.ts'
import type { SchemaMetadata } from '../schema/types.ts'
import { createTestProject, loadGenerated, schemaText } from './_test-project.ts'

/** The kind of database of this run. */
export const testProvider = (process.env.TEST_DATABASE ?? 'sqlite') as Provider

/** What every generated client has. */
interface Closable {
  $disconnect(): Promise<void>
}

export interface TestDatabase<Client> {
  provider: Provider
  /** The folder of a project with this schema. */
  root: string
  url: string
  /** Writes a file of the project. */
  write(path: string, content: string): void
  metadata: SchemaMetadata
  PrismaClient: new (options: object) => Client
  /** Makes a client, which is closed when the database is removed. */
  open(options?: CreateDbOptions): Client
  /** Closes the clients, and takes database and project away. */
  remove(): Promise<void>
}

/** @param models The models of the schema, as Prisma reads them */
export async function createTestDatabase<Client extends Closable>(
  models: string,
  provider: Provider = testProvider,
): Promise<TestDatabase<Client>> {
  const { url, target, drop } = newDatabase(provider)
  const project = { ...createTestProject(models), url }
  const { PrismaClient } = await loadGenerated<{ PrismaClient: new (options: object) => Client }>(project, 'client/client.ts')
  const { metadata } = await loadGenerated<{ metadata: SchemaMetadata }>(project, 'metadata.ts')
  await using connection = await openConnection(target)
  await connection.exec(await diffSchemas(undefined, schemaText(models), provider))
  const clients: Client[] = []
  return {
    provider,
    root: project.root,
    url,
    write: project.write,
    metadata,
    PrismaClient,
    open(options = {}) {
      const client = createDb(url, PrismaClient, { root: project.root, schema: metadata, ...options })
      clients.push(client)
      return client
    },
    async remove() {
      await Promise.all(clients.map((client) => client.$disconnect()))
      await drop()
      project.remove()
    },
  }
}
