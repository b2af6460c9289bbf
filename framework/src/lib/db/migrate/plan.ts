import type { Provider } from '../database-url.ts'
import { compareStructures } from '../structure/compare.ts'
import { structureOfSchema } from '../structure/of-schema.ts'
import type { DatabaseStructure } from '../structure/types.ts'
import { diffSchemas } from './diff.ts'
import { findHazards, type Hazard } from './hazards.ts'
import { renderMysql } from './mysql/render.ts'
import { nameChanges } from './rename-plan.ts'
import { withRename } from './rename-schema.ts'
import { joinTableRenames, possibleRenames, renameLabel, renameSql, renameStructure, type Rename } from './renames.ts'
import { tryOnSqlite } from './trial.ts'

/** How to get from one schema to another. */
export interface Plan {
  /** Empty when there is nothing to do. */
  sql: string
  renames: Rename[]
  hazards: Hazard[]
}

/**
 * Works out the SQL from one schema to another. For SQLite it is tried on an empty database in memory: what it makes there is what the
 * target schema makes.
 *
 * @param from The schema as it is; `undefined` for an empty database
 * @param to The schema wanted; `undefined` for an empty database
 * @param provider The kind of database that the SQL is for, whatever the schemas say
 * @param isRename Says whether what goes and what comes are one and the same (default: never)
 */
export async function planChange(
  from: string | undefined,
  to: string | undefined,
  provider: Provider,
  isRename: (possible: Rename) => boolean | Promise<boolean> = () => false,
): Promise<Plan> {
  const none: Plan = { sql: '', renames: [], hazards: [] }
  if (from === to) return none
  const direct = await diffSchemas(from, to, provider)
  if (direct === '') return none
  const wanted = structureOfSchema(to, provider)

  const renames: Rename[] = []
  const refused = new Set<string>()
  let schema = from
  let structure = structureOfSchema(from, provider)
  // One at a time: a renamed table may show renamed columns, and what is taken is no longer offered.
  while (schema !== undefined) {
    const current = schema
    const rename = possibleRenames(structure, wanted).find(
      (possible) => !refused.has(renameLabel(possible)) && withRename(current, possible, to ?? '') !== undefined,
    )
    if (!rename) break
    if (await isRename(rename)) {
      renames.push(rename)
      schema = withRename(current, rename, to ?? '')
      structure = renameStructure(structure, rename)
    } else refused.add(renameLabel(rename))
  }

  // Tables between models are called after them, and go along.
  const expected = renames.length === 0 ? structure : structureOfSchema(schema, provider)
  const joins = renames.length === 0 ? [] : joinTableRenames(structure, expected)
  structure = joins.reduce(renameStructure, structure)
  const sql = renames.length === 0 ? direct : await renamedSql(structure, [...renames, ...joins], expected, schema!, to, wanted)
  if (provider === 'sqlite') await verify(from, sql, to)
  return { sql, renames, hazards: findHazards(structure, wanted) }
}

/** The renames, and what is called after them; then the rest of the difference, from the old schema under the new names. */
async function renamedSql(
  structure: DatabaseStructure,
  renames: readonly Rename[],
  expected: DatabaseStructure,
  schema: string,
  to: string | undefined,
  wanted: DatabaseStructure,
): Promise<string> {
  const { provider } = structure
  const statements = renames.map((rename) => renameSql(rename, provider))
  // MySQL's renderer takes the names of keys and indexes for a part of the difference.
  const rest = provider === 'mysql' ? renderMysql(structure, wanted) : await diffSchemas(schema, to, provider)
  if (provider !== 'mysql') statements.push(...nameChanges(structure, expected))
  return [`-- Rename\n${statements.join('\n')}\n`, rest].filter(Boolean).join('\n')
}

/** Tries the SQL on an empty database: it must lead to what is wanted. */
async function verify(from: string | undefined, sql: string, to: string | undefined): Promise<void> {
  const [made, wanted] = await Promise.all([
    tryOnSqlite([await diffSchemas(undefined, from, 'sqlite'), sql]),
    tryOnSqlite([await diffSchemas(undefined, to, 'sqlite')]),
  ])
  const differences = compareStructures(made, wanted)
  if (differences.length > 0) throw new Error(`The planned SQL does not lead to the schema:\n${differences.join('\n')}\n\n${sql}`)
}
