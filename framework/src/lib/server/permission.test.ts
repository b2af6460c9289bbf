import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createElement, type ReactNode } from 'react'
import { z } from 'zod'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import { defineAuth } from '../auth/config.ts'
import { joinGroup } from '../auth/permissions.ts'
import { requirePermission, requireUser } from '../auth/require.ts'
import type { Context } from '../core/context.ts'
import { anyone, signedIn } from '../core/permission.ts'
import { formAction } from '../forms/form-action.ts'
import type { RouteModule } from '../routing/types.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

let lab: AccountsLab
let loaded: string[] = []

beforeAll(async () => {
  lab = await createAccountsLab()
})
afterAll(() => lab.remove())
beforeEach(() => {
  loaded = []
})

const view = (): ReactNode => createElement('p', null, 'shown')
const loader = (name: string) => (): object => {
  loaded.push(name)
  return { name }
}
const wrap = ({ children }: { children?: ReactNode }): ReactNode => createElement('div', null, children)

const routes: Record<string, RouteModule> = {
  'index.tsx': { default: view },
  'members.tsx': { default: view, loader: loader('members'), permission: signedIn },
  'moderate/layout.tsx': {
    default: wrap,
    loader: loader('moderate layout'),
    permission: 'review.moderate',
    ErrorView: () => createElement('p', null, 'the layout was shown'),
  },
  'moderate/index.tsx': { default: view, loader: loader('moderate') },
  'moderate/data.ts': { GET: () => ({ secret: 1 }) },
  'odd.tsx': { default: view, loader: loader('odd'), permission: ({ url }: Context) => url.searchParams.has('open') },
  'inside.tsx': { default: view, loader: async (context: Context) => ({ id: (await requireUser(context)).id }) },
  'inside.ts.ts': { GET: async (context: Context) => ({ id: (await requireUser(context)).id }) },
  'inside-moderate.tsx': { default: view, loader: async (context: Context) => void (await requirePermission(context, 'review.moderate')) },
  'join.ts': {
    async POST(context: Context) {
      await joinGroup(context, (await context.user)!, 'Moderators')
    },
  },
  'forms.tsx': {
    default: view,
    actions: {
      member: formAction({
        schema: z.object({ text: z.string() }),
        permission: signedIn,
        handle: ({ user, data }) => ({ by: user.email, text: data.text }),
      }),
      moderate: formAction({ schema: z.object({}), permission: 'review.moderate', handle: ({ user }) => ({ by: user.id }) }),
    },
  },
}

function open(access: 'open' | 'closed' = 'open', more: Record<string, RouteModule> = {}): Promise<TestApp> {
  return createTestApp({ routes: { ...routes, ...more }, db: lab.db as never, auth: defineAuth({ siteName: 'Test', access }) })
}

async function moderator(): Promise<any> {
  const user = await lab.createUser()
  const permissions = { connectOrCreate: { where: { name: 'review.moderate' }, create: { name: 'review.moderate', label: '' } } }
  await lab.db['group']!['upsert']!({
    where: { name: 'Moderators' },
    create: { name: 'Moderators', permissions, users: { connect: { id: user.id } } },
    update: { users: { connect: { id: user.id } } },
  })
  return user
}

describe('a route with a permission', () => {
  it('sends a stranger to the login page and back, and runs none of its loaders', async () => {
    const app = await open()

    const page = await app.request('/members?tab=2')
    const data = await app.request('/_hotclub/data/members')

    expect([page.status, page.headers.get('location')]).toEqual([302, '/login?next=%2Fmembers%3Ftab%3D2'])
    expect(await data.text()).toContain('/login?next=%2Fmembers')
    expect(loaded).toEqual([])
  })

  it('lets in whoever has it: by themselves, by a group, as a superuser', async () => {
    const app = await open()
    const own = await lab.createUser({
      permissions: { connectOrCreate: { where: { name: 'review.moderate' }, create: { name: 'review.moderate', label: '' } } },
    })

    for (const user of [own, await moderator(), await lab.createUser({ isSuperuser: true })]) {
      const client = app.client()
      await client.logIn(user)

      expect((await client.request('/moderate')).status).toBe(200)
      expect((await client.request('/moderate/data')).status).toBe(200)
    }
  })

  it('refuses everybody else, and shows nothing of the level that refuses', async () => {
    const client = (await open()).client()
    await client.logIn(await lab.createUser({ isStaff: true }))

    const response = await client.request('/moderate')

    expect(response.status).toBe(403)
    expect(await response.text()).not.toMatch(/shown|the layout/)
    expect(loaded).toEqual([])
  })

  it('guards the resources below its layout, which answer 401 and 403', async () => {
    const app = await open()
    const client = app.client()
    await client.logIn(await lab.createUser())

    expect((await app.request('/moderate/data')).status).toBe(401)
    expect((await client.request('/moderate/data')).status).toBe(403)
  })

  it('may decide by itself', async () => {
    const app = await open()

    expect((await app.request('/odd?open')).status).toBe(200)
    expect((await app.request('/odd')).status).toBe(302)
  })
})

describe('requireUser and requirePermission', () => {
  it('do inside a loader what the export does before it', async () => {
    const app = await open()
    const client = app.client()
    await client.logIn(await lab.createUser())
    const html = { headers: { accept: 'text/html' } }

    expect((await app.request('/inside', html)).headers.get('location')).toBe('/login?next=%2Finside')
    expect((await app.request('/inside.ts', html)).status).toBe(302)
    expect((await app.request('/inside.ts', { headers: { accept: 'application/json' } })).status).toBe(401)
    expect((await client.request('/inside', html)).status).toBe(200)
    expect((await client.request('/inside-moderate', html)).status).toBe(403)
  })
})

describe('a form with a permission', () => {
  it('comes back to a stranger with what was typed, and gives its handler the user', async () => {
    const app = await open()
    const client = app.client()
    const user = await lab.createUser()

    const refused = await app.submit('/forms', 'member', { text: 'a long text' })
    await client.logIn(user)
    const taken = await client.submit('/forms', 'member', { text: 'a long text' })

    expect(refused).toMatchObject({ status: 401, formErrors: [expect.stringContaining('not signed in')] })
    expect(taken).toMatchObject({ status: 200, actionData: { by: user.email, text: 'a long text' } })
  })

  it('refuses a user without it', async () => {
    const client = (await open()).client()
    await client.logIn(await lab.createUser())

    expect((await client.submit('/forms', 'moderate', {})).status).toBe(403)
  })
})

describe('a closed app', () => {
  const more = { 'open.tsx': { default: view, permission: anyone }, 'open.ts.ts': { GET: () => 'open', permission: anyone } }

  it('asks for somebody signed in, except where a route is open', async () => {
    const app = await open('closed', more)
    const client = app.client()
    await client.logIn(await lab.createUser())

    expect((await app.request('/')).status).toBe(302)
    expect((await app.request('/open')).status).toBe(200)
    expect((await app.request('/open.ts')).status).toBe(200)
    expect((await client.request('/')).status).toBe(200)
  })
})

describe('a permission that was given', () => {
  it('counts with the next request of this process', async () => {
    const client = (await open()).client()
    await moderator()
    await client.logIn(await lab.createUser())
    expect((await client.request('/moderate')).status).toBe(403)

    await client.request('/join', { method: 'POST' })

    expect((await client.request('/moderate')).status).toBe(200)
    expect(await lab.db['auditEvent']!['count']!({ where: { kind: 'account.permissionsChanged' } })).toBe(1)
  })
})
