/**
 * Counts the database queries of one request. Only in development: a client made without `development` never asks.
 *
 * The dev server and the app may each hold a copy of this module, so the store lives under a global symbol.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Around } from './adapters/around.ts'

/** One statement that went to the database. */
export interface QueryRecord {
  sql: string
  milliseconds: number
}

const key = Symbol.for('hotclub.query-log')
const holder = globalThis as { [key]?: AsyncLocalStorage<QueryRecord[]> }
const storage = (holder[key] ??= new AsyncLocalStorage())

/**
 * Runs something and collects the queries it makes, however deep and late, into `queries`.
 *
 * The array grows while the work goes on (a streamed page still queries after its response began). It stays empty unless
 * the client was created with `development: true`. Pass an async function: a Prisma call runs where it is awaited.
 */
export function collectQueries<T>(queries: QueryRecord[], run: () => T): T {
  return storage.run(queries, run)
}

/** Adds a statement to the log of whoever is collecting, if anyone is. */
export const recordStatement: Around = (statement, run) => {
  const queries = storage.getStore()
  if (!queries || statement.kind === 'begin' || statement.kind === 'end') return run()
  const start = performance.now()
  return run().finally(() => queries.push({ sql: statement.sql, milliseconds: performance.now() - start }))
}
