import type { User } from '../../core/user.ts'
import type { SchemaMetadata } from '../../schema/types.ts'
import type { Client } from '../../db/client/delegates.ts'
import { Guard } from './guard.ts'
import { policySet, type PolicySet } from './policy-set.ts'
import type { Policy } from './policy.ts'
import { restrictedClients } from './restricted-client.ts'

/** What policies add to a client. */
export interface AsUser<C> {
  /**
   * Returns a client that sees and does only what the policies allow somebody.
   *
   * Rules are asked once for each user object, which lives as long as a request, and each time for nobody.
   *
   * @param user `null` for somebody who is not signed in; an active superuser gets the client as it is
   */
  as(user: User | null): C
}

const policiesKey = Symbol.for('hotclub.policies')

/**
 * Gives a client the method `as`. Inside `$transaction`, the transaction has it too.
 *
 * @param client The app's Prisma client; it is changed in place
 * @param policies The default exports of `app/policies/*.ts`
 * @throws {HotclubError} `HC_POLICY` or `HC_FIELD` when a policy does not fit the schema
 */
export function withPolicies<C extends object>(client: C, policies: readonly Policy[], schema: SchemaMetadata): C & AsUser<C> {
  const set = policySet(policies, schema)
  const restrict = restrictedClients(schema)
  const guards = new WeakMap<User, Guard>()
  const guardOf = (user: User | null): Guard => {
    if (user === null) return new Guard(set, null)
    let guard = guards.get(user)
    if (!guard) guards.set(user, (guard = new Guard(set, user)))
    return guard
  }
  const as = function (this: Client, user: User | null): object {
    return user?.isActive && user.isSuperuser ? this : restrict(guardOf(user), this)
  }
  Object.defineProperty(client, policiesKey, { value: set, configurable: true })
  return Object.defineProperty(client, 'as', { value: as, configurable: true }) as C & AsUser<C>
}

/** The policies that a client, or a transaction of it, was given; `undefined` without any. */
export function policiesOf(client: object): PolicySet | undefined {
  return (client as { [policiesKey]?: PolicySet })[policiesKey]
}
