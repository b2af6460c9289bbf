import type { Provider } from '../database-url.ts'
import { structureOfSchema } from '../structure/of-schema.ts'
import { askEngine } from './engine.ts'
import { renderMysql } from './mysql/render.ts'

/**
 * Returns the SQL that leads from one Prisma schema to another; empty when there is nothing to do.
 *
 * @param from The text of a schema, whatever its datasource says; `undefined` for an empty database
 * @param to As `from`
 * @param provider The kind of database that the SQL is for
 * @throws {HotclubError} `HC_SCHEMA` when a schema is wrong
 */
export async function diffSchemas(from: string | undefined, to: string | undefined, provider: Provider): Promise<string> {
  // The engine asks the schemas what kind of database they are for.
  if (from === to) return ''
  if (provider === 'mysql') return renderMysql(structureOfSchema(from, provider), structureOfSchema(to, provider))
  return await askEngine(from, to, provider)
}
