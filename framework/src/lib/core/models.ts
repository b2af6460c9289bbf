/** Types that are taken from the app's client. */

/** A model of the app's client, with its types: Prisma keeps them under a symbol. */
interface ModelTypes {
  [key: symbol]: {
    types: { payload: { scalars: object; objects: object }; operations: { findFirst: { args: { where?: unknown } } } }
  }
}

/** Names of the models of a client: `review` of `db.review`; any text before types were generated. */
export type ModelOf<D> = unknown extends D ? string : { [K in keyof D & string]: D[K] extends ModelTypes ? K : never }[keyof D & string]

/** Prisma's own types of a model. */
type TypesOf<D, M> = M extends keyof D ? (D[M] extends ModelTypes ? D[M][symbol]['types'] : never) : never

/** A Prisma `where` of a model. */
export type WhereOf<D, M> = unknown extends D ? object : NonNullable<TypesOf<D, M>['operations']['findFirst']['args']['where']>

/** Columns and relations of a model. */
export type FieldOf<D, M> = unknown extends D
  ? string
  : (keyof TypesOf<D, M>['payload']['scalars'] | keyof TypesOf<D, M>['payload']['objects']) & string

/** A row of a model: its columns. */
export type RowOf<D, M> = unknown extends D ? Record<string, D> : TypesOf<D, M>['payload']['scalars']

/** The columns of a model. */
export type ColumnOf<D, M> = unknown extends D ? string : keyof RowOf<D, M> & string

/** A relation of a model to many rows, with one of them. */
export type LinkOf<D, M> = unknown extends D ? { field: string; other: Record<string, D> } : Links<TypesOf<D, M>['payload']['objects']>

type Links<O> = {
  [F in keyof O]: O[F] extends readonly (infer P)[] ? (P extends { scalars: infer R } ? { field: F; other: R } : never) : never
}[keyof O]
