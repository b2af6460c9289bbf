import { setTimeout } from 'node:timers/promises'
import { isAnswer, isConflict } from './answers.ts'
import type { Client } from './delegates.ts'
import type { Scope } from './scope.ts'
import { runAfterCommit, TransactionLog } from './transaction-log.ts'

/** How much a transaction is kept apart from others. */
export type Isolation = 'read uncommitted' | 'read committed' | 'repeatable read' | 'serializable'

export interface TransactionOptions {
  /** Default: the database's own (PostgreSQL: `read committed`, MySQL: `repeatable read`). SQLite's transactions are always `serializable`. */
  isolation?: Isolation
  /** How often to start over where the database gives it up because of another, by a deadlock or a serialization failure (default: 3). */
  retries?: number
  /** After how many milliseconds it is rolled back (default: 5,000). */
  timeout?: number
}

const isolationLevels: Readonly<Record<Isolation, string>> = {
  'read uncommitted': 'ReadUncommitted',
  'read committed': 'ReadCommitted',
  'repeatable read': 'RepeatableRead',
  serializable: 'Serializable',
}

/** Runs something in a transaction, or in a savepoint of the one that there is. @param options Prisma's */
export async function inTransaction<T>(
  scope: Scope,
  run: (inner: Scope) => Promise<T>,
  options?: object,
  isOneWrite: boolean = false,
): Promise<T> {
  const log = new TransactionLog()
  let isDone = false
  let result: T
  try {
    result = await scope.prisma.$transaction(
      async (prisma: Client) => {
        const value = await run(scope.inside(prisma, log, isOneWrite))
        isDone = true
        return value
      },
      // A copy: Prisma writes into those of a savepoint.
      options && { ...options },
    )
  } catch (error) {
    if (isDone && !scope.log && !isAnswer(error)) scope.watchers.tell(log.changes)
    throw error
  }
  if (scope.log) scope.log.include(log)
  else {
    scope.watchers.tell(log.changes)
    await runAfterCommit(log.afterCommit)
  }
  return result
}

/** The last write of each transaction: savepoints lie within each other, so writes made at the same time wait for their turn. */
const turns = new WeakMap<Scope, Promise<unknown>>()

/** Settles when the last write begun in a transaction has ended, so that another does not go down with its savepoint. */
export function turnOf(scope: Scope): Promise<unknown> | undefined {
  return turns.get(scope)
}

/** In milliseconds. Made by Prisma alone, a write has no limit at all; that of its transactions is for those that an app begins. */
const writeLimits = { timeout: 60_000, maxWait: 10_000 }

/** Runs a write that takes several statements, so that all of it happens or nothing. */
export async function asOneWrite<T>(scope: Scope, run: (inner: Scope) => Promise<T>): Promise<T> {
  if (scope.isOneWrite) return await run(scope)
  const begin = (): Promise<T> => inTransaction(scope, run, writeLimits, true)
  if (!scope.log) return await begin()
  const result = (turns.get(scope) ?? Promise.resolve()).then(begin)
  turns.set(
    scope,
    result.catch(() => undefined),
  )
  return await result
}

/** The same as {@link inTransaction}, and over again where the database asks for it. Only a whole transaction can be begun anew. */
export async function inRetriedTransaction<T>(
  scope: Scope,
  run: (inner: Scope) => Promise<T>,
  { isolation, retries = 3, timeout }: TransactionOptions,
): Promise<T> {
  if (scope.log) return await inTransaction(scope, run)
  const options = {
    ...(isolation === undefined || scope.watchers.names.schema.provider === 'sqlite' ? {} : { isolationLevel: isolationLevels[isolation] }),
    ...(timeout === undefined ? {} : { timeout }),
  }
  for (let attempt = 0; ; attempt++) {
    try {
      return await inTransaction(scope, run, options)
    } catch (error) {
      if (attempt >= retries || !isConflict(error)) throw error
      // Two that stood in each other's way do not come back at the same moment.
      await setTimeout(Math.random() * 10 * 2 ** attempt)
    }
  }
}
