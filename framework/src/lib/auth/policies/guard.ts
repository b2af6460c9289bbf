import { HotclubError } from '../../core/hotclub-error.ts'
import { modelPermission, type User } from '../../core/user.ts'
import { allOf, everything, nothing, parseFilter, type Filter } from '../../db/call/filter.ts'
import { findField, namesOf, type Names } from '../../db/call/names.ts'
import { isPlain } from '../../db/call/values.ts'
import type { FieldMetadata, ModelMetadata, SchemaMetadata } from '../../schema/types.ts'
import { whereTrue } from './definite.ts'
import { keyOf, type PolicySet } from './policy-set.ts'
import type { Action, FieldRule } from './policy.ts'

/** The permission that stands for an action where a model has no policy. */
export const permissionOf = { read: 'view', create: 'add', update: 'change', delete: 'delete' } as const

/** What one user may do: the rules of the policies, each asked once, when it is first needed. */
export class Guard implements Names {
  readonly schema: SchemaMetadata
  readonly user: User | null
  readonly #policies: PolicySet
  readonly #rows = new Map<ModelMetadata, Partial<Record<Action, Filter>>>()
  readonly #hidden = new Map<ModelMetadata, ReadonlySet<string>>()

  /**
   * @param policies Those of the app
   * @param user Somebody inactive counts as nobody
   */
  constructor(policies: PolicySet, user: User | null) {
    this.schema = policies.schema
    this.user = user?.isActive ? user : null
    this.#policies = policies
  }

  /** The rows with which the user may do something: `everything`, `nothing`, or a filter that is true or false for each row. */
  rows(model: ModelMetadata, action: Action): Filter {
    let rules = this.#rows.get(model)
    if (!rules) this.#rows.set(model, (rules = {}))
    return (rules[action] ??= this.#compile(model, action))
  }

  /** The rows that may be read and with which the user may do something. */
  readableRows(model: ModelMetadata, action: Action): Filter {
    const readable = this.rows(model, 'read')
    return action === 'read' ? readable : allOf(readable, this.rows(model, action))
  }

  /** The field of that name, if the user may see it. */
  find(model: ModelMetadata, name: string): FieldMetadata | undefined {
    return this.#hiddenFields(model).has(name) ? undefined : findField(model, name)
  }

  /** Whether the user may give a field a value. */
  mayWrite(model: ModelMetadata, name: string, action: 'create' | 'update'): boolean {
    const rules = this.#policies.rules.get(model.name)?.fields?.[name]
    if (!rules || this.#isSuperuser) return true
    return action in rules ? this.#holds(rules[action]) : this.#mayRead(model, name)
  }

  get #isSuperuser(): boolean {
    return this.user?.isSuperuser ?? false
  }

  #compile(model: ModelMetadata, action: Action): Filter {
    if (this.#isSuperuser) return everything
    const policy = this.#policies.rules.get(model.name)
    if (!policy) return this.user?.can(modelPermission(model.delegate, permissionOf[action])) ? everything : nothing
    const given = policy[action]
    const rule = typeof given === 'function' ? given({ user: this.user }) : given
    if (rule === true) return everything
    if (rule === false || rule === null || rule === undefined) return nothing
    if (isPlain(rule)) return whereTrue(parseFilter(namesOf(this.schema), model, rule))
    throw new HotclubError('HC_POLICY', {
      where: `definePolicy('${model.delegate}')`,
      message: `The rule '${action}' gives ${typeof rule === 'object' ? 'an object that is no where' : `a ${typeof rule}`}.`,
      hint: 'Give true, false or a where. A rule cannot wait: load what it needs with the user.',
    })
  }

  #hiddenFields(model: ModelMetadata): ReadonlySet<string> {
    let hidden = this.#hidden.get(model)
    if (!hidden) {
      const names = this.#isSuperuser ? [] : model.fields.map((field) => field.name).filter((name) => !this.#mayRead(model, name))
      this.#hidden.set(model, (hidden = new Set(names)))
    }
    return hidden
  }

  /** A relation says what its key says, so it goes with it, from both sides. */
  #mayRead(model: ModelMetadata, name: string): boolean {
    const rules = this.#policies.rules.get(model.name)?.fields?.[name]
    if (rules && 'read' in rules && !this.#holds(rules.read)) return false
    const field = findField(model, name)
    if (field?.kind !== 'relation') return true
    const key = keyOf(this.schema, model, field)
    return key.columns.every((column) => this.#mayRead(key.model, column))
  }

  #holds(rule: FieldRule): boolean {
    // Nothing but `true`: a promise, say of `user.can(…, row)`, is no answer.
    return (typeof rule === 'function' ? rule({ user: this.user }) : rule) === true
  }
}
