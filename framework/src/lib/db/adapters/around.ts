/** Puts something around every statement of an adapter: a record, a second attempt, a clearer error. */
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'

/** A statement on its way to the database. */
export interface Statement {
  readonly sql: string
  /**
   * `read`: it changes nothing and stands alone, so it may be asked elsewhere, or twice; `begin` and `end` bound a transaction or a part of
   * one; `other`: a write, or a statement inside a transaction.
   */
  readonly kind: 'read' | 'begin' | 'end' | 'other'
}

/** Runs a statement, and gives back what that gives. */
export type Around = <T>(statement: Statement, run: () => Promise<T>) => Promise<T>

/** The same adapter, with something around each of its statements and those of its transactions. */
export function around(factory: SqlDriverAdapterFactory, step: Around): SqlDriverAdapterFactory {
  return { ...naming(factory), connect: async () => aroundAdapter(await factory.connect(), step) }
}

/** Whether a statement asks for rows. (One that changes something by a function it calls belongs into a transaction.) */
export function isRead(sql: string): boolean {
  return /^\s*SELECT\b/i.test(sql)
}

function aroundAdapter(adapter: SqlDriverAdapter, step: Around): SqlDriverAdapter {
  return {
    ...naming(adapter),
    ...(adapter.getConnectionInfo ? { getConnectionInfo: () => adapter.getConnectionInfo!() } : {}),
    queryRaw: (query) => step({ sql: query.sql, kind: isRead(query.sql) ? 'read' : 'other' }, () => adapter.queryRaw(query)),
    executeRaw: (query) => step({ sql: query.sql, kind: 'other' }, () => adapter.executeRaw(query)),
    executeScript: (script) => step({ sql: script, kind: 'other' }, () => adapter.executeScript(script)),
    startTransaction: async (level) =>
      aroundTransaction(await step({ sql: 'BEGIN', kind: 'begin' }, () => adapter.startTransaction(level)), step),
    dispose: () => adapter.dispose(),
  }
}

function aroundTransaction(inner: Transaction, step: Around): Transaction {
  const end = (sql: string, run: () => Promise<void>): Promise<void> => step({ sql, kind: 'end' }, run)
  return {
    ...naming(inner),
    options: inner.options,
    queryRaw: (query) => step({ sql: query.sql, kind: 'other' }, () => inner.queryRaw(query)),
    // On PostgreSQL Prisma itself sends the end of a transaction as a statement.
    executeRaw: (query) =>
      step({ sql: query.sql, kind: /^(?:COMMIT|ROLLBACK)$/.test(query.sql) ? 'end' : 'other' }, () => inner.executeRaw(query)),
    commit: () => end('COMMIT', () => inner.commit()),
    rollback: () => end('ROLLBACK', () => inner.rollback()),
    createSavepoint: (name) => end(`SAVEPOINT ${name}`, () => inner.createSavepoint!(name)),
    rollbackToSavepoint: (name) => end(`ROLLBACK TO SAVEPOINT ${name}`, () => inner.rollbackToSavepoint!(name)),
    releaseSavepoint: (name) => end(`RELEASE SAVEPOINT ${name}`, () => inner.releaseSavepoint!(name)),
  }
}

type Named = Pick<SqlDriverAdapter, 'provider' | 'adapterName'>

function naming({ provider, adapterName }: Named): Named {
  return { provider, adapterName }
}
