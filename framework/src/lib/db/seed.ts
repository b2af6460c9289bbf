import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HotclubError } from '../core/hotclub-error.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { openExisting, quote } from './migrate/connection.ts'
import { readStructure } from './migrate/structure.ts'
import type { MigrateOptions } from './migrate/status.ts'
import { withClient } from './open-client.ts'

/**
 * Runs the default export of `prisma/seed.ts` with the app's client. Generate and migrate first.
 *
 * @throws {HotclubError} `HC_SEED` when there is no seed, or it has no default function
 */
export async function runSeed(project: MigrateOptions): Promise<void> {
  const file = join(project.root, 'prisma', 'seed.ts')
  if (!existsSync(file))
    throw seedError('The project has no seed.', 'Write prisma/seed.ts: `export default async function seed(db) { … }`.')
  const { default: seed } = (await import(pathToFileURL(file).href)) as { default?: unknown }
  if (typeof seed !== 'function')
    throw seedError('It has no default export to run.', 'Give it one: `export default async function seed(db) { … }`.')
  await withClient(project, async (db) => void (await seed(db)))
}

/** Whether no table of the app has a row: the moment at which the dev server seeds. */
export function isEmptyDatabase({ root, url }: MigrateOptions): boolean {
  using connection = openExisting(parseDatabaseUrl(url, root).file)
  if (!connection) return true
  return [...readStructure(connection).keys()].every((table) => connection.rows(`SELECT 1 FROM ${quote(table)} LIMIT 1`).length === 0)
}

function seedError(message: string, hint: string): HotclubError {
  return new HotclubError('HC_SEED', { where: 'prisma/seed.ts', message, hint })
}
