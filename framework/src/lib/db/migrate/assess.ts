import { columnNames } from '../connection/catalog.ts'
import type { Connection } from '../connection/types.ts'
import type { Hazard } from './hazards.ts'
import { isLossless } from './lossless.ts'
import type { Rename } from './renames.ts'

/** What a plan means for the rows of a database, in sentences. */
export interface Assessment {
  /** What would be lost. */
  losses: string[]
  /** What cannot be done with the rows there are, and what to do about it. */
  blocks: { problem: string; remedy: string }[]
}

/**
 * Holds the hazards of a plan against the rows of a database that the plan has not changed yet. What is empty cannot be lost.
 *
 * @param connection The database; a table or column it does not have counts as empty
 * @param renames What the plan renames first: hazards speak of the new names, the database still has the old
 */
export async function assessRows(hazards: readonly Hazard[], connection: Connection, renames: readonly Rename[] = []): Promise<Assessment> {
  const result: Assessment = { losses: [], blocks: [] }
  for (const hazard of hazards) {
    const table = renames.findLast((rename) => rename.column === undefined && rename.to === hazard.table)?.table ?? hazard.table
    const old = (column: string): string =>
      renames.findLast((rename) => rename.column !== undefined && rename.to === column && [hazard.table, table].includes(rename.table))
        ?.column ?? column
    const columns = await columnNames(connection, table)
    if (columns.size === 0) continue
    const from = connection.quote(table)
    const count = async (where = '1 = 1', ...values: readonly string[]): Promise<number> => {
      const [row] = await connection.rows<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${where}`, ...values)
      return row!.n
    }
    const name = (column: string): string => connection.quote(old(column))
    await judge(hazard, result, { count, has: (column) => columns.has(old(column)), name, from, connection })
  }
  return result
}

interface Look {
  connection: Connection
  /** The table as SQL. */
  from: string
  count: (where?: string, ...values: readonly string[]) => Promise<number>
  has: (column: string) => boolean
  name: (column: string) => string
}

async function judge(hazard: Hazard, { losses, blocks }: Assessment, { connection, from, count, has, name }: Look): Promise<void> {
  switch (hazard.kind) {
    case 'drop-table': {
      const rows = await count()
      if (rows > 0) losses.push(`The table ${hazard.table} goes, with ${rowsText(rows)}.`)
      return
    }
    case 'drop-column': {
      const values = has(hazard.column) ? await count(`${name(hazard.column)} IS NOT NULL`) : 0
      if (values > 0) losses.push(`The column ${hazard.table}.${hazard.column} goes, with its values in ${rowsText(values)}.`)
      return
    }
    case 'change-type': {
      const values = has(hazard.column) && !isLossless(hazard.from, hazard.to) ? await count(`${name(hazard.column)} IS NOT NULL`) : 0
      if (values > 0)
        losses.push(
          `The column ${hazard.table}.${hazard.column} changes from ${hazard.from} to ${hazard.to}; its values in ${rowsText(values)} may not fit.`,
        )
      return
    }
    case 'drop-values': {
      const list = hazard.values.map(() => '?').join(', ')
      const text = connection.provider === 'postgresql' ? `${name(hazard.column)}::text` : name(hazard.column)
      const rows = has(hazard.column) ? await count(`${text} IN (${list})`, ...hazard.values) : 0
      if (rows > 0)
        blocks.push({
          problem: `${hazard.table}.${hazard.column} can no longer be ${hazard.values.join(' or ')}, but is in ${rowsText(rows)}.`,
          remedy: 'Give those rows another value first.',
        })
      return
    }
    case 'add-required': {
      // A development database may have it already.
      const rows = has(hazard.column) ? 0 : await count()
      if (rows > 0)
        blocks.push({
          problem: `The new column ${hazard.table}.${hazard.column} is required and has no default, but ${hazard.table} has ${rowsText(rows)}.`,
          remedy: `Give ${hazard.column} a @default(…) or make it optional (\`?\`); to compute a value for each row, add it as optional, fill it, and make it required in a second migration.`,
        })
      return
    }
    case 'make-required': {
      const gaps = has(hazard.column) ? await count(`${name(hazard.column)} IS NULL`) : 0
      if (gaps > 0)
        blocks.push({
          problem: `The column ${hazard.table}.${hazard.column} becomes required, but is NULL in ${rowsText(gaps)}.`,
          remedy: `Fill ${hazard.column} in those rows first, or give it a @default(…).`,
        })
      return
    }
    case 'add-unique': {
      if (!hazard.columns.every(has)) return
      const list = hazard.columns.map(name)
      const rows = await connection.rows(
        `SELECT 1 FROM ${from} WHERE ${list.map((column) => `${column} IS NOT NULL`).join(' AND ')} GROUP BY ${list.join(', ')} HAVING count(*) > 1`,
      )
      const twice = rows.length
      if (twice > 0)
        blocks.push({
          problem: `${hazard.table}.${hazard.columns.join(' + ')} becomes unique, but ${twice} ${twice === 1 ? 'value stands' : 'values stand'} in several rows.`,
          remedy: 'Make those rows differ first, or remove them.',
        })
    }
  }
}

/** What a plan may lose in a database that nobody can look into: every table that has rows there. */
export function describeLosses(hazards: readonly Hazard[]): string[] {
  return hazards.flatMap((hazard) => {
    if (hazard.kind === 'drop-table') return [`The table ${hazard.table} goes, with all its rows.`]
    if (hazard.kind === 'drop-column') return [`The column ${hazard.table}.${hazard.column} goes, with all its values.`]
    if (hazard.kind === 'change-type' && !isLossless(hazard.from, hazard.to))
      return [
        `The column ${hazard.table}.${hazard.column} changes from ${hazard.from} to ${hazard.to}; values that do not fit may be lost.`,
      ]
    return []
  })
}

function rowsText(count: number): string {
  return count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`
}
