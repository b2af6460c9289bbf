import type { FieldOf, ModelOf, WhereOf } from '../../core/models.ts'
import type { Db } from '../../core/register.ts'
import type { User } from '../../core/user.ts'

/** What a rule is told. */
export interface PolicyContext {
  /** Who asks; `null` for somebody who is not signed in. Active superusers are never asked about. */
  user: User | null
}

type Given<T> = T | ((context: PolicyContext) => T)

/** All rows, none (`false`, `null`, `undefined`), or those of a `where`. */
export type RowRule<W> = Given<boolean | null | undefined | W>

/** Whether somebody may. */
export type FieldRule = Given<boolean | null | undefined>

/** Who may see and write a field of the rows that they may see and write. */
export interface FieldRules {
  /** Default: everybody. Without it the field does not exist: naming it is the same mistake as naming one that the model lacks. */
  read?: FieldRule
  /** Whether a new row may have it given (default: as `read`). */
  create?: FieldRule
  /** Whether it may be changed (default: as `read`). */
  update?: FieldRule
}

/** The rules of a model. One that is missing lets nobody through but superusers. */
export interface PolicyRules<W, F extends string> {
  /** Rows that exist for the user. */
  read?: RowRule<W>
  /** What a new row has to be like, once it is written. */
  create?: RowRule<W>
  /** Rows, among those that may be read, that may be changed; they have to be like that before and after. */
  update?: RowRule<W>
  /** Rows, among those that may be read, that may be deleted. */
  delete?: RowRule<W>
  fields?: { [K in F]?: FieldRules }
}

/** What can be done with a row. */
export type Action = 'read' | 'create' | 'update' | 'delete'

/** The rules of one model: the default export of `app/policies/<model>.ts`. */
export interface Policy {
  /** The name on the client. */
  readonly model: string
  readonly rules: PolicyRules<object, string>
}

/**
 * Says who may see and do what with the rows and fields of a model. The rules hold for `db.as(user)`.
 *
 * A rule is called once for each user object, so once a request. An `undefined` inside its `where` (`{ authorId: user?.id }` for somebody who is not signed in) lets no
 * row through, where Prisma would leave the condition out.
 *
 * @param model The name on the client: `review` of `db.review`
 */
export function definePolicy<const M extends ModelOf<Db>>(model: M, rules: PolicyRules<WhereOf<Db, M>, FieldOf<Db, M>>): Policy {
  return { model, rules: rules as PolicyRules<object, string> }
}
