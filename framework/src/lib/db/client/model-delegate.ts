import type { ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
import { Call, rowCallOf, type Planner } from './call.ts'
import { delegateOf, type Delegate } from './delegates.ts'
import { forwardOthers } from './forward.ts'
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
  readonly #prisma: Delegate

  constructor(scope: Scope, model: ModelMetadata) {
    this.#scope = scope
    this.#prisma = delegateOf(scope.prisma, model)
  }

  static scopeOf(delegate: ModelDelegate): Scope {
    return delegate.#scope
  }

  /** What Prisma has for the model. */
  static prismaOf(delegate: ModelDelegate): Delegate {
    return delegate.#prisma
  }
}

/** Makes the class of a model's calls. @param prisma What Prisma has for the model */
export function delegateClass(schema: SchemaMetadata, model: ModelMetadata, prisma: object): typeof ModelDelegate {
  class Of extends ModelDelegate {}
  const define = (name: ReadName | WriteName, plan: Planner<Scope>): void => {
    const CallOf = rowOperations.has(name) ? rowCallOf<Scope>(schema, model) : Call
    const value = function (this: ModelDelegate, args: object): Call<Scope> {
      return new CallOf(ModelDelegate.scopeOf(this), plan, args, ModelDelegate.prismaOf(this)[name](args))
    }
    // Prisma's messages show the first line that called it. It passes over frames of its own, and over names with as many dots as this one.
    Object.defineProperty(value, 'name', { value: `hotclub.db.${model.delegate}.${name}` })
    Object.defineProperty(Of.prototype, name, { value, enumerable: true })
  }
  for (const name of reads) define(name, planRead(model, name))
  for (const name of schema.provider === 'mysql' ? writes : [...writes, ...writesWithRows]) define(name, planWrite(model, name))
  forwardOthers(Of.prototype, prisma, (delegate) => ModelDelegate.prismaOf(delegate as ModelDelegate))
  return Of
}
