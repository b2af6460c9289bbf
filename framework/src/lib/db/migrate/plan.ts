import { openConnection } from './connection.ts'
import { diffSchemas } from './engine.ts'
import { joinTableRenames, possibleRenames, renameLabel, renameSql, withRename, type Rename } from './renames.ts'
import { compareStructures, indexChanges, readStructure, structureOf, type Index, type Structure } from './structure.ts'

/** Something a plan does that rows may stand against. Names are those before the plan, its renames already made. */
export type Hazard =
  | { kind: 'drop-table'; table: string }
  | { kind: 'drop-column'; table: string; column: string }
  | { kind: 'change-type'; table: string; column: string; from: string; to: string }
  /** A new column that must have a value, and nothing says which. */
  | { kind: 'add-required'; table: string; column: string }
  /** A column that may no longer be NULL, without a default to put there. */
  | { kind: 'make-required'; table: string; column: string }
  | { kind: 'add-unique'; table: string; columns: string[] }

/** How to get from one schema to another. */
export interface Plan {
  /** Empty when there is nothing to do. */
  sql: string
  renames: Rename[]
  hazards: Hazard[]
}

/**
 * Works out the SQL from one schema to another and tries it on an empty database in memory: what it makes there is what
 * the target schema makes.
 *
 * @param from The schema as it is; `undefined` for an empty database
 * @param to The schema wanted; `undefined` for an empty database
 * @param isRename Says whether what goes and what comes are one and the same (default: never)
 */
export async function planChange(
  from: string | undefined,
  to: string | undefined,
  isRename: (possible: Rename) => boolean | Promise<boolean> = () => false,
): Promise<Plan> {
  if (from === to) return { sql: '', renames: [], hazards: [] }
  const direct = await diffSchemas(from, to)
  if (direct === '') return { sql: '', renames: [], hazards: [] }
  const fromSql = from === undefined ? '' : await diffSchemas(undefined, from)
  const wanted = to === undefined ? structureOf() : structureOf(await diffSchemas(undefined, to))

  const renames: Rename[] = []
  const refused = new Set<string>()
  let renamed = from
  // One at a time: a renamed table may show renamed columns, and what is taken is no longer offered.
  while (renamed !== undefined) {
    const current = renamed
    const rename = possibleRenames(structureOf(fromSql, renames.map(renameSql).join('\n')), wanted).find(
      (possible) => !refused.has(renameLabel(possible)) && withRename(current, possible, to ?? '') !== undefined,
    )
    if (!rename) break
    if (await isRename(rename)) {
      renames.push(rename)
      renamed = withRename(current, rename, to ?? '')
    } else refused.add(renameLabel(rename))
  }

  if (renames.length === 0) return { sql: checked(fromSql, direct, wanted), renames, hazards: findHazards(structureOf(fromSql), wanted) }
  // What the old schema makes under the new names: the rest of the difference starts from there.
  const expected = structureOf(await diffSchemas(undefined, renamed))
  const statements = renameStatements(fromSql, renames, expected).join('\n')
  const rest = await diffSchemas(renamed, to)
  const sql = [`-- Rename\n${statements}\n`, rest].filter(Boolean).join('\n')
  return { sql: checked(fromSql, sql, wanted), renames, hazards: findHazards(structureOf(fromSql, statements), wanted) }
}

/** The renames, and what is called after them: tables between two models, and indexes, which keep their names in SQLite. */
function renameStatements(fromSql: string, renames: readonly Rename[], expected: Structure): string[] {
  using connection = openConnection(':memory:')
  connection.exec(fromSql)
  const statements: string[] = []
  const run = (more: string[]): void => {
    for (const statement of more) connection.exec(statement)
    statements.push(...more)
  }
  run(renames.map(renameSql))
  run(joinTableRenames(readStructure(connection), expected))
  run(indexChanges(readStructure(connection), expected))
  return statements
}

/** Tries the SQL on an empty database: it must lead to what is wanted. */
function checked(fromSql: string, sql: string, wanted: Structure): string {
  const differences = compareStructures(structureOf(fromSql, sql), wanted)
  if (differences.length > 0) throw new Error(`The planned SQL does not lead to the schema:\n${differences.join('\n')}\n\n${sql}`)
  return sql
}

/** What stands between two structures that rows might not survive. */
function findHazards(from: Structure, to: Structure): Hazard[] {
  return [...from.values()].flatMap((table): Hazard[] => {
    const other = to.get(table.name)
    if (!other) return [{ kind: 'drop-table', table: table.name }]
    const gone = table.columns.filter((column) => !other.columns.some((candidate) => candidate.name === column.name))
    const changed = other.columns.flatMap((column): Hazard[] => {
      const old = table.columns.find((candidate) => candidate.name === column.name)
      const place = { table: table.name, column: column.name }
      const needsValue = column.isRequired && column.default === null
      // A primary key of one integer column numbers itself.
      const isRowId =
        column.primaryKey === 1 && column.type === 'INTEGER' && other.columns.filter((candidate) => candidate.primaryKey > 0).length === 1
      if (!old) return needsValue && !isRowId ? [{ kind: 'add-required', ...place }] : []
      return [
        ...(old.type === column.type ? [] : [{ kind: 'change-type' as const, ...place, from: old.type, to: column.type }]),
        ...(needsValue && !old.isRequired ? [{ kind: 'make-required' as const, ...place }] : []),
      ]
    })
    const known = (index: Index): boolean =>
      table.indexes.some((old) => old.isUnique && old.columns.every((name) => index.columns.includes(name)))
    const uniques = other.indexes.filter((index) => index.isUnique && !known(index))
    return [
      ...gone.map((column) => ({ kind: 'drop-column' as const, table: table.name, column: column.name })),
      ...changed,
      ...uniques.map((index) => ({ kind: 'add-unique' as const, table: table.name, columns: index.columns })),
    ]
  })
}
