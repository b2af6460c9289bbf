import colors from 'picocolors'
import { HotclubError } from '../../core/hotclub-error.ts'
import {
  applyMigrations,
  describeFailure,
  migrationStatus,
  resetDatabase,
  resolveMigration,
  type ApplyResult,
  type MigrateOptions,
} from '../../db/migrate.ts'
import { targetName } from '../../db/connection/open-error.ts'
import { parseDatabaseUrl } from '../../db/database-url.ts'
import { confirm } from './ask.ts'
import { updatePermissions } from './permissions.ts'
import { tellOfMigrations } from './signals.ts'

/** `hotclub migrate apply`. */
export async function migrateApply(project: MigrateOptions): Promise<void> {
  const result = await applyMigrations({ ...project, ...progress })
  report(result)
  await updatePermissions(project, done)
  await tellOfMigrations(project, result.applied)
}

const progress = {
  onApply: (name: string): void => console.log(`  ${name}`),
  onWait: (): void => console.log('Another process is migrating this database; waiting for it to end …'),
}

function done(line: string): void {
  console.log(`${colors.green('✓')} ${line}`)
}

function report({ applied, adopted, edited, missing }: ApplyResult): void {
  for (const name of adopted) console.log(`  ${name} ${colors.dim('(its changes were there from development)')}`)
  const count = applied.length + adopted.length
  console.log(
    `${colors.green('✓')} ${count === 0 ? 'The database is up to date.' : `${count} ${count === 1 ? 'migration' : 'migrations'} applied.`}`,
  )
  for (const name of edited) console.log(colors.yellow(`  ! ${name} was edited after it was applied; the database has the older text.`))
  for (const name of missing) console.log(colors.yellow(`  ! ${name} was applied, but is not in prisma/migrations.`))
}

/** `hotclub migrate status`: exit code 1 unless folder and database agree. */
export async function migrateStatus(project: MigrateOptions): Promise<void> {
  const status = await migrationStatus(project)
  const bad = new Set([...status.edited, ...status.missing])
  for (const name of status.applied.filter((applied) => !bad.has(applied))) console.log(`  ${colors.green('applied')}  ${name}`)
  for (const name of status.edited) console.log(`  ${colors.yellow('edited')}   ${name}: the file changed after it was applied`)
  for (const name of status.missing) console.log(`  ${colors.yellow('missing')}  ${name}: applied, but not in prisma/migrations`)
  for (const row of status.failed) console.log(`  ${colors.red('failed')}   ${row.name}: ${describeFailure(row)}`)
  const failed = new Set(status.failed.map((row) => row.name))
  for (const name of status.pending.filter((pending) => !failed.has(pending))) console.log(`  ${colors.cyan('pending')}  ${name}`)
  if (status.isAhead) console.log('  The database also holds schema changes from development that no migration has yet.')
  const problems = [status.pending, status.edited, status.missing, status.failed].filter((names) => names.length > 0)
  if (problems.length === 0)
    console.log(status.applied.length === 0 ? 'There are no migrations.' : `${colors.green('✓')} The database is up to date.`)
  if (status.pending.length > 0) console.log('Run `hotclub migrate apply`.')
  if (status.edited.length + status.missing.length > 0)
    console.log('Restore the files as they were applied, or correct the history with `hotclub migrate resolve`.')
  if (problems.length > 0) process.exitCode = 1
}

/** `hotclub migrate resolve`. */
export async function migrateResolve(project: MigrateOptions, flags: { applied?: string; rolledBack?: string }): Promise<void> {
  const name = flags.applied ?? flags.rolledBack
  if (name === undefined || (flags.applied !== undefined && flags.rolledBack !== undefined))
    throw new HotclubError('HC_MIGRATION_NAME', {
      where: 'hotclub migrate resolve',
      message: 'Say which migration, and what happened to it.',
      hint: 'Give one of --applied <name> (its changes are in the database) and --rolled-back <name> (they are not).',
    })
  const as = flags.applied === undefined ? 'rolled-back' : 'applied'
  await resolveMigration({ ...project, name, as })
  console.log(`${colors.green('✓')} ${name} counts as ${as === 'applied' ? 'applied' : 'not applied'}.`)
}

/** `hotclub migrate reset`. */
export async function migrateReset(project: MigrateOptions, flags: { force?: boolean }): Promise<void> {
  if (!flags.force) {
    if (process.env.NODE_ENV === 'production')
      throw new HotclubError('HC_ANSWER', {
        where: 'hotclub migrate reset',
        message: 'NODE_ENV is production, and this would delete everything in the database.',
        hint: 'If you mean it, run `hotclub migrate reset --force`.',
      })
    if (!(await confirm(`Delete everything in ${targetName(parseDatabaseUrl(project.url, project.root))}?`, '--force'))) {
      console.log('Nothing was deleted.')
      process.exitCode = 1
      return
    }
  }
  report(await resetDatabase({ ...project, ...progress }))
  await updatePermissions(project, done)
  console.log('Run `hotclub seed` to fill it.')
}
