import { HotclubError } from '../../core/hotclub-error.ts'
import type { ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
import { Call, rowCall } from './call.ts'
import { delegateOf, type Client } from './delegates.ts'
import type { Guard } from './guard.ts'
import { operations, rowOperations } from './operations.ts'

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
]

/** Makes clients that see and do only what a guard allows. They have what is named here and nothing else. */
export function restrictedClients(schema: SchemaMetadata): (guard: Guard, client: Client) => object {
  const prototype = {}
  const scopes = new WeakMap<object, { guard: Guard; client: Client }>()
  const scopeOf = (restricted: object) => scopes.get(restricted)!
  const make = (guard: Guard, client: Client): object => {
    const restricted: object = Object.create(prototype)
    scopes.set(restricted, { guard, client })
    return restricted
  }
  for (const model of Object.values(schema.models))
    Object.defineProperty(prototype, model.delegate, {
      enumerable: true,
      get(this: object) {
        const { guard, client } = scopeOf(this)
        const value = restrictedDelegate(guard, model, client)
        Object.defineProperty(this, model.delegate, { value, enumerable: true })
        return value
      },
    })
  for (const name of refused) Object.defineProperty(prototype, name, { value: () => refuse(name) })
  Object.defineProperty(prototype, '$transaction', {
    value: async function (this: object, work: ((tx: object) => Promise<unknown>) | readonly Call[], options?: object) {
      const { guard, client } = scopeOf(this)
      return await client.$transaction(async (tx) => {
        if (typeof work === 'function') return await work(make(guard, tx))
        const results: unknown[] = []
        for (const call of work) results.push(await Call.on(tx, call))
        return results
      }, options)
    },
  })
  return make
}

function restrictedDelegate(guard: Guard, model: ModelMetadata, client: Client): object {
  const delegate: Record<string, unknown> = { fields: delegateOf(client, model).fields }
  for (const [name, operation] of Object.entries(operations)) {
    const run = (on: Client, args: unknown): Promise<unknown> => operation(guard, model, on, args)
    delegate[name] = rowOperations.has(name)
      ? (args: unknown) => rowCall({ schema: guard.schema, model, client, run, args, path: [] })
      : (args: unknown) => new Call(client, (on) => run(on, args))
  }
  return delegate
}

function refuse(name: string): never {
  throw new HotclubError('HC_CALL', {
    where: `db.as(user).${name}`,
    message: `'${name}' cannot be had from a client that policies hold for.`,
    hint: 'Use it on the plain client, and look to it yourself that nobody sees what they may not.',
  })
}
