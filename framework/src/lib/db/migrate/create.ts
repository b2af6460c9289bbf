import { HotclubError } from '../../core/hotclub-error.ts'
import { readSchema } from '../../core/schema-files.ts'
import { openExisting } from '../connection/connection.ts'
import { parseDatabaseUrl, type Provider } from '../database-url.ts'
import { compareStructures } from '../structure/compare.ts'
import { assessRows, describeLosses, type Assessment } from './assess.ts'
import { diffSchemas } from './diff.ts'
import { folderProvider, migrationName, readMigrations, writeMigration, writeSnapshot, type Migration } from './folder.ts'
import type { Hazard } from './hazards.ts'
import { planChange, type Plan } from './plan.ts'
import type { Rename } from './renames.ts'
import { tryOnSqlite } from './trial.ts'
import type { MigrateOptions } from './status.ts'

export interface CreateOptions extends MigrateOptions {
  /** What the migration does, in a few words; asked for only when there is something to migrate. */
  name: () => string | Promise<string>
  /** Whether a table or column that goes and one that comes are the same. */
  isRename: (rename: Rename) => boolean | Promise<boolean>
  /** Whether to go on although these things will be lost. */
  acceptLosses: (losses: string[]) => boolean | Promise<boolean>
  /** Writes the migration even if it cannot run on the rows there are, to be mended by hand (default: `false`). */
  draft?: boolean
}

export type CreateResult =
  /** `drafted`: what the SQL cannot do as it stands, with `draft`. */
  | { status: 'created'; name: string; folder: string; plan: Plan; drafted: string[] }
  | { status: 'unchanged' }
  /** The migrations of two branches together lead to today's schema; the last one's snapshot now says so. */
  | { status: 'merged'; name: string }
  | { status: 'declined'; losses: string[] }

/**
 * Writes a migration from the schema of the last one to today's. Does not run it.
 *
 * @throws {HotclubError} `HC_MIGRATION_BLOCKED` when it could not run on the rows of the database at `url`
 */
export async function createMigration(options: CreateOptions): Promise<CreateResult> {
  const { root, url } = options
  const migrations = readMigrations(root)
  const schema = readSchema(root).text
  const provider = providerOf(options)
  const merged = await mergedBranches(migrations, schema, provider)
  if (merged) {
    writeSnapshot(root, merged, schema)
    return { status: 'merged', name: merged }
  }
  const plan = await planChange(lastSchema(migrations), schema, provider, options.isRename)
  if (plan.sql === '') return { status: 'unchanged' }

  const { blocks } = await assess(root, url, plan)
  if (blocks.length > 0 && !options.draft)
    throw new HotclubError('HC_MIGRATION_BLOCKED', {
      where: 'prisma/schema.prisma',
      message: blocks.map((block) => block.problem).join('\n  '),
      hint: `${[...new Set(blocks.map((block) => block.remedy))].join('\n  ')}\n  Or write the migration with --draft and mend its SQL before you apply it.`,
    })
  // Other databases may hold rows that this one does not.
  const losses = describeLosses(plan.hazards)
  if (losses.length > 0 && !(await options.acceptLosses(losses))) return { status: 'declined', losses }

  const name = migrationName(await options.name(), new Date(), migrations.at(-1)?.name)
  const folder = writeMigration(root, { name, sql: header(losses, plan.hazards) + plan.sql, schema, provider })
  return { status: 'created', name, folder, plan, drafted: blocks.map((block) => block.problem) }
}

/**
 * Whether the schema has changes for which there is no migration: for CI.
 *
 * @returns The SQL that is missing; empty when there is none
 */
export async function missingMigration(options: MigrateOptions): Promise<string> {
  const migrations = readMigrations(options.root)
  const schema = readSchema(options.root).text
  const provider = providerOf(options)
  if (await mergedBranches(migrations, schema, provider)) return ''
  return diffSchemas(lastSchema(migrations), schema, provider)
}

/** What the SQL of migrations is for: that of those there are, or the first one's database. */
function providerOf({ root, url }: MigrateOptions): Provider {
  return folderProvider(root) ?? (url === undefined ? 'sqlite' : parseDatabaseUrl(url, root).provider)
}

function lastSchema(migrations: readonly Migration[]): string | undefined {
  const last = migrations.at(-1)
  if (last && last.schema === undefined)
    throw new HotclubError('HC_MIGRATION_HISTORY', {
      where: `prisma/migrations/${last.name}`,
      message: 'The migration does not say which schema it leads to: another tool made it.',
      hint: 'Save prisma/schema.prisma as it was after that migration into its folder as schema.snapshot.',
    })
  return last?.schema
}

/**
 * Two branches that each made a migration leave a last snapshot that lacks the other's changes. Run one after the other, the
 * migrations still lead to the merged schema, and then nothing is missing but that snapshot.
 *
 * @returns The name of the migration whose snapshot is behind
 * @throws {HotclubError} `HC_MIGRATION_HISTORY` when the migrations lead neither to the last snapshot nor to the schema
 */
async function mergedBranches(migrations: readonly Migration[], schema: string, provider: Provider): Promise<string | undefined> {
  const last = migrations.at(-1)
  if (provider !== 'sqlite' || last?.schema === undefined || migrations.length < 2) return undefined
  const replayed = await tryOnSqlite(migrations.map((migration) => migration.sql))
  const differs = async (text: string): Promise<boolean> =>
    compareStructures(replayed, await tryOnSqlite([await diffSchemas(undefined, text, provider)])).length > 0
  if (!(await differs(last.schema))) return undefined
  if (!(await differs(schema))) return last.name
  throw new HotclubError('HC_MIGRATION_HISTORY', {
    where: `prisma/migrations/${last.name}`,
    message:
      'Run one after the other, the migrations do not lead to the schema that the last one names: they come from two branches, or one was edited.',
    hint: 'First bring prisma/schema.prisma to what the migrations together make, without anything new, and run `hotclub migrate create`; then make your change.',
  })
}

async function assess(root: string, url: string | undefined, plan: Plan): Promise<Assessment> {
  await using connection = url === undefined ? undefined : await openExisting(parseDatabaseUrl(url, root))
  return connection ? await assessRows(plan.hazards, connection, plan.renames) : { losses: [], blocks: [] }
}

function header(losses: string[], hazards: readonly Hazard[]): string {
  const needs = hazards.flatMap((hazard) => {
    if (hazard.kind === 'add-required')
      return [`${hazard.table}.${hazard.column} is required and has no default: this fails where the table has rows.`]
    if (hazard.kind === 'make-required') return [`${hazard.table}.${hazard.column} becomes required: this fails where it is NULL.`]
    if (hazard.kind === 'drop-values')
      return [`${hazard.table}.${hazard.column} can no longer be ${hazard.values.join(' or ')}: this fails where it is.`]
    if (hazard.kind === 'add-unique')
      return [`${hazard.table}.${hazard.columns.join(' + ')} becomes unique: this fails where values stand twice.`]
    return []
  })
  const lines = [...losses, ...needs]
  return lines.length === 0 ? '' : `-- Warning\n${lines.map((line) => `--   ${line}`).join('\n')}\n\n`
}
