import { HotclubError } from '../../core/hotclub-error.ts'
import type { MigrateOptions } from '../../db/migrate.ts'
import { currentProject } from './project.ts'

/**
 * The project of the current folder, with its client generated, for a command that works on rows.
 *
 * @throws {HotclubError} `HC_MIGRATION_HISTORY` while migrations wait to be applied
 */
export async function preparedProject(): Promise<MigrateOptions> {
  const [{ migrationStatus }, { generateFor }] = await Promise.all([import('../../db/migrate/status.ts'), import('../../db/generate.ts')])
  const project = currentProject()
  const { pending } = await migrationStatus(project)
  if (pending.length > 0)
    throw new HotclubError('HC_MIGRATION_HISTORY', {
      where: `hotclub ${process.argv.slice(2).join(' ')}`,
      message: `The database lacks ${pending.length === 1 ? 'a migration' : 'migrations'}: ${pending.join(', ')}.`,
      hint: 'Run `hotclub migrate apply` first.',
    })
  await generateFor(project)
  return project
}
