import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import { permissionsOf } from '../schema/permissions.ts'
import type { SchemaMetadata } from '../schema/types.ts'
import { syncPermissions, type PermissionsDb } from './sync-permissions.ts'

let lab: AccountsLab
let db: AccountsLab['db']

const sync = (schema: SchemaMetadata = lab.metadata): Promise<number> => syncPermissions(db as object as PermissionsDb, schema)

beforeAll(async () => {
  lab = await createAccountsLab('/// A review.  @permissions moderate\nmodel Review {\n  id Int @id\n}')
  db = lab.db
})
afterAll(() => lab.remove())

const rows = async (): Promise<Array<{ name: string; label: string }>> =>
  await db['permission']!['findMany']!({ select: { name: true, label: true }, orderBy: { id: 'asc' } })

describe('syncPermissions', () => {
  it('writes what is missing, and nothing the second time', async () => {
    const wanted = permissionsOf(lab.metadata)

    expect(await sync()).toBe(wanted.length)
    expect(await rows()).toEqual(wanted)
    expect(wanted).toContainEqual({ name: 'review.moderate', label: 'Can moderate reviews' })
    expect(await sync()).toBe(0)
  })

  it('gives a permission the label of the schema, and leaves to groups what the schema no longer has', async () => {
    await db['permission']!['update']!({ where: { name: 'review.view' }, data: { label: 'Old' } })
    const group = { name: 'Moderators', permissions: { connect: { name: 'review.moderate' } } }
    await db['group']!['create']!({ data: group })
    const { Review: _, ...models } = lab.metadata.models

    expect(await sync({ ...lab.metadata, models })).toBe(0)
    expect(await db['group']!['count']!({ where: { permissions: { some: { name: 'review.moderate' } } } })).toBe(1)

    expect(await sync()).toBe(1)
    expect(await rows()).toContainEqual({ name: 'review.view', label: 'Can view reviews' })
  })

  it('may run twice at once', async () => {
    await db['permission']!['deleteMany']!()
    await Promise.all([sync(), sync()])

    expect((await rows()).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      permissionsOf(lab.metadata).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    )
  })
})
