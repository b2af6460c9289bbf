/** What one member of staff may see and do in the admin: their permissions, and within them the policies. */
import { visibleFields, why, writableFields } from '../auth/policies/explain.ts'
import { requireUser } from '../auth/require.ts'
import { type Context, contextKey } from '../core/context.ts'
import { HttpError, notFound } from '../core/results.ts'
import { modelPermission, type User } from '../core/user.ts'
import { type Client, type Delegate, delegateOf } from '../db/client/delegates.ts'
import type { AsUser } from '../auth/policies/with-policies.ts'
import type { ModelMetadata } from '../schema/types.ts'
import { builtInRules, isSecret, mayWriteField } from './accounts-rules.ts'
import { adminService, type AdminModel, type AdminSite } from './site.ts'

/** What can be done with a model. */
export type Verb = 'view' | 'add' | 'change' | 'delete'

/** Lets in who is signed in and of the staff. Others are sent to the login page, or get 403. */
export async function isStaff(context: Context): Promise<boolean> {
  const user = await requireUser(context)
  return user.isActive && user.isStaff
}

const accessKey = contextKey<Promise<Access>>('the access to the admin')

/** The admin as one member of staff has it, for one request. */
export class Access {
  readonly site: AdminSite
  readonly user: User
  /** The client as this user has it. */
  readonly db: Client
  readonly #all: Client & AsUser<Client>
  readonly #visible = new Map<ModelMetadata, ReadonlySet<string>>()

  private constructor(site: AdminSite, user: User, db: Client & AsUser<Client>) {
    this.site = site
    this.user = user
    this.#all = db
    this.db = db.as(user)
  }

  /** The same one for the whole request. @throws A redirect to the login page, or 403, as {@link isStaff} */
  static of(context: Context): Promise<Access> {
    if (!context.has(accessKey)) context.set(accessKey, Access.#open(context))
    return context.get(accessKey)
  }

  static async #open(context: Context): Promise<Access> {
    if (!(await isStaff(context))) throw new HttpError(403)
    const user = (await context.user)!
    return new Access(context.service(adminService), user, context.db as Client & AsUser<Client>)
  }

  /** Whether rows of a model can be open to the user for something. */
  async may({ metadata }: AdminModel, verb: Verb): Promise<boolean> {
    if (verb !== 'view' && builtInRules(metadata)?.readonly) return false
    const permission = modelPermission(metadata.delegate, verb)
    return this.user.can(permission) && (await why(this.#all, this.user, permission)).allowed
  }

  /** Whether the user may do something with this very row. @param row Has the columns of its key */
  async mayRow(model: AdminModel, verb: Verb, row: object): Promise<boolean> {
    return (await this.may(model, verb)) && (await this.user.can(modelPermission(model.metadata.delegate, verb), row))
  }

  /**
   * The model of an address.
   *
   * @throws 404 where there is none, or none that the user may know of
   */
  async model(slug: string, verb: Verb = 'view'): Promise<AdminModel> {
    const model = this.site.bySlug(slug)
    if (!model || !(await this.may(model, 'view'))) notFound()
    if (verb !== 'view' && !(await this.may(model, verb))) throw new HttpError(403)
    return model
  }

  /** Whether the user may see a field. */
  sees(model: ModelMetadata, field: string): boolean {
    if (isSecret(model, field)) return false
    let fields = this.#visible.get(model)
    if (!fields) this.#visible.set(model, (fields = new Set(visibleFields(this.#all, this.user, model.delegate))))
    return fields.has(field)
  }

  /** The fields that the user may give a value. */
  writable(model: ModelMetadata, action: 'create' | 'update'): ReadonlySet<string> {
    const names = writableFields(this.#all, this.user, model.delegate, action)
    return new Set(names.filter((name) => !isSecret(model, name) && mayWriteField(this.user, model, name)))
  }

  /** The rows of a model as the user has them. */
  rows(model: ModelMetadata): Delegate {
    return delegateOf(this.db, model)
  }
}
