import { HotclubError } from '../../core/hotclub-error.ts'
import type { Provider } from '../database-url.ts'
import { migrationFile, type Migration } from './folder.ts'
import { planChange } from './plan.ts'
import { renameLabel, renamesIn } from './renames.ts'

/** The migrations of a project, and the database that their SQL is for. */
export interface MigrationsFolder {
  migrations: readonly Migration[]
  /** `undefined` while there is none that says so. */
  provider: Provider | undefined
}

/** The SQL of a migration for one kind of database. */
export interface MigrationSql {
  sql: string
  /** The file it is from, or was made for. */
  where: string
}

/**
 * Returns the SQL of a migration for one kind of database: its own; what was written by hand for that kind
 * (`migration.postgresql.sql`); or what leads there from the schema of the migration before.
 *
 * @throws {HotclubError} `HC_MIGRATION_PROVIDER` when its own SQL does more than lead from one schema to the other
 */
export async function sqlFor(
  { migrations, provider: own }: MigrationsFolder,
  migration: Migration,
  provider: Provider,
): Promise<MigrationSql> {
  const other = migration.otherSql.get(provider)
  if (other !== undefined) return { sql: other, where: migrationFile(migration.name, provider) }
  const where = migrationFile(migration.name)
  if (own === undefined || own === provider) return { sql: migration.sql, where }
  const before = migrations[migrations.indexOf(migration) - 1]
  if (migration.schema === undefined || (before && before.schema === undefined))
    throw cannotRender(migration, own, provider, 'There is no schema.snapshot to make it from.')
  const render = (target: Provider): Promise<string> => renderStep(before?.schema, migration.schema!, renamesOf(migration), target)
  if (bare(await render(own)) !== bare(migration.sql))
    throw cannotRender(migration, own, provider, 'It was changed by hand, and what was meant can only be written by hand again.')
  return { sql: await render(provider), where }
}

async function renderStep(from: string | undefined, to: string, renames: ReadonlySet<string>, provider: Provider): Promise<string> {
  return (await planChange(from, to, provider, (rename) => renames.has(renameLabel(rename)))).sql
}

function renamesOf(migration: Migration): Set<string> {
  return new Set(renamesIn(migration.sql).map(renameLabel))
}

/** Without comments and the space between statements. */
function bare(sql: string): string {
  return sql
    .replaceAll(/^--.*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function cannotRender({ name }: Migration, own: Provider, provider: Provider, reason: string): HotclubError {
  return new HotclubError('HC_MIGRATION_PROVIDER', {
    where: migrationFile(name),
    message: `Its SQL is for ${own}, and the database is ${provider}. ${reason}`,
    hint: `Write ${migrationFile(name, provider)}, which does the same there.`,
  })
}
