import { generate, type GenerateResult } from '../schema/generate.ts'
import { parseDatabaseUrl } from './database-url.ts'
import type { MigrateOptions } from './migrate/status.ts'

/**
 * Generates the client and all that follows from the schema, for the kind of database that `DATABASE_URL` names; without one, for the
 * schema's own.
 *
 * @throws {HotclubError} `HC_SCHEMA` when the schema is wrong, `HC_DATABASE_URL` when the URL is
 */
export function generateFor({ root, url }: MigrateOptions, options: { force?: boolean } = {}): Promise<GenerateResult> {
  return generate({ root, ...options, ...(url ? { provider: parseDatabaseUrl(url, root).provider } : {}) })
}
