import colors from 'picocolors'
import { HotclubError } from '../../core/hotclub-error.ts'
import { createMigration, missingMigration, parseRename, renameLabel, type MigrateOptions, type Rename } from '../../db/migrate.ts'
import { askText, confirm } from './ask.ts'

export interface CreateFlags {
  /** `Movie.title:name` and `Movie:Film`; `false` for `--no-rename`. */
  rename?: string[] | false
  acceptDataLoss?: boolean
  draft?: boolean
  check?: boolean
}

/** `hotclub migrate create`. */
export async function migrateCreate(project: MigrateOptions, words: string[], flags: CreateFlags): Promise<void> {
  if (flags.check) return checkMigrations(project)
  const renames = flags.rename === false ? [] : (flags.rename ?? []).map(readRename)
  const unused = new Set(renames.map(renameLabel))
  const result = await createMigration({
    ...project,
    draft: flags.draft ?? false,
    name: () =>
      words.length > 0 ? words.join(' ') : askText('What does the migration do?', 'add reviews', '`hotclub migrate create <what it does>`'),
    isRename: (rename) => {
      if (unused.delete(renameLabel(rename))) return true
      if (flags.rename === false || renames.length > 0) return false
      return confirm(
        `Was ${renameLabel(rename)} renamed? (No: the old one goes with its data.)`,
        `--rename ${renameFlag(rename)} or --no-rename`,
      )
    },
    acceptLosses: (losses) => {
      for (const loss of losses) console.log(colors.yellow(`  ! ${loss}`))
      return flags.acceptDataLoss === true || confirm('Data will be lost. Write the migration?', '--accept-data-loss')
    },
  })
  if (unused.size > 0 && result.status !== 'unchanged')
    console.log(colors.yellow(`  ! Nothing in the schema fits --rename for ${[...unused].join(', ')}.`))
  switch (result.status) {
    case 'unchanged':
      return console.log('The schema has no changes since the last migration.')
    case 'merged':
      return console.log(`The migrations already lead to the schema. ${result.name} now says so; commit its schema.snapshot.`)
    case 'declined':
      console.log('No migration was written.')
      process.exitCode = 1
      return
    case 'created':
      console.log(`${colors.green('✓')} ${result.folder}/migration.sql\n`)
      console.log(result.plan.sql.trimEnd().replace(/^/gm, '    '))
      for (const problem of result.drafted) console.log(colors.yellow(`\n  ! Mend the SQL before you apply it: ${problem}`))
      console.log('\nRead it, change it where you know better, then run `hotclub migrate apply`.')
  }
}

async function checkMigrations(project: MigrateOptions): Promise<void> {
  const sql = await missingMigration(project)
  if (sql !== '')
    throw new HotclubError('HC_MIGRATION_MISSING', {
      where: 'prisma/schema.prisma',
      message: `The schema has changes for which there is no migration:\n\n${sql.trimEnd().replace(/^/gm, '    ')}\n`,
      hint: 'Run `hotclub migrate create` and commit the folder it writes.',
    })
  console.log(`${colors.green('✓')} Every change of the schema has its migration.`)
}

function readRename(text: string): Rename {
  const rename = parseRename(text)
  if (rename) return rename
  throw new HotclubError('HC_MIGRATION_NAME', {
    where: `--rename ${text}`,
    message: 'This is no rename.',
    hint: 'Write --rename Movie.title:name for a column, --rename Movie:Film for a table (names as in the database).',
  })
}

function renameFlag({ table, column, to }: Rename): string {
  return column === undefined ? `${table}:${to}` : `${table}.${column}:${to}`
}
