import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTestProject, loadGenerated, type TestProject } from '../db/_test-project.ts'
import { generate } from './generate.ts'
import { permissionsOf } from './permissions.ts'
import type { SchemaMetadata } from './types.ts'

function project(models: string): TestProject {
  const created = createTestProject(models)
  onTestFinished(() => created.remove())
  return created
}

const user = 'model User {\n  id Int @id\n}'

describe('the permissions of a schema', () => {
  it('are four for each model, and those that its comment adds, in words too', async () => {
    const at = project(`
/// A film.  @singular film  @permissions restore view setRating
model Movie {
  id Int @id
}
model SessionValue {
  id Int @id
}`)
    const { metadata } = await loadGenerated<{ metadata: SchemaMetadata }>(at, 'metadata.ts')

    expect(permissionsOf(metadata).map(({ name, label }) => `${name}: ${label}`)).toEqual([
      'movie.view: Can view films',
      'movie.add: Can add films',
      'movie.change: Can change films',
      'movie.delete: Can delete films',
      'movie.restore: Can restore films',
      'movie.setRating: Can set rating films',
      'sessionValue.view: Can view session values',
      'sessionValue.add: Can add session values',
      'sessionValue.change: Can change session values',
      'sessionValue.delete: Can delete session values',
    ])
  })

  it.each([
    ['@permissions moderate, be-kind', `@permissions of the model Review: 'be-kind' cannot`],
    [`@permissions it's`, `@permissions of the model Review: 'it's' cannot`],
    ['@permissions', `@permissions of the model Review: '' cannot`],
  ])('are refused when the client is generated, with %s', async (annotation, message) => {
    const at = project(`/// A review.  ${annotation}\nmodel Review {\n  id Int @id\n}`)

    await expect(generate({ root: at.root })).rejects.toMatchObject({
      code: 'HC_SCHEMA',
      message: expect.stringMatching(new RegExp(`^${message}`)),
    })
  })

  it('become types, as do the rows of users, once the schema has users', async () => {
    const at = project(user)
    const read = (file: string): string => readFileSync(join(at.root, file), 'utf8')
    await generate({ root: at.root })
    expect(read('prisma/generated/metadata.ts')).toContain(`export type PermissionName =\n  | 'user.view'\n  | 'user.add'`)
    expect(read('.hotclub/types/db.d.ts')).toMatch(/user: User\n +permission: PermissionName/)

    at.write('prisma/schema.prisma', read('prisma/schema.prisma').replace('model User', 'model Person'))
    await generate({ root: at.root })
    expect(read('.hotclub/types/db.d.ts')).not.toMatch(/ user: |PermissionName/)
  })
})
