/** Says what a user may do before it is tried, and why not. */
import { HotclubError } from '../../core/hotclub-error.ts'
import type { PermissionName, User } from '../../core/user.ts'
import { everything, nothing } from '../../db/call/filter.ts'
import { printOneRow } from '../../db/call/print-filter.ts'
import type { ModelMetadata } from '../../schema/types.ts'
import { delegateOf, type Client, type Row } from '../../db/client/delegates.ts'
import { Guard, permissionOf } from './guard.ts'
import type { PolicySet } from './policy-set.ts'
import type { Action } from './policy.ts'
import { identityColumns, keyOfRow } from '../../db/write/row-key.ts'
import { policiesOf } from './with-policies.ts'

/**
 * Why somebody may not: `signedOut`, nobody is signed in; `permission`, the user lacks it; `noRule`, the policy has no rule for it; `rule`, the rule does not let
 * them through; `missing`, there is no such row, or none that they may know of.
 */
export type DenialReason = 'signedOut' | 'permission' | 'noRule' | 'rule' | 'missing'

/** Whether somebody may do something. */
export type Decision = { allowed: true } | { allowed: false; reason: DenialReason; /** For people. */ message: string }

const actions: Readonly<Record<string, Action>> = { view: 'read', add: 'create', change: 'update', delete: 'delete' }
const allowed: Decision = { allowed: true }

/**
 * Says whether somebody may do something, and if not, why.
 *
 * @param db The app's client
 * @param user `null` for somebody who is not signed in
 * @param permission `review.change`; without a row, whether it can be allowed at all
 * @param row The row it is about, with its key; it is looked up, so a row that changed meanwhile counts as it is now
 * @throws {HotclubError} `HC_POLICY` when the client has no policies, `HC_CALL` when the row has no key
 */
export async function why(db: object, user: User | null, permission: PermissionName, row?: object): Promise<Decision> {
  const set = policiesFor(db)
  const guard = new Guard(set, user)
  if (guard.user?.isSuperuser) return allowed
  const [delegate, verb] = permission.split('.') as [string, string?]
  const model = Object.values(set.schema.models).find((candidate) => candidate.delegate === delegate)
  const action = actions[verb ?? '']
  if (!model || !action)
    return guard.user?.can(permission) ? allowed : denied(guard, 'permission', `You need the permission ${permission}.`)
  const many = `${verb} ${model.plural}`
  if (guard.rows(model, action) === nothing) return denied(guard, ...noRows(set, model, action, many))
  if (row === undefined || action === 'create') return allowed
  if (!(await isAmong(db, guard, model, row, 'read')))
    return { allowed: false, reason: 'missing', message: `There is no such ${model.singular}.` }
  if (action === 'read' || (await isAmong(db, guard, model, row, action))) return allowed
  return { allowed: false, reason: 'rule', message: `You may not ${verb} this ${model.singular}.` }
}

/** Whether somebody may do something with a row; what `user.can('review.change', review)` asks. The same as {@link why} without the reason. */
export async function allowsRow(db: object, user: User | null, permission: PermissionName, row: object): Promise<boolean> {
  return (await why(db, user, permission, row)).allowed
}

/**
 * Names the fields of a model that somebody may see.
 *
 * @param model The name on the client: `review` of `db.review`
 */
export function visibleFields(db: object, user: User | null, model: string): string[] {
  const set = policiesFor(db)
  const guard = new Guard(set, user)
  const metadata = modelOf(set, model)
  return metadata.fields.map((field) => field.name).filter((name) => guard.find(metadata, name))
}

/**
 * Names the fields of a model that somebody may see and give a value, in the rows that they may create or change.
 *
 * @param model The name on the client: `review` of `db.review`
 */
export function writableFields(db: object, user: User | null, model: string, action: 'create' | 'update'): string[] {
  const set = policiesFor(db)
  const guard = new Guard(set, user)
  const metadata = modelOf(set, model)
  return visibleFields(db, user, model).filter((name) => guard.mayWrite(metadata, name, action))
}

function noRows(set: PolicySet, model: ModelMetadata, action: Action, many: string): [DenialReason, string] {
  const policy = set.rules.get(model.name)
  if (!policy) return ['permission', `You need the permission ${model.delegate}.${permissionOf[action]}.`]
  return policy[action] === undefined ? ['noRule', `Nobody may ${many}.`] : ['rule', `You may not ${many}.`]
}

/** Whoever is not signed in is told that first: it may be all that is missing. */
function denied({ user }: Guard, reason: DenialReason, message: string): Decision {
  return user === null && reason !== 'noRule'
    ? { allowed: false, reason: 'signedOut', message: 'Sign in first.' }
    : { allowed: false, reason, message }
}

async function isAmong(db: object, guard: Guard, model: ModelMetadata, row: object, action: Action): Promise<boolean> {
  const columns = identityColumns(model)
  const missing = columns.find((name) => !(name in row))
  if (missing !== undefined)
    throw new HotclubError('HC_CALL', {
      where: model.delegate,
      message: `The row has no '${missing}', so it cannot be looked up.`,
      hint: `Read ${columns.join(' and ')} along with what you show of it.`,
    })
  const filter = guard.readableRows(model, action)
  if (filter === everything && action !== 'read') return true
  return (await delegateOf(db as Client, model).findUnique({ where: printOneRow({ key: keyOfRow(model, row as Row), filter }) })) !== null
}

function policiesFor(db: object): PolicySet {
  const set = policiesOf(db)
  if (set) return set
  throw new HotclubError('HC_POLICY', {
    message: 'The client has no policies.',
    hint: 'Pass the `db` of a loader or action; a test gives its own client some with withPolicies().',
  })
}

function modelOf({ schema }: PolicySet, delegate: string): ModelMetadata {
  const model = Object.values(schema.models).find((candidate) => candidate.delegate === delegate)
  if (model) return model
  throw new HotclubError('HC_MODEL', {
    message: `The schema has no model '${delegate}'.`,
    hint: `There are ${Object.values(schema.models)
      .map((candidate) => candidate.delegate)
      .join(', ')}.`,
  })
}
