import { isToOne, targetOf } from '../../db/call/names.ts'
import { isPlain } from '../../db/call/values.ts'
import type { ModelMetadata, RelationField, SchemaMetadata } from '../../schema/types.ts'
import type { Client } from './delegates.ts'

/** Makes a call, with its arguments, on a client. */
export type Run = (client: Client, args: unknown) => Promise<unknown>

/**
 * A call that has not been made yet. It is made when somebody waits for it, as with Prisma, or by `$transaction([…])`.
 */
export class Call implements PromiseLike<unknown> {
  readonly #client: Client
  readonly #run: Run
  readonly #args: unknown
  #result: Promise<unknown> | undefined

  constructor(client: Client, run: Run, args: unknown) {
    this.#client = client
    this.#run = run
    this.#args = args
  }

  get [Symbol.toStringTag](): string {
    return 'PrismaPromise'
  }

  /** Makes a call on another client, a transaction. */
  static on(client: Client, call: Call): Promise<unknown> {
    return (call.#result ??= call.#run(client, call.#args))
  }

  // oxlint-disable-next-line unicorn/no-thenable -- what it takes the place of is one
  then<A = unknown, B = never>(
    fulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return Call.on(this.#client, this).then(fulfilled, rejected)
  }

  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<unknown> {
    return this.then(undefined, rejected)
  }

  finally(settled?: (() => void) | null): Promise<unknown> {
    return Call.on(this.#client, this).finally(settled)
  }

  /** The same call, but for a relation of the row that it gives: `db.review.findUnique(…).film()`. */
  protected follow(schema: SchemaMetadata, field: RelationField, args: unknown): Call {
    const run: Run = async (client, inner) => {
      const row = await this.#run(client, selecting(this.#args, field.name, inner))
      return isPlain(row) ? row[field.name] : null
    }
    const target = targetOf({ schema }, field)
    return isToOne(field) ? new (rowCallOf(schema, target))(this.#client, run, args) : new Call(this.#client, run, args)
  }
}

const rowCalls = new WeakMap<ModelMetadata, typeof Call>()

/** Calls that give one row of a model: they have a method for each of its relations. */
export function rowCallOf(schema: SchemaMetadata, model: ModelMetadata): typeof Call {
  const known = rowCalls.get(model)
  if (known) return known
  class RowCall extends Call {}
  for (const field of model.fields)
    if (field.kind === 'relation')
      Object.defineProperty(RowCall.prototype, field.name, {
        value: function (this: RowCall, args: unknown) {
          return this.follow(schema, field, args)
        },
      })
  rowCalls.set(model, RowCall)
  return RowCall
}

/** The arguments of a call that reads nothing of its row but a relation. */
function selecting(args: unknown, name: string, inner: unknown): object {
  return { ...(isPlain(args) ? args : {}), include: undefined, omit: undefined, select: { [name]: inner ?? true } }
}
