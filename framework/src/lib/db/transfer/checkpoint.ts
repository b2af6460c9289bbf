/** How far a load has come, in the database itself: it changes in the same transactions as the rows. */
import type { Connection } from '../connection/types.ts'

const table = '_hotclub_load'

export interface Checkpoint {
  /** The id of the dump. */
  dump: string
  /** 1: rows; 2: the references that were left empty before. */
  pass: number
  /** Lines of the file that are done. */
  line: number
}

/** What an interrupted load left; `undefined` where there was none. */
export async function readCheckpoint(connection: Connection): Promise<Checkpoint | undefined> {
  if (!(await hasTable(connection))) return undefined
  const [row] = await connection.rows<Checkpoint>(`SELECT dump, pass, line FROM ${table}`)
  return row
}

export async function beginCheckpoint(connection: Connection, checkpoint: Checkpoint): Promise<void> {
  await connection.exec(`DROP TABLE IF EXISTS ${table};
    CREATE TABLE ${table} (dump VARCHAR(36) NOT NULL, pass INTEGER NOT NULL, line BIGINT NOT NULL)`)
  await connection.rows(`INSERT INTO ${table} VALUES (?, ?, ?)`, checkpoint.dump, checkpoint.pass, checkpoint.line)
}

export async function saveCheckpoint(connection: Connection, { pass, line }: Omit<Checkpoint, 'dump'>): Promise<void> {
  await connection.rows(`UPDATE ${table} SET pass = ?, line = ?`, pass, line)
}

export async function endCheckpoint(connection: Connection): Promise<void> {
  await connection.exec(`DROP TABLE IF EXISTS ${table}`)
}

async function hasTable(connection: Connection): Promise<boolean> {
  const here = {
    sqlite: `SELECT 1 FROM sqlite_master WHERE name = '${table}'`,
    postgresql: `SELECT 1 FROM pg_class WHERE relname = '${table}' AND pg_table_is_visible(oid)`,
    mysql: `SELECT 1 FROM information_schema.TABLES WHERE TABLE_NAME = '${table}' AND TABLE_SCHEMA = DATABASE()`,
  }
  return (await connection.rows(here[connection.provider])).length > 0
}
