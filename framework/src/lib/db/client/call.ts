import { isToOne, targetOf } from '../call/names.ts'
import { isPlain } from '../call/values.ts'
import type { ModelMetadata, RelationField, SchemaMetadata } from '../../schema/types.ts'

/** What a call comes to: something of our own, or Prisma's own call and who is told how it went. */
export type Plan = (() => Promise<unknown>) | PrismaPlan

export interface PrismaPlan {
  make(): PromiseLike<unknown>
  /** Gets the answer, before the caller does. */
  done?: ((result: unknown) => void) | undefined
  failed?: ((error: unknown) => void) | undefined
}

/** Says what a call comes to on a client, when it is made. */
export type Planner<On> = (on: On, args: unknown) => Plan

/**
 * A call that has not been made yet. It is made when somebody waits for it, as with Prisma, or by `$transaction([…])`.
 */
export class Call<On = unknown> implements PromiseLike<unknown> {
  readonly #on: On
  readonly #plan: Planner<On>
  readonly #args: unknown
  readonly #made: PromiseLike<unknown> | undefined
  #result: PromiseLike<unknown> | undefined

  /** @param made The same call of Prisma on the same client, not yet waited for: it knows where in the app's code it was written */
  constructor(on: On, plan: Planner<On>, args: unknown, made?: PromiseLike<unknown>) {
    this.#on = on
    this.#plan = plan
    this.#args = args
    this.#made = made
  }

  get [Symbol.toStringTag](): string {
    return 'PrismaPromise'
  }

  /** Makes a call on another client, a transaction. */
  static on<On>(on: On, call: Call<On>): PromiseLike<unknown> {
    return (call.#result ??= execute(call.#plan(on, call.#args)))
  }

  /** Prisma's own call, where there is nothing more to it than to tell somebody how it went. */
  static plain<On>(call: Call<On>): (PrismaPlan & { made: PromiseLike<unknown> }) | undefined {
    const made = call.#made
    const plan = made && call.#plan(call.#on, call.#args)
    return made === undefined || plan === undefined || typeof plan === 'function' ? undefined : { ...plan, made }
  }

  // oxlint-disable-next-line unicorn/no-thenable -- what it takes the place of is one
  then<A = unknown, B = never>(
    fulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#result ??= execute(this.#plan(this.#on, this.#args), this.#made)
    // What Prisma gives, and what stands for it, are promises to the full.
    return this.#result.then(fulfilled, rejected) as Promise<A | B>
  }

  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<unknown> {
    return this.then(undefined, rejected)
  }

  finally(settled?: (() => void) | null): Promise<unknown> {
    return this.then().finally(settled)
  }

  /** The same call, but for a relation of the row that it gives: `db.review.findUnique(…).film()`. */
  protected follow(schema: SchemaMetadata, field: RelationField, args: unknown): Call<On> {
    const plan: Planner<On> = (on, inner) => async () => {
      const row = await execute(this.#plan(on, selecting(this.#args, field.name, inner)))
      return isPlain(row) ? row[field.name] : null
    }
    const target = targetOf({ schema }, field)
    return isToOne(field) ? new (rowCallOf<On>(schema, target))(this.#on, plan, args) : new Call(this.#on, plan, args)
  }
}

/** Does what a plan says. @param made Prisma's call, where it has been made already */
export function execute(plan: Plan, made?: PromiseLike<unknown>): PromiseLike<unknown> {
  if (typeof plan === 'function') return plan()
  const { make, done, failed } = plan
  const call = made ?? make()
  if (!done && !failed) return call
  return call.then(
    (result) => {
      done?.(result)
      return result
    },
    (error: unknown) => {
      failed?.(error)
      throw error
    },
  )
}

const rowCalls = new WeakMap<ModelMetadata, typeof Call>()

/** Calls that give one row of a model: they have a method for each of its relations. */
export function rowCallOf<On>(schema: SchemaMetadata, model: ModelMetadata): typeof Call<On> {
  const known = rowCalls.get(model)
  if (known) return known as unknown as typeof Call<On>
  class RowCall extends Call<On> {}
  for (const field of model.fields)
    if (field.kind === 'relation')
      Object.defineProperty(RowCall.prototype, field.name, {
        value: function (this: RowCall, args: unknown) {
          return this.follow(schema, field, args)
        },
      })
  rowCalls.set(model, RowCall as unknown as typeof Call)
  return RowCall
}

/** The arguments of a call that reads nothing of its row but a relation. */
function selecting(args: unknown, name: string, inner: unknown): object {
  return { ...(isPlain(args) ? args : {}), include: undefined, omit: undefined, select: { [name]: inner ?? true } }
}
