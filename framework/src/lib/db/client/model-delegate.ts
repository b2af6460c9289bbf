import type { ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
import { Call, rowCallOf, type Planner } from './call.ts'
import { delegateOf, type Delegate } from './delegates.ts'
import { planRead, planWrite } from './plans.ts'
import type { Scope } from './scope.ts'

const reads = ['findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany', 'count', 'aggregate', 'groupBy'] as const
const writes = ['create', 'createMany', 'update', 'updateMany', 'upsert', 'delete', 'deleteMany'] as const
/** MySQL gives back no rows that it has written. */
const writesWithRows = ['createManyAndReturn', 'updateManyAndReturn'] as const

export type ReadName = (typeof reads)[number]
export type WriteName = (typeof writes)[number] | (typeof writesWithRows)[number]

/** Operations whose answer is one row, from which its relations can be followed. */
const rowOperations: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'create',
  'update',
  'upsert',
  'delete',
])

/** What `db.film` is. */
export class ModelDelegate {
  readonly #scope: Scope

  constructor(scope: Scope) {
    this.#scope = scope
  }

  static scopeOf(delegate: ModelDelegate): Scope {
    return delegate.#scope
  }
}

/** Makes the class of a model's calls. */
export function delegateClass(schema: SchemaMetadata, model: ModelMetadata): typeof ModelDelegate {
  class Of extends ModelDelegate {
    get fields(): Delegate['fields'] {
      return delegateOf(ModelDelegate.scopeOf(this).prisma, model).fields
    }
  }
  const define = (name: ReadName | WriteName, plan: Planner<Scope>): void => {
    const CallOf = rowOperations.has(name) ? rowCallOf<Scope>(schema, model) : Call
    const value = function (this: ModelDelegate, args: object): Call<Scope> {
      const scope = ModelDelegate.scopeOf(this)
      return new CallOf(scope, plan, args, delegateOf(scope.prisma, model)[name](args))
    }
    // Prisma's messages show the first line that called it. It passes over frames of its own, and over names with as many dots as this one.
    Object.defineProperty(value, 'name', { value: `hotclub.db.${model.delegate}.${name}` })
    Object.defineProperty(Of.prototype, name, { value, enumerable: true })
  }
  for (const name of reads) define(name, planRead(model, name))
  for (const name of schema.provider === 'mysql' ? writes : [...writes, ...writesWithRows]) define(name, planWrite(model, name))
  return Of
}
