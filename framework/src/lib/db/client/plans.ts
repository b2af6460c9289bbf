/** What the calls of a model come to. */
import type { ModelMetadata } from '../../schema/types.ts'
import { observeRead, observeWrite } from '../dependencies/reads.ts'
import { changesOf } from '../write/changes-of.ts'
import { isAnswer } from './answers.ts'
import type { Planner } from './call.ts'
import { delegateOf } from './delegates.ts'
import type { ReadName, WriteName } from './model-delegate.ts'
import type { Scope } from './scope.ts'

export const planRead =
  (model: ModelMetadata, operation: ReadName): Planner<Scope> =>
  ({ prisma, watchers }, args) => ({
    make: () => delegateOf(prisma, model)[operation](args as object),
    done: observeRead(watchers.names, model, operation, args),
  })

export const planWrite =
  (model: ModelMetadata, operation: WriteName): Planner<Scope> =>
  (scope, args) => {
    observeWrite()
    const { prisma, watchers } = scope
    const make = (): PromiseLike<unknown> => delegateOf(prisma, model)[operation](args as object)
    if (watchers.areNone) return { make }
    const changes = changesOf(watchers.names, model, operation, args)
    return {
      make,
      done: (result) => scope.changed(changes(result)),
      failed: (error) => (isAnswer(error) ? undefined : scope.changed(changes(undefined))),
    }
  }
