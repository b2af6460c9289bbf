import { describe, expectTypeOf, it } from 'vitest'
import type { User } from '../../core/user.ts'
import type { FieldOf, ModelOf, WhereOf } from '../../core/models.ts'
import { definePolicy, type PolicyRules } from './policy.ts'
import { withPolicies } from './with-policies.ts'

/** As Prisma generates it: a model's types under a symbol. */
interface ReviewDelegate {
  [key: symbol]: {
    types: {
      payload: { scalars: { id: number; status: string; authorId: number | null }; objects: { author: object } }
      operations: { findFirst: { args: { where?: { id?: number; status?: string; authorId?: number | null; OR?: object[] } } } }
    }
  }
  findMany(): Promise<{ id: number }[]>
}
interface Client {
  review: ReviewDelegate
  $connect(): Promise<void>
}

/** The rules of a model, as {@link definePolicy} takes them in an app with that client. */
type Rules = PolicyRules<WhereOf<Client, 'review'>, FieldOf<Client, 'review'>>

describe('definePolicy', () => {
  it('takes the models of the client', () => {
    expectTypeOf<ModelOf<Client>>().toEqualTypeOf<'review'>()
    expectTypeOf(definePolicy).parameter(0).toBeString()
  })

  it('takes a where, a boolean or nothing, or a function of the user that gives one', () => {
    const rules: Rules = {
      read: ({ user }) => {
        expectTypeOf(user).toEqualTypeOf<User | null>()
        return user ? true : { status: 'PUBLISHED' }
      },
      create: true,
      update: ({ user }) => user && { authorId: 7 },
      delete: null,
      fields: { status: { update: ({ user }) => user?.can('review.moderate') }, author: { read: false } },
    }
    expectTypeOf(rules).toExtend<Rules>()
  })

  it('refuses columns and fields that the schema does not have', () => {
    // @ts-expect-error -- no such column
    expectTypeOf<Rules>({ read: { state: 'PUBLISHED' } })
    // @ts-expect-error -- a number, not a text
    expectTypeOf<Rules>({ read: () => ({ authorId: 'seven' }) })
    // @ts-expect-error -- no such field
    expectTypeOf<Rules>({ fields: { note: {} } })
    // @ts-expect-error -- rules cannot wait
    expectTypeOf<Rules>({ read: async () => true })
  })
})

describe('withPolicies', () => {
  it('gives a client of the same type for a user', () => {
    const db = withPolicies({} as Client, [], { provider: 'sqlite', models: {}, enums: {} })

    expectTypeOf(db.as).parameters.toEqualTypeOf<[User | null]>()
    expectTypeOf(db.as(null)).toEqualTypeOf<Client>()
  })
})
