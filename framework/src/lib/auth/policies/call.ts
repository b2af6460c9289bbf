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
  readonly [Symbol.toStringTag] = 'PrismaPromise'
  readonly #client: Client
  readonly #run: (client: Client) => Promise<unknown>
  #result: Promise<unknown> | undefined

  constructor(client: Client, run: (client: Client) => Promise<unknown>) {
    this.#client = client
    this.#run = run
  }

  /** Makes a call on another client, a transaction. */
  static on(client: Client, call: Call): Promise<unknown> {
    return (call.#result ??= call.#run(client))
  }

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
}

/** What a call that gives one row is made of. */
interface RowCallParts {
  schema: SchemaMetadata
  model: ModelMetadata
  client: Client
  run: Run
  args: unknown
  /** The relations followed so far, each with its arguments. */
  path: readonly { name: string; args: unknown }[]
}

/** A call that gives one row, with a method for each of its relations: `db.review.findUnique(…).movie()`. */
export function rowCall(parts: RowCallParts): Call {
  const { schema, model, client, run, args, path } = parts
  const call = new Call(client, async (on) => {
    let found = await run(on, path.length === 0 ? args : { ...(isPlain(args) ? args : {}), ...onlySelecting(path) })
    for (const { name } of path) found = isPlain(found) ? found[name] : null
    return found
  })
  for (const field of model.fields)
    if (field.kind === 'relation') Object.defineProperty(call, field.name, { value: (inner: unknown) => follow(field, inner) })
  return call

  function follow(field: RelationField, inner: unknown): Call {
    const next = { ...parts, model: targetOf(parts, field), path: [...path, { name: field.name, args: inner }] }
    return isToOne(field) ? rowCall(next) : rowCall({ ...next, schema, model: { ...next.model, fields: [] } })
  }
}

/** Reads nothing but what a path leads to. */
function onlySelecting([step, ...further]: RowCallParts['path']): object {
  const { name, args } = step!
  const own = args === undefined ? true : args
  const inner = further.length === 0 ? own : { ...(isPlain(args) ? args : {}), ...onlySelecting(further) }
  return { include: undefined, omit: undefined, select: { [name]: inner } }
}
