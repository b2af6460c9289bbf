import { HotclubError } from '../../core/hotclub-error.ts'
import type { ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
import { Call, rowCallOf } from '../../db/client/call.ts'
import { delegateOf, type Client } from '../../db/client/delegates.ts'
import type { DbExtras } from '../../db/client/types.ts'
import type { TransactionOptions } from '../../db/client/transaction.ts'
import type { Guard } from './guard.ts'
import { operations, rowOperations, type Operation } from './operations.ts'

/** What goes past the models, where no policy can hold. */
const refused = [
  '$queryRaw',
  '$queryRawUnsafe',
  '$queryRawTyped',
  '$executeRaw',
  '$executeRawUnsafe',
  '$extends',
  '$on',
  '$connect',
  '$disconnect',
  'touching',
]

/** What a restricted client stands on. Kept apart from it, so that nobody reaches the plain client through it. */
interface Scope {
  guard: Guard
  client: Client
}

/** Makes clients that see and do only what a guard allows. They have what is named here and nothing else. */
export function restrictedClients(schema: SchemaMetadata): (guard: Guard, client: Client) => object {
  const scopes = new WeakMap<object, Scope>()
  const prototype = {}
  const make = (scope: Scope, from: object): object => {
    const made: object = Object.create(from)
    scopes.set(made, scope)
    return made
  }
  for (const model of Object.values(schema.models)) {
    const delegate = delegatePrototype(schema, model, scopes)
    Object.defineProperty(prototype, model.delegate, {
      enumerable: true,
      get(this: object) {
        return make(scopes.get(this)!, delegate)
      },
    })
  }
  for (const name of refused) Object.defineProperty(prototype, name, { value: () => refuse(name) })
  const methods = {
    async $transaction(
      this: object,
      work: ((tx: object) => Promise<unknown>) | readonly Call<Client>[],
      options?: object,
    ): Promise<unknown> {
      const { guard, client } = scopes.get(this)!
      return await client.$transaction(async (tx) => {
        if (typeof work === 'function') return await work(make({ guard, client: tx }, prototype))
        const results: unknown[] = []
        for (const call of work) results.push(await Call.on(tx, call))
        return results
      }, options)
    },
    async transaction(this: object, work: (tx: object) => Promise<unknown>, options?: TransactionOptions): Promise<unknown> {
      const { guard, client } = scopes.get(this)!
      return await (client as Client & DbExtras).transaction((tx) => work(make({ guard, client: tx }, prototype)), options)
    },
    afterCommit(this: object, callback: () => unknown): void {
      ;(scopes.get(this)!.client as Client & DbExtras).afterCommit(callback)
    },
  }
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(prototype, name, { value })
  return (guard, client) => make({ guard, client }, prototype)
}

/** The operations of a model. */
function delegatePrototype(schema: SchemaMetadata, model: ModelMetadata, scopes: WeakMap<object, Scope>): object {
  const prototype = {}
  Object.defineProperty(prototype, 'fields', {
    get(this: object) {
      return delegateOf(scopes.get(this)!.client, model).fields
    },
  })
  const define = (name: string, operation: Operation, CallOf: typeof Call<Client>): void => {
    const value = function (this: object, args: unknown): Call<Client> {
      const { guard, client } = scopes.get(this)!
      return new CallOf(client, (on, given) => () => operation(guard, model, on, given), args)
    }
    Object.defineProperty(prototype, name, { value, enumerable: true })
  }
  for (const [name, operation] of Object.entries(operations))
    define(name, operation, rowOperations.has(name) ? rowCallOf<Client>(schema, model) : Call)
  return prototype
}

function refuse(name: string): never {
  throw new HotclubError('HC_CALL', {
    where: `db.as(user).${name}`,
    message: `'${name}' cannot be had from a client that policies hold for.`,
    hint: 'Use it on the plain client, and look to it yourself that nobody sees what they may not.',
  })
}
