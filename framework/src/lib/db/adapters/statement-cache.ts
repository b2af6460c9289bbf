/**
 * Keeps prepared statements of a better-sqlite3 connection. Prisma's adapter prepares the SQL of every query anew, which is a
 * tenth to a fifth of a query's time; an app sends the same few texts again and again.
 */
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'

/** Statements kept for a connection; the one unused for longest goes first. */
const capacity = 256

/** What Prisma's adapter uses of a better-sqlite3 statement. */
interface Statement {
  readonly reader: boolean
  run(...args: unknown[]): unknown
  columns(): unknown[]
  raw(): Statement
  all(...args: unknown[]): unknown[]
}

interface Connection {
  prepare(sql: string): Statement
}

/**
 * Puts a cache in front of the connection inside Prisma's adapter. Does nothing when that adapter is built otherwise than the
 * pinned version.
 */
export function cacheStatements(adapter: SqlDriverAdapter): void {
  const connection: unknown = Reflect.get(adapter, 'client')
  if (!isConnection(connection)) return
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, Statement>()
  const find = (sql: string): Statement => {
    let statement = kept.get(sql)
    if (statement) kept.delete(sql)
    else statement = prepare(sql)
    kept.set(sql, statement)
    if (kept.size > capacity) kept.delete(kept.keys().next().value!)
    return statement
  }
  Object.assign(connection, {
    prepare: (sql: string) => {
      const statement = find(sql)
      return { run: () => statement.run(), bind: (args: unknown[]) => bound(statement, args) }
    },
  })
}

/**
 * A statement binds for good, so a kept one gets its values with each run instead. Rows come before columns: running it is what
 * makes SQLite notice that the schema has changed.
 */
function bound(statement: Statement, args: unknown[]): object {
  let rows: unknown[] = []
  return {
    reader: statement.reader,
    run: () => statement.run(...args),
    columns: () => {
      rows = statement.raw().all(...args)
      return statement.columns()
    },
    raw: () => ({ all: () => rows }),
  }
}

function isConnection(value: unknown): value is Connection {
  return typeof value === 'object' && value !== null && 'prepare' in value && typeof value.prepare === 'function'
}
