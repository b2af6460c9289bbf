/** The types behind `.hotclub/types/checks.ts`, which holds every route file against its place. */
import type { IdIn, IdOf } from '../core/args.ts'
import type { PermissionName } from '../core/user.ts'
import type { ParamConverter, RouteModule } from './types.ts'

/** The type a converter gives its parameter. */
export type ParamOf<C> = C extends ParamConverter<infer T> ? T : never

/** Fails the type check with what {@link RouteCheck} says. */
export type Assert<T extends never> = T

/**
 * `problems` is `never`, or says what is wrong with the module of a route, layout or root file.
 * A property, because the compiler prints the sentences of a union only where it has no name of its own.
 */
export interface RouteCheck<M, Id extends string, File extends string> {
  problems:
    | WrongId<IdsIn<M>, Id, File>
    | {
        [K in keyof M & keyof Shapes]: M[K] extends Shapes[K] ? never : `${File}: the export '${K}' has the wrong type.`
      }[keyof M & keyof Shapes]
}

/** Exports that nothing else checks and that are cheap to compare, which views, loaders and zod schemas are not. */
interface Shapes extends Required<Pick<RouteModule, 'head' | 'headers' | 'middleware' | 'cache'>> {
  permission: PermissionName | ((context: never) => boolean | Promise<boolean>)
}

type WrongId<Found, Id extends string, File extends string> = Found extends Id
  ? never
  : `${File} names the route '${Found & string}', but its own id is '${Id}'. Write '${Id}' there.`

type IdsIn<M> =
  | IdOfContext<M, 'loader' | 'action' | 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'>
  | (M extends { actions: infer Actions } ? IdOfContext<Actions, keyof Actions> : never)
  | (M extends { permission: (context: infer C) => unknown } ? Literal<IdIn<C>> : never)
  | (M extends { default: (props: infer Props) => unknown } ? Literal<IdIn<Props>> : never)

type IdOfContext<M, Names> = { [K in keyof M & Names]: Literal<IdOf<M[K]>> }[keyof M & Names]

/** Leaves out `string`, which says that no id was named and would swallow those that were. */
type Literal<T> = string extends T ? never : T
