import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { HotclubError } from '../../core/hotclub-error.ts'

/** What migrations use of better-sqlite3, which comes without types. */
interface Driver {
  readonly inTransaction: boolean
  exec(sql: string): unknown
  prepare(sql: string): { all(...values: unknown[]): unknown[]; run(...values: unknown[]): { changes: number }; readonly reader: boolean }
  close(): void
}

const require = createRequire(import.meta.url)

/** A connection for changing a SQLite database: synchronous, foreign keys not enforced, whole changes in transactions. */
export interface Connection {
  /** Runs statements that give no rows. */
  exec(sql: string): void
  /** Runs one statement and returns its rows. */
  rows<T>(sql: string, ...values: unknown[]): T[]
  /**
   * Runs `change` holding the write lock; keeps all of what it did, or nothing when it throws. Waits up to a minute for
   * another process.
   */
  transaction<T>(change: () => T): T
  close(): void
  [Symbol.dispose](): void
}

export interface OpenOptions {
  /** Whether a missing file is created (default: `true`). */
  create?: boolean
}

/**
 * Opens a SQLite file, or `:memory:`, to change its schema.
 *
 * Foreign keys are off: SQLite changes most of a table by making it anew, and dropping the old one would cascade into the
 * rows that refer to it. Callers check with {@link foreignKeyProblems} before they commit.
 *
 * @throws {HotclubError} `HC_DATABASE_OPEN` when it cannot be opened
 */
export function openConnection(file: string, { create = true }: OpenOptions = {}): Connection {
  const driver = openDriver(file, create)
  const connection: Connection = {
    exec: (sql) => void driver.exec(sql),
    rows: <T>(sql: string, ...values: unknown[]) => {
      const statement = driver.prepare(sql)
      if (statement.reader) return statement.all(...values) as T[]
      statement.run(...values)
      return []
    },
    transaction(change) {
      driver.exec('BEGIN IMMEDIATE')
      try {
        const result = change()
        driver.exec('COMMIT')
        return result
      } finally {
        if (driver.inTransaction) driver.exec('ROLLBACK')
      }
    },
    close: () => driver.close(),
    [Symbol.dispose]: () => driver.close(),
  }
  return connection
}

function openDriver(file: string, create: boolean): Driver {
  try {
    if (file !== ':memory:' && create) mkdirSync(dirname(file), { recursive: true })
    const Database = require('better-sqlite3') as new (file: string, options: object) => Driver
    const driver = new Database(file, { timeout: 60_000, fileMustExist: !create && file !== ':memory:' })
    driver.exec('PRAGMA foreign_keys = OFF')
    // A file that is no database is noticed with the first read.
    driver.prepare('SELECT count(*) FROM sqlite_master').all()
    if (file !== ':memory:') driver.exec('PRAGMA journal_mode = WAL')
    return driver
  } catch (cause) {
    throw new HotclubError('HC_DATABASE_OPEN', {
      where: file,
      message: `The database could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Check that DATABASE_URL names a SQLite file and that its folder may be written to.',
      cause,
    })
  }
}

/** Opens the file if there is one. */
export function openExisting(file: string): Connection | undefined {
  return existsSync(file) ? openConnection(file, { create: false }) : undefined
}

/** Rows that refer to rows which do not exist, as `table → parent` with how many there are. */
export function foreignKeyProblems(connection: Connection): Map<string, number> {
  const problems = new Map<string, number>()
  for (const { table, parent } of connection.rows<{ table: string; parent: string }>('PRAGMA foreign_key_check'))
    problems.set(`${table} → ${parent}`, (problems.get(`${table} → ${parent}`) ?? 0) + 1)
  return problems
}

/** Quotes a name for SQL. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
