/** What `hotclub dev` does for the database, with a line for each thing done. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { HotclubError } from '../core/hotclub-error.ts'
import type { MigrateOptions } from '../db/migrate.ts'
import type { DevData } from '../vite/dev/dev-server.ts'

/**
 * Creates what keeps an app's development database in step with its files. The parts that change something are loaded only
 * when there is something to change.
 *
 * @param print Takes the lines
 */
export function createDevData(project: MigrateOptions, print: (line: string) => void): DevData {
  return {
    async prepare() {
      const [{ generateFor }, { migrationStatus }, { isEmptyDatabase }, { readGeneratedSchema }, { updatePermissions }] = await Promise.all(
        [
          import('../db/generate.ts'),
          import('../db/migrate/status.ts'),
          import('../db/tables.ts'),
          import('../db/generated.ts'),
          import('./data/permissions.ts'),
        ],
      )
      const { pending } = await migrationStatus(project)
      const [generated] = await Promise.all([generateFor(project), apply(project, pending, print)])
      if (generated.changed) print(`Wrote the database client (${seconds(generated.milliseconds)}).`)
      // A database that is new here lacks what the schema says and no migration yet does.
      if (generated.changed || pending.length > 0) await sync(project, print)
      const { models } = await readGeneratedSchema(project.root)
      const isNew = await isEmptyDatabase(project, models['Permission']?.table)
      await updatePermissions(project, print)
      if (isNew && existsSync(join(project.root, 'prisma/seed.ts'))) await seed(project, print)
    },
    async follow() {
      const { migrationStatus } = await import('../db/migrate/status.ts')
      await apply(project, (await migrationStatus(project)).pending, print)
      await sync(project, print)
      const { generateFor } = await import('../db/generate.ts')
      const { changed, milliseconds } = await generateFor(project)
      if (changed) print(`The schema has changed: wrote the database client (${seconds(milliseconds)}).`)
      await (await import('./data/permissions.ts')).updatePermissions(project, print)
    },
  }
}

async function apply(project: MigrateOptions, pending: string[], print: (line: string) => void): Promise<void> {
  if (pending.length === 0) return
  const start = performance.now()
  const { applyMigrations } = await import('../db/migrate.ts')
  await applyMigrations(project)
  print(
    `Applied ${pending.length === 1 ? `the migration ${pending[0]}` : `${pending.length} migrations`} (${seconds(performance.now() - start)}).`,
  )
}

async function seed(project: MigrateOptions, print: (line: string) => void): Promise<void> {
  const start = performance.now()
  print('The database is empty: running prisma/seed.ts …')
  const [{ runSeed }, { loadSignals }] = await Promise.all([import('../db/seed.ts'), import('./data/signals.ts')])
  await runSeed(project, (await loadSignals(project.root)).ofRows)
  print(`Seeded (${seconds(performance.now() - start)}).`)
}

async function sync(project: MigrateOptions, print: (line: string) => void): Promise<void> {
  const { syncDevDatabase } = await import('../db/migrate.ts')
  const result = await syncDevDatabase(project)
  if (result.status === 'synced') print('Brought the development database in line with the schema.')
  if (result.status === 'blocked')
    throw new HotclubError('HC_MIGRATION_BLOCKED', { where: 'prisma/schema.prisma', message: result.reasons.join('\n'), hint: result.hint })
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
