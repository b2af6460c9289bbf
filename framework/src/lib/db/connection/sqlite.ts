import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openError, requireDriver } from './open-error.ts'
import { quoteName } from './quote.ts'
import type { Connection } from './types.ts'
import { withPlainIntegers } from './values.ts'

/** What is used of better-sqlite3, which comes without types. */
interface Driver {
  readonly inTransaction: boolean
  exec(sql: string): unknown
  prepare(sql: string): Statement
  defaultSafeIntegers(on: boolean): unknown
  close(): void
}
interface Statement {
  readonly reader: boolean
  all(...values: unknown[]): object[]
  run(...values: unknown[]): unknown
}

/** How long a transaction waits for another process to end its own, in milliseconds. */
const patience = 60_000

/** Opens a SQLite file or `:memory:`; `undefined` where the file is missing and is not to be created. */
export async function openSqlite(file: string, create: boolean): Promise<Connection | undefined> {
  if (file !== ':memory:' && !create && !existsSync(file)) return undefined
  const driver = openDriver(file)
  const close = async (): Promise<void> => driver.close()
  return {
    provider: 'sqlite',
    exec: async (script) => void driver.exec(script),
    async rows<T>(sql: string, ...values: readonly unknown[]) {
      const statement = driver.prepare(sql)
      const given = values.map(bindable)
      if (statement.reader) return statement.all(...given).map(withPlainIntegers) as T[]
      statement.run(...given)
      return []
    },
    async transaction(change) {
      await begin(driver)
      try {
        const result = await change()
        driver.exec('COMMIT')
        return result
      } finally {
        if (driver.inTransaction) driver.exec('ROLLBACK')
      }
    },
    quote: (name) => quoteName('sqlite', name),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function openDriver(file: string): Driver {
  const Database = requireDriver<new (file: string, options: object) => Driver>('better-sqlite3')
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    const driver = new Database(file, { timeout: patience })
    driver.defaultSafeIntegers(true)
    driver.exec('PRAGMA foreign_keys = OFF')
    // A file that is no database is noticed with the first read.
    driver.prepare('SELECT count(*) FROM sqlite_master').all()
    if (file !== ':memory:') driver.exec('PRAGMA journal_mode = WAL')
    return driver
  } catch (cause) {
    throw openError({ provider: 'sqlite', file }, cause)
  }
}

/** Takes the write lock. The waiting is ours: SQLite's own would stop this process, and with it whoever may hold the lock in it. */
async function begin(driver: Driver): Promise<void> {
  driver.exec('PRAGMA busy_timeout = 0')
  try {
    const deadline = performance.now() + patience
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        driver.exec('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error
        await setTimeout(pause)
      }
    }
  } finally {
    driver.exec(`PRAGMA busy_timeout = ${patience}`)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
}

/** SQLite knows no booleans. */
function bindable(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value
}
