import type { Connection } from '../connection/types.ts'
import type { Target } from './target.ts'

/** The tables of a target that have rows. */
export async function filledTables(connection: Connection, target: Target): Promise<string[]> {
  const filled: string[] = []
  for (const { table } of target.sinks) {
    const rows = await connection.rows(`SELECT 1 FROM ${connection.quote(table)} LIMIT 1`)
    if (rows.length > 0) filled.push(table)
  }
  return filled
}

/** Deletes the rows of a target, what refers to others first. */
export async function emptyTarget(connection: Connection, target: Target): Promise<void> {
  await connection.transaction(async () => {
    for (const { table, later } of target.sinks)
      if (later.length > 0)
        await connection.rows(
          `UPDATE ${connection.quote(table)} SET ${later.map((field) => `${connection.quote(field.column)} = NULL`).join(', ')}`,
        )
    for (const { table } of target.sinks.toReversed()) await connection.rows(`DELETE FROM ${connection.quote(table)}`)
  })
}
