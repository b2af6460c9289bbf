import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import colors from 'picocolors'
import { openConnection } from '../../db/connection/connection.ts'
import { parseDatabaseUrl } from '../../db/database-url.ts'
import { inspectDatabase, type Inspection } from '../../db/inspect.ts'
import { createBaseline, type MigrateOptions } from '../../db/migrate.ts'
import { confirm } from './ask.ts'

export interface InspectFlags {
  url?: string
  output: string
  print?: boolean
  force?: boolean
}

/** Where the schema of a project stands, and migrations begin. */
export const schemaFile = 'prisma/schema.prisma'

/** `hotclub inspect`. */
export async function inspect(project: MigrateOptions, flags: InspectFlags): Promise<void> {
  const { root } = project
  const path = join(root, flags.output)
  const existing = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const inspection = await inspectAt(parseDatabaseUrl(flags.url ?? project.url, root), existing)
  if (flags.print) return console.log(inspection.schema)
  if (existing !== undefined && !flags.force && !(await confirm(`${flags.output} is there. Write over it?`, '--force or --print'))) {
    console.log('Nothing was written.')
    process.exitCode = 1
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, inspection.schema)
  const { models, ignored } = inspection
  console.log(`${colors.green('✓')} ${flags.output}: ${models} ${models === 1 ? 'model' : 'models'}.`)
  for (const name of ignored) console.log(colors.yellow(`  ! ${name} is not in the client; its comment says why.`))
  const baseline = flags.output === schemaFile ? await createBaseline(root, inspection.schema, inspection.provider) : undefined
  if (baseline !== undefined) {
    console.log(`${colors.green('✓')} prisma/migrations/${baseline}: the database as it is, from which migrations go on.`)
    console.log(
      `\nNext: hotclub migrate resolve --applied ${baseline}, which tells the database that it has this one; then hotclub generate.`,
    )
  }
}

async function inspectAt(target: ReturnType<typeof parseDatabaseUrl>, existing: string | undefined): Promise<Inspection> {
  await using connection = await openConnection(target, { create: false })
  return await inspectDatabase(connection, existing)
}
