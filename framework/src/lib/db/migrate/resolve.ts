import { HotclubError } from '../../core/hotclub-error.ts'
import { openConnection } from '../connection/connection.ts'
import { parseDatabaseUrl } from '../database-url.ts'
import { readMigrations } from './folder.ts'
import { recordApplied, recordRolledBack } from './history.ts'
import { compare, type MigrateOptions } from './status.ts'

/**
 * Corrects the history without touching the schema: remembers a migration as applied (its changes are in the database
 * already), or forgets one (its changes were taken back by hand).
 *
 * Marking an applied migration whose file was edited takes over the new checksum.
 *
 * @throws {HotclubError} `HC_MIGRATION_NAME` when there is no such migration
 * @throws {HotclubError} `HC_MIGRATION_HISTORY` when the history says so already
 */
export async function resolveMigration({
  root,
  url,
  name,
  as,
}: MigrateOptions & { name: string; as: 'applied' | 'rolled-back' }): Promise<void> {
  const migrations = readMigrations(root)
  const migration = migrations.find((candidate) => candidate.name === name)
  await using connection = await openConnection(parseDatabaseUrl(url, root))
  await connection.transaction(async () => {
    const status = await compare(migrations, connection)
    const isKnown = migration !== undefined || status.applied.includes(name) || status.failed.some((row) => row.name === name)
    if (!isKnown || (as === 'applied' && !migration))
      throw new HotclubError('HC_MIGRATION_NAME', {
        where: 'hotclub migrate resolve',
        message: `There is no migration '${name}'${isKnown ? ' in prisma/migrations' : ''}.`,
        hint:
          migrations.length === 0 ? 'prisma/migrations is empty.' : `Names are those of the folders, such as '${migrations.at(-1)!.name}'.`,
      })
    if (as === 'rolled-back') {
      if (!(await recordRolledBack(connection, name))) throw alreadySo(name, 'The database does not remember it as applied or failed.')
      return
    }
    if (status.applied.includes(name) && !status.edited.includes(name)) throw alreadySo(name, 'It is in the history as applied already.')
    await recordRolledBack(connection, name)
    await recordApplied(connection, migration!)
  })
}

function alreadySo(name: string, message: string): HotclubError {
  return new HotclubError('HC_MIGRATION_HISTORY', { where: name, message, hint: 'See `hotclub migrate status`.' })
}
