/** For tests of migrations: a project, its database, and short ways to look into both. */
import { existsSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { isHotclubError, type HotclubError } from '../../core/hotclub-error.ts'
import { createTestProject, schemaText, type TestProject } from '../_test-project.ts'
import {
  applyMigrations,
  createMigration,
  syncDevDatabase,
  type ApplyResult,
  type CreateOptions,
  type CreateResult,
  type SyncResult,
} from '../migrate.ts'
import { openConnection } from './connection.ts'
import { diffSchemas } from './engine.ts'
import { compareStructures, readStructure, structureOf } from './structure.ts'

export interface Lab extends TestProject {
  /** Saves the models of the schema. */
  edit(models: string): void
  create(options?: Partial<CreateOptions>): Promise<CreateResult>
  apply(): Promise<ApplyResult>
  sync(): Promise<SyncResult>
  /** Runs SQL on the database and returns the rows of the last statement. */
  sql<T = Record<string, unknown>>(sql: string): T[]
  /** How the database differs from what the schema makes; empty when it does not. */
  drift(): Promise<string[]>
  /** The same project with another database file. */
  withDatabase(name: string): Lab
}

export function createLab(models: string): Lab {
  const project = createTestProject(models)
  onTestFinished(() => project.remove())
  let current = models
  const on = (file: string, url: string): Lab => {
    const target = { root: project.root, url }
    return {
      ...project,
      file,
      url,
      edit(next) {
        current = next
        project.write('prisma/schema.prisma', schemaText(next))
      },
      create: (options = {}) =>
        createMigration({ ...target, name: () => 'change', isRename: () => false, acceptLosses: () => false, ...options }),
      apply: () => applyMigrations(target),
      sync: () => syncDevDatabase(target),
      sql<T>(sql: string) {
        using connection = openConnection(file)
        const statements = sql.split(';').filter((part) => part.trim())
        return statements.map((statement) => connection.rows<T>(statement)).at(-1) ?? []
      },
      async drift() {
        using connection = openConnection(file)
        return compareStructures(readStructure(connection), structureOf(await diffSchemas(undefined, schemaText(current))))
      },
      withDatabase: (name) => on(`${project.root}/prisma/${name}.db`, `file:./prisma/${name}.db`),
    }
  }
  return on(project.file, project.url)
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

/** Everything in a database: tables with their SQL, and all rows. */
export function dump(file: string): unknown {
  if (!existsSync(file)) return undefined
  using connection = openConnection(file)
  const objects = connection.rows<{ name: string; type: string; sql: string }>(
    'SELECT type, name, sql FROM sqlite_master ORDER BY type, name',
  )
  const tables = objects.filter((object) => object.type === 'table').map((object) => object.name)
  return { objects, rows: tables.map((name) => [name, connection.rows(`SELECT * FROM "${name}"`)]) }
}
