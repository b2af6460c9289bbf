/** Our client around Prisma's: the same calls, and whoever has to know of them does. */
import { HotclubError } from '../../core/hotclub-error.ts'
import type { ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
import { Call } from './call.ts'
import { delegateOf, type Client } from './delegates.ts'
import { forwardOthers } from './forward.ts'
import { delegateClass, type ModelDelegate } from './model-delegate.ts'
import { rawCalls, rawCallsTouching } from './raw.ts'
import { Scope, scopeOf } from './scope.ts'
import { inRetriedTransaction, inTransaction, type TransactionOptions } from './transaction.ts'
import { runAfterCommit, type AfterCommit } from './transaction-log.ts'
import { Watchers } from './watchers.ts'

/** Puts our client around Prisma's. */
export function wrapClient(prisma: object, schema: SchemaMetadata, watchers: Watchers = new Watchers(schema)): object {
  const base = {}
  for (const model of Object.values(schema.models)) defineModel(base, schema, model, delegateOf(prisma as Client, model))
  for (const [name, value] of Object.entries({ ...rawCalls, ...transactions })) Object.defineProperty(base, name, { value })
  for (const name of ['$connect', '$disconnect', '$on'])
    Object.defineProperty(base, name, {
      get(this: object) {
        const own = scopeOf(this)
        const method: unknown = Reflect.get(own.prisma, name)
        // A transaction has none of them, and says so.
        return own.log === undefined && typeof method === 'function' ? method.bind(own.prisma) : undefined
      },
    })
  forwardOthers(base, prisma, (client) => scopeOf(client).prisma)
  return new Scope(prisma as Client, watchers, base).client
}

/** The calls of a model, made once for each client. */
function defineModel(base: object, schema: SchemaMetadata, model: ModelMetadata, prisma: object): void {
  const Delegate = delegateClass(schema, model, prisma)
  const delegates = new WeakMap<Scope, ModelDelegate>()
  Object.defineProperty(base, model.delegate, {
    enumerable: true,
    get(this: object) {
      const scope = scopeOf(this)
      let delegate = delegates.get(scope)
      if (!delegate) delegates.set(scope, (delegate = new Delegate(scope, model)))
      return delegate
    },
  })
}

type Work = (tx: object) => Promise<unknown>

const transactions = {
  /** An extended client is one of ours too, with the same watchers. */
  $extends(this: object, extension: object): object {
    const { prisma, watchers } = scopeOf(this)
    if (!prisma.$extends)
      throw new HotclubError('HC_CALL', {
        where: 'tx.$extends(…)',
        message: 'A transaction cannot be extended.',
        hint: 'Extend the client, and begin the transaction on what you get.',
      })
    return wrapClient(prisma.$extends(extension), watchers.names.schema, watchers)
  },

  async $transaction(this: object, work: Work | readonly unknown[], options?: object): Promise<unknown> {
    const scope = scopeOf(this)
    return typeof work === 'function' ? await inTransaction(scope, (inner) => work(inner.client), options) : await all(scope, work, options)
  },

  async transaction(this: object, work: Work, options: TransactionOptions = {}): Promise<unknown> {
    return await inRetriedTransaction(scopeOf(this), (inner) => work(inner.client), options)
  },

  afterCommit(this: object, callback: AfterCommit): void {
    const { log } = scopeOf(this)
    if (log) log.afterCommit.push(callback)
    else void runAfterCommit([callback])
  },

  touching(this: object, ...names: string[]): object {
    const scope = scopeOf(this)
    const models = Object.values(scope.watchers.names.schema.models)
    const touched = names.map((name) => models.find((model) => model.delegate === name) ?? unknownModel(name, models))
    return rawCallsTouching(scope, touched)
  },
}

/** Makes several calls in one transaction: by Prisma itself where none has to be taken apart. */
async function all(scope: Scope, calls: readonly unknown[], options?: object): Promise<unknown[]> {
  if (!calls.every((call): call is Call<Scope> => call instanceof Call))
    throw new HotclubError('HC_CALL', {
      where: 'db.$transaction([…])',
      message: 'One of the values is no call of this client.',
      hint: 'Give it calls that nobody has waited for: `db.$transaction([db.film.create(…), db.review.count()])`.',
    })
  const plain = calls.map((call) => Call.plain(call))
  if (!plain.every((plan) => plan !== undefined))
    return await inTransaction(
      scope,
      async (inner) => {
        const results: unknown[] = []
        for (const call of calls) results.push(await Call.on(inner, call))
        return results
      },
      options,
    )
  try {
    const results = await scope.prisma.$transaction(
      plain.map(({ made }) => made),
      options,
    )
    plain.forEach(({ done }, index) => done?.(results[index]))
    return results
  } catch (error) {
    for (const { failed } of plain) failed?.(error)
    throw error
  }
}

function unknownModel(name: string, models: readonly ModelMetadata[]): never {
  throw new HotclubError('HC_MODEL', {
    where: 'db.touching(…)',
    message: `The schema has no model '${name}'.`,
    hint: `There are ${models.map((model) => model.delegate).join(', ')}.`,
  })
}
