/** For tests of migrations: a project, its database, and short ways to look into both. */
import { onTestFinished } from 'vitest'
import { isHotclubError, type HotclubError } from '../../core/hotclub-error.ts'
import { createTestProject, schemaText, type TestProject } from '../_test-project.ts'
import { newDatabase } from '../connection/_databases.ts'
import { openConnection, openExisting } from '../connection/connection.ts'
import type { Connection } from '../connection/types.ts'
import { parseDatabaseUrl, type DatabaseTarget, type Provider } from '../database-url.ts'
import {
  applyMigrations,
  createMigration,
  syncDevDatabase,
  type ApplyResult,
  type CreateOptions,
  type CreateResult,
  type SyncResult,
} from '../migrate.ts'
import { compareStructures } from '../structure/compare.ts'
import { readStructure } from '../structure/read.ts'
import type { DatabaseStructure } from '../structure/types.ts'
import { diffSchemas } from './diff.ts'

export interface Lab extends TestProject {
  target: DatabaseTarget
  /** Saves the models of the schema. */
  edit(models: string): void
  create(options?: Partial<CreateOptions>): Promise<CreateResult>
  apply(): Promise<ApplyResult>
  sync(): Promise<SyncResult>
  /** Runs SQL on the database and returns the rows of the last statement. A name in brackets is quoted: `[Film]`. */
  sql<T = Record<string, unknown>>(sql: string): Promise<T[]>
  /** How the database differs from what the schema makes; empty when it does not. */
  drift(): Promise<string[]>
  /** The same project with another database. */
  withDatabase(provider?: Provider): Lab
}

/** A project whose database is of some kind, and does not exist yet. */
export function createLab(models: string, provider: Provider = 'sqlite'): Lab {
  const project = createTestProject(models)
  onTestFinished(() => project.remove())
  let current = models
  const on = (url: string): Lab => {
    const options = { root: project.root, url }
    const target = parseDatabaseUrl(url, project.root)
    return {
      ...project,
      url,
      target,
      edit(next) {
        current = next
        project.write('prisma/schema.prisma', schemaText(next))
      },
      create: (more = {}) =>
        createMigration({ ...options, name: () => 'change', isRename: () => false, acceptLosses: () => false, ...more }),
      apply: () => applyMigrations(options),
      sync: () => syncDevDatabase(options),
      async sql<T>(sql: string) {
        await using connection = await openConnection(target)
        let rows: T[] = []
        for (const statement of sql.split(';').filter((part) => part.trim())) rows = await connection.rows<T>(quoted(statement, connection))
        return rows
      },
      async drift() {
        await using connection = await openConnection(target)
        return compareStructures(await readStructure(connection), await freshStructure(target.provider, current))
      },
      withDatabase: (other = target.provider) => on(freshUrl(other)),
    }
  }
  return on(provider === 'sqlite' ? project.url : freshUrl(provider))
}

/** The URL of a database that does not exist yet and goes away with the test. */
function freshUrl(provider: Provider): string {
  const database = newDatabase(provider)
  onTestFinished(() => database.drop())
  return database.url
}

function quoted(sql: string, connection: Connection): string {
  return sql.replaceAll(/\[(\w+)\]/g, (_, name: string) => connection.quote(name))
}

/** What a schema makes of an empty database. */
async function freshStructure(provider: Provider, models: string): Promise<DatabaseStructure> {
  await using connection = await openConnection(
    provider === 'sqlite' ? { provider, file: ':memory:' } : parseDatabaseUrl(freshUrl(provider), '.'),
  )
  await connection.exec(await diffSchemas(undefined, schemaText(models), provider))
  return await readStructure(connection)
}

/** The error that something ends in. */
export async function refusal(run: () => unknown): Promise<HotclubError> {
  try {
    await run()
  } catch (error) {
    if (isHotclubError(error)) return error
    throw error
  }
  throw new Error('It was not refused.')
}

/** Everything in a database: its structure and all rows, the history included. */
export async function dump({ target }: Lab): Promise<unknown> {
  await using connection = await openExisting(target)
  if (!connection) return undefined
  const structure = await readStructure(connection)
  const names = [...structure.tables.map((table) => table.name), '_prisma_migrations']
  const rows: unknown[] = []
  for (const name of names) rows.push(await connection.rows(`SELECT * FROM ${connection.quote(name)}`))
  return { structure, rows }
}
