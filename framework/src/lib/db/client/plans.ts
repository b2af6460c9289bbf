/** What the calls of a model come to. */
import type { ModelMetadata } from '../../schema/types.ts'
import { observeRead, observeWrite } from '../dependencies/reads.ts'
import { readWrite } from '../write/changes-of.ts'
import { watchedWrite } from '../write/watched-write.ts'
import { isAnswer } from './answers.ts'
import { execute, type Planner } from './call.ts'
import { delegateOf } from './delegates.ts'
import type { ReadName, WriteName } from './model-delegate.ts'
import type { Scope } from './scope.ts'
import { turnOf } from './transaction.ts'

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
    const plan = { make: (): PromiseLike<unknown> => delegateOf(prisma, model)[operation](args as object) }
    if (watchers.areNone) return plan
    const { reach, changes } = readWrite(watchers.names, model, operation, args)
    if (watchers.hear(reach)) return () => watchedWrite(scope, model, operation, args)
    const watched = {
      ...plan,
      done: (result: unknown) => scope.changed(changes(result)),
      failed: (error: unknown) => (isAnswer(error) ? undefined : scope.changed(changes(undefined))),
    }
    const turn = turnOf(scope)
    return turn ? () => turn.then(() => execute(watched)) : watched
  }
