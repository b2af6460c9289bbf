import type { Provider } from '../database-url.ts'
import { diffSchemas } from './diff.ts'
import { migrationName, readMigrations, writeMigration } from './folder.ts'

/**
 * Writes the first migration of a project whose database was there before: what makes that database. Does not run it; the database itself is
 * told by `hotclub migrate resolve --applied` that it has this one.
 *
 * @param schema The text of the schema that describes the database
 * @returns Its name; `undefined` where the project has migrations already
 */
export async function createBaseline(root: string, schema: string, provider: Provider): Promise<string | undefined> {
  if (readMigrations(root).length > 0) return undefined
  const name = migrationName('baseline', new Date(), undefined)
  writeMigration(root, { name, sql: await diffSchemas(undefined, schema, provider), schema, provider })
  return name
}
