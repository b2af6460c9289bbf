import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HotclubError } from '../core/hotclub-error.ts'
import type { RowReceiver } from './client/receivers.ts'
import { withClient } from './generated.ts'
import type { MigrateOptions } from './migrate/status.ts'

/**
 * Runs the default export of `prisma/seed.ts` with the app's client. Generate and migrate first.
 *
 * @param receivers Who is told what it does to rows
 * @throws {HotclubError} `HC_SEED` when there is no seed, or it has no default function
 */
export async function runSeed(project: MigrateOptions, receivers: readonly RowReceiver[] = []): Promise<void> {
  const file = join(project.root, 'prisma', 'seed.ts')
  if (!existsSync(file))
    throw seedError('The project has no seed.', 'Write prisma/seed.ts: `export default async function seed(db) { … }`.')
  const { default: seed } = (await import(pathToFileURL(file).href)) as { default?: unknown }
  if (typeof seed !== 'function')
    throw seedError('It has no default export to run.', 'Give it one: `export default async function seed(db) { … }`.')
  await withClient(project, async (db) => void (await seed(db)), receivers)
}

function seedError(message: string, hint: string): HotclubError {
  return new HotclubError('HC_SEED', { where: 'prisma/seed.ts', message, hint })
}
