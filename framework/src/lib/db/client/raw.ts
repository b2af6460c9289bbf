/** Raw SQL, of which nobody can say what it reads or writes unless it is declared. */
import type { ModelMetadata } from '../../schema/types.ts'
import type { Change } from '../changes.ts'
import { observeRawRead, observeWrite } from '../dependencies/reads.ts'
import { isAnswer } from './answers.ts'
import { Call, type PrismaPlan } from './call.ts'
import { scopeOf, type Scope } from './scope.ts'

const reads = ['$queryRaw', '$queryRawUnsafe', '$queryRawTyped'] as const
const writes = ['$executeRaw', '$executeRawUnsafe'] as const
type RawName = (typeof reads)[number] | (typeof writes)[number]

/** The raw calls of a client, for its prototype. */
export const rawCalls: Readonly<Record<string, unknown>> = Object.fromEntries(
  [...reads, ...writes].map((name) => [
    name,
    function (this: object, ...args: unknown[]): Call<Scope> {
      return rawCall(scopeOf(this), name, args)
    },
  ]),
)

/** Raw calls that count as writes to some models. */
export function rawCallsTouching(scope: Scope, touched: readonly ModelMetadata[]): object {
  return Object.fromEntries([...reads, ...writes].map((name) => [name, (...args: unknown[]) => rawCall(scope, name, args, touched)]))
}

function rawCall(scope: Scope, name: RawName, args: readonly unknown[], touched?: readonly ModelMetadata[]): Call<Scope> {
  const isRead = !touched && reads.some((read) => read === name)
  const plan = (on: Scope): PrismaPlan => {
    if (isRead) observeRawRead()
    else observeWrite()
    const make = (): PromiseLike<unknown> => rawOf(on, name)(...args)
    if (!touched) return { make }
    const changes = touched.map((model): Change => ({ model, kind: 'update' }))
    return { make, done: () => on.changed(changes), failed: (error) => (isAnswer(error) ? undefined : on.changed(changes)) }
  }
  return new Call(scope, plan, args, rawOf(scope, name)(...args))
}

function rawOf({ prisma }: Scope, name: RawName): (...args: readonly unknown[]) => PromiseLike<unknown> {
  const method = (prisma as unknown as Record<RawName, (...args: readonly unknown[]) => PromiseLike<unknown>>)[name]
  return (...args) => method.apply(prisma, [...args])
}
