/** What counts up by itself has to go on after the rows that were written. */
import type { Connection } from '../connection/types.ts'
import type { MovedModel } from './plan.ts'

/** Sets the counter of every autoincrement column of a model behind its largest value. */
export async function setCounters(connection: Connection, { model, fields }: MovedModel): Promise<void> {
  const counting = fields.filter((field) => field.default?.kind === 'function' && field.default.name === 'autoincrement')
  for (const { column } of counting) {
    const [table, name] = [connection.quote(model.table), connection.quote(column)]
    const [row] = await connection.rows<{ last: number | bigint | null }>(`SELECT max(${name}) AS last FROM ${table}`)
    const last = row!.last ?? 0
    if (connection.provider === 'postgresql') await setSequence(connection, table, column, last)
    else if (connection.provider === 'mysql') await connection.exec(`ALTER TABLE ${table} AUTO_INCREMENT = ${BigInt(last) + 1n}`)
    else await setSqliteCounter(connection, model.table, last)
  }
}

async function setSequence(connection: Connection, table: string, column: string, last: number | bigint): Promise<void> {
  // A sequence that counts for the column without belonging to it is named in the default.
  await connection.rows(
    `SELECT setval(s.name::regclass, greatest(?::bigint, 1), ?::bigint > 0) FROM (
       SELECT coalesce(pg_get_serial_sequence(?, a.attname), substring(pg_get_expr(d.adbin, d.adrelid) FROM 'nextval\\(''(.*)''::regclass')) AS name
       FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attrelid = ?::regclass AND a.attname = ?
     ) AS s WHERE s.name IS NOT NULL`,
    last,
    last,
    table,
    table,
    column,
  )
}

/** Only a table that was made with `AUTOINCREMENT` has a counter; others look at their rows. */
async function setSqliteCounter(connection: Connection, table: string, last: number | bigint): Promise<void> {
  const [counters] = await connection.rows("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")
  if (counters) await connection.rows('UPDATE sqlite_sequence SET seq = ? WHERE name = ?', last, table)
}
