/** The commands for data: `generate`, `seed`, `inspect`, `dump`, `load` and `migrate …`. What a command needs is loaded when it runs. */
import { join } from 'node:path'
import type { Command } from 'commander'
import colors from 'picocolors'
import type { CreateFlags } from './migrate-create.ts'
import type { InspectFlags } from './inspect.ts'
import { currentProject } from './project.ts'
import type { DumpFlags, LoadFlags } from './transfer.ts'

/** Adds the data commands to the program. */
export function registerDataCommands(program: Command): void {
  program
    .command('generate')
    .description('write the Prisma client, the model metadata and the types of the routes')
    .option('--force', 'even if nothing has changed')
    .action(async (flags: { force?: boolean }) => {
      const [{ generateFor }, { batteries }, { scanAndWriteTypes }] = await Promise.all([
        import('../../db/generate.ts'),
        import('../../vite/batteries.ts'),
        import('../../routing/write-types.ts'),
      ])
      const project = currentProject()
      const { changed, milliseconds } = await generateFor(project, { force: flags.force ?? false })
      console.log(`${colors.green('✓')} prisma/generated ${changed ? `written in ${milliseconds} ms` : 'is up to date'}.`)
      // Mistakes in routes are for `hotclub routes`, `dev` and `build` to tell; the types of the others are still right.
      await scanAndWriteTypes(join(project.root, 'app'), join(project.root, '.hotclub/types'), batteries)
    })

  program
    .command('seed')
    .description('run prisma/seed.ts')
    .action(async () => {
      const [{ preparedProject }, { runSeed }, { updatePermissions }, { loadSignals }] = await Promise.all([
        import('./prepared-project.ts'),
        import('../../db/seed.ts'),
        import('./permissions.ts'),
        import('./signals.ts'),
      ])
      const project = await preparedProject()
      await updatePermissions(project, console.log)
      await runSeed(project, (await loadSignals(project.root)).ofRows)
    })

  program
    .command('inspect')
    .description('write a Prisma schema for a database that is there already')
    .option('--url <url>', 'the database (default: DATABASE_URL)')
    .option('--output <file>', 'where to write it', 'prisma/schema.prisma')
    .option('--print', 'show it, and write nothing')
    .option('--force', 'write over a schema that is there')
    .action(async (flags: InspectFlags) => (await import('./inspect.ts')).inspect(currentProject(), flags))

  program
    .command('dump')
    .description('write every row of the database into a file')
    .option('--output <file>', 'where to write it; packed where the name ends in .gz (default: standard output)')
    .option('--models <names>', 'only these, with commas between: Movie,Person')
    .action(async (flags: DumpFlags) => {
      const [{ dump }, { preparedProject }] = await Promise.all([import('./transfer.ts'), import('./prepared-project.ts')])
      await dump(await preparedProject(), flags)
    })

  program
    .command('load')
    .description('write the rows of such a file into an empty database')
    .argument('<file>', 'what hotclub dump has written')
    .option('--truncate', 'delete the rows that are there first')
    .option('--resume', 'go on where an interrupted load has stopped')
    .option('--force', 'delete without asking')
    .action(async (file: string, flags: LoadFlags) => {
      const [{ load }, { preparedProject }] = await Promise.all([import('./transfer.ts'), import('./prepared-project.ts')])
      await load(await preparedProject(), file, flags)
    })

  const migrate = program.command('migrate').description('change the database along with the schema')
  migrate
    .command('create')
    .description('write a migration for what changed in the schema')
    .argument('[words...]', 'what the migration does, such as: add reviews')
    .option('--rename <old:new>', 'Movie.title:name or Movie:Film is a rename (repeatable)', (value: string, all: string[] | undefined) => [
      ...(all ?? []),
      value,
    ])
    .option('--no-rename', 'nothing was renamed')
    .option('--accept-data-loss', 'write it although data will be lost')
    .option('--draft', 'write it even if it cannot run on the rows there are, to be mended by hand')
    .option('--check', 'only say whether a migration is missing (exit code 1)')
    .action(async (words: string[], flags: CreateFlags) =>
      (await import('./migrate-create.ts')).migrateCreate(currentProject(), words, flags),
    )
  migrate
    .command('apply')
    .description('run the migrations that the database does not have yet')
    .action(async () => (await import('./migrate.ts')).migrateApply(currentProject()))
  migrate
    .command('status')
    .description('compare migrations and database (exit code 1 unless they agree)')
    .action(async () => (await import('./migrate.ts')).migrateStatus(currentProject()))
  migrate
    .command('resolve')
    .description('correct the history without touching the schema')
    .option('--applied <name>', 'its changes are in the database')
    .option('--rolled-back <name>', 'its changes are not in the database')
    .action(async (flags: { applied?: string; rolledBack?: string }) =>
      (await import('./migrate.ts')).migrateResolve(currentProject(), flags),
    )
  migrate
    .command('reset')
    .description('delete everything in the database and apply all migrations')
    .option('--force', 'without asking, and in production')
    .action(async (flags: { force?: boolean }) => (await import('./migrate.ts')).migrateReset(currentProject(), flags))
}
