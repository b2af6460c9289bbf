/**
 * Prisma's better-sqlite3 adapter, made safe for a server that answers several requests at once.
 *
 * Prisma's adapter has one connection: while one request's transaction waits for something, another request's statements
 * would run inside it, see its uncommitted rows and vanish with its rollback. Here they wait for its end, and plain reads
 * go to a second connection meanwhile. Transactions also take the write lock when they begin (`BEGIN IMMEDIATE`): one that
 * reads first and writes later would otherwise fail at once when another process has written in between.
 */
import {
  isDriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { HotclubError } from '../../core/hotclub-error.ts'
import { isRead } from './around.ts'
import { cacheStatements } from './statement-cache.ts'

/** How long to wait for a write of another process, in milliseconds. */
const busyTimeout = 5_000

/** How every connection of the app works. */
const connectionPragmas = [
  // First, so that the others wait for a busy database instead of failing.
  `PRAGMA busy_timeout = ${busyTimeout}`,
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = NORMAL',
  'PRAGMA foreign_keys = ON',
].join(';\n')

/** Opens connections for a Prisma client. @param file The absolute path of the file, or `:memory:` */
export function createSqliteAdapter(file: string): SqlDriverAdapterFactory {
  return {
    provider: 'sqlite',
    adapterName: '@prisma/adapter-better-sqlite3',
    async connect() {
      return new SqliteAdapter(await open(file), file)
    },
  }
}

async function open(file: string): Promise<SqlDriverAdapter> {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    const connection = await new PrismaBetterSqlite3({ url: file }).connect()
    cacheStatements(connection)
    await connection.executeScript(connectionPragmas)
    return connection
  } catch (cause) {
    throw new HotclubError('HC_DATABASE_OPEN', {
      where: file,
      message: `The database could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Check that DATABASE_URL names a SQLite file and that its folder may be written to.',
      cause,
    })
  }
}

class SqliteAdapter implements SqlDriverAdapter {
  readonly provider = 'sqlite'
  readonly adapterName = '@prisma/adapter-better-sqlite3'
  #main: SqlDriverAdapter
  #reader: Promise<SqlDriverAdapter> | undefined
  #file: string
  /** Settles when the transactions begun so far have ended. */
  #turn: Promise<void> | undefined

  constructor(main: SqlDriverAdapter, file: string) {
    this.#main = main
    this.#file = file
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    if (this.#turn === undefined) return this.#main.queryRaw(query)
    if (this.#file !== ':memory:' && isRead(query.sql)) return this.#read(query)
    return this.#whenFree(() => this.queryRaw(query))
  }

  executeRaw(query: SqlQuery): Promise<number> {
    if (this.#turn === undefined) return this.#main.executeRaw(query)
    return this.#whenFree(() => this.executeRaw(query))
  }

  executeScript(script: string): Promise<void> {
    if (this.#turn === undefined) return this.#main.executeScript(script)
    return this.#whenFree(() => this.executeScript(script))
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    const before = this.#turn
    let end = (): void => {}
    const turn = new Promise<void>((resolve) => (end = resolve))
    const ended = (this.#turn = Promise.all([before, turn]).then(() => {
      if (this.#turn === ended) this.#turn = undefined
    }))
    try {
      await before
      const inner = await this.#main.startTransaction(isolationLevel)
      try {
        await takeWriteLock(inner)
      } catch (error) {
        await inner.rollback()
        throw error
      }
      return this.#withEnd(inner, end)
    } catch (error) {
      end()
      throw error
    }
  }

  async dispose(): Promise<void> {
    await (await this.#reader)?.dispose()
    await this.#main.dispose()
  }

  #withEnd(inner: Transaction, end: () => void): Transaction {
    return {
      provider: inner.provider,
      adapterName: inner.adapterName,
      options: inner.options,
      queryRaw: (query) => inner.queryRaw(query),
      executeRaw: (query) => inner.executeRaw(query),
      commit: () => inner.commit().finally(end),
      rollback: () => inner.rollback().finally(end),
      createSavepoint: (name) => inner.createSavepoint!(name),
      rollbackToSavepoint: (name) => inner.rollbackToSavepoint!(name),
      releaseSavepoint: (name) => inner.releaseSavepoint!(name),
    }
  }

  async #whenFree<T>(run: () => Promise<T>): Promise<T> {
    await this.#turn
    return run()
  }

  async #read(query: SqlQuery): Promise<SqlResultSet> {
    return (await (this.#reader ??= open(this.#file))).queryRaw(query)
  }
}

/**
 * Prisma's adapter has just sent `BEGIN`; the empty transaction is exchanged for one that holds the write lock.
 *
 * The waiting is ours: SQLite's own would stop the event loop, and with it the very transaction of another client in this
 * process that it waits for.
 */
async function takeWriteLock(transaction: Transaction): Promise<void> {
  const send = (sql: string): Promise<unknown> => transaction.queryRaw({ sql, args: [], argTypes: [] })
  await send('COMMIT')
  await send('PRAGMA busy_timeout = 0')
  try {
    const deadline = performance.now() + busyTimeout
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        await send('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error
        await setTimeout(pause)
      }
    }
  } finally {
    await send(`PRAGMA busy_timeout = ${busyTimeout}`)
  }
}

function isBusy(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.kind === 'SocketTimeout'
}
