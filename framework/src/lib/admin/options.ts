/** What an app says of its admin, in the files of `admin/`. */
import type { FieldOf, ModelOf } from '../core/models.ts'
import type { Db } from '../core/register.ts'

/** The admin as a whole: the default export of `admin/site.ts`. */
export interface SiteOptions {
  /** What it is called (default: `Admin`). */
  title?: string
}

/** Which rows a list has, and what it shows of them. */
export interface ListOptions<F extends string> {
  /** Columns from left to right (default: what names the row, then status, dates, numbers and relations, up to seven). */
  columns?: readonly F[]
  /** Fields that the search box looks into; `director.name` reaches into a relation (default: what names the row). */
  search?: readonly (F | `${F}.${string}`)[]
  /** Fields to filter by (default: every choice, yes or no, date and relation to one among the columns). */
  filters?: readonly F[]
  /** The order at first; `-` in front of a field turns it round (default: the newest key first). */
  sort?: readonly (F | `-${F}`)[]
  /** Rows of a page (default: 50). */
  pageSize?: number
}

/** What a form has. */
export interface FormOptions<F extends string> {
  /** Fields in their order; those under a heading stand together (default: every field that can be written). */
  fields?: readonly F[] | Readonly<Record<string, readonly F[]>>
  /** Fields that are shown and cannot be changed. */
  readonly?: readonly F[]
}

/** What differs from the generated admin of a model. */
export interface AdminOptions<F extends string = string> {
  list?: ListOptions<F>
  form?: FormOptions<F>
  /** Leaves the model out of the admin. */
  hidden?: boolean
}

/** The admin of one model: the default export of `admin/<model>.tsx`. */
export interface ModelAdmin {
  /** The name on the client. */
  readonly model: string
  readonly options: AdminOptions
}

/**
 * Says what the admin is like as a whole. An app has an admin once it has `admin/site.ts`:
 *
 * ```ts
 * export default defineSite({ title: 'Matinée' })
 * ```
 */
export function defineSite(options: SiteOptions = {}): SiteOptions {
  return options
}

/**
 * Says what the admin of a model shows differently; all it does not name stays as generated.
 *
 * @param model The name on the client: `movie` of `db.movie`
 */
export function defineAdmin<const M extends ModelOf<Db>>(model: M, options: AdminOptions<FieldOf<Db, M>>): ModelAdmin {
  return { model, options: options as unknown as AdminOptions }
}
