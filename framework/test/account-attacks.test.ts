/**
 * Plays the attacker against accounts: with a session of somebody else's, with every form and page there is, from many addresses. Every attempt has
 * to fail. Flows by themselves are attacked beside them: framework/src/lib/accounts/*.test.ts, framework/src/lib/auth, session/sessions.test.ts.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountRoutes } from '../src/lib/accounts/routes.ts'
import { defineAuth } from '../src/lib/auth/config.ts'
import { hashPassword } from '../src/lib/auth/passwords/passwords.ts'
import type { Context } from '../src/lib/core/context.ts'
import { defineSettings } from '../src/lib/core/settings.ts'
import { signedIn } from '../src/lib/core/permission.ts'
import { createTestApp, type TestApp } from '../src/lib/testing/test-app.ts'
import type { TestClient } from '../src/lib/testing/test-client.ts'
import { type AccountsLab, createAccountsLab } from './_accounts.ts'

const password = 'a long walk by the sea'
let lab: AccountsLab
let stored: string
let app: TestApp

beforeAll(async () => {
  lab = await createAccountsLab()
  stored = await hashPassword(password)
})
afterAll(() => lab.remove())
beforeEach(async () => {
  app = await createTestApp({
    routes: {
      'who.ts': { GET: async ({ user }: Context) => ({ email: (await user)?.email ?? null }) },
      'secret.ts': { GET: () => ({ secret: 42 }), permission: signedIn },
    },
    db: lab.db as never,
    auth: defineAuth({ siteName: 'Test', secondFactor: true, passkeys: true }),
    settings: defineSettings({}, () => ({ secrets: ['the secret of the tests of attacks on accounts'], session: { window: 0 } })),
  })
})
afterEach(() => {
  const [report] = app.errors
  if (report) throw report.error
})

const emailOf = async (client: TestClient): Promise<string | null> =>
  ((await (await client.request('/who')).json()) as { email: string | null }).email
const member = (change: object = {}): Promise<any> => lab.createUser({ password: stored, ...change })
const signIn = (client: TestClient, email: string, typed = password): ReturnType<TestClient['submit']> =>
  client.submit('/login', 'login', { email, password: typed, remember: true })

/** What gives somebody power, and what tells that an account was touched. */
const rights = (): Promise<any[]> =>
  lab.db['user']!['findMany']!({
    orderBy: { id: 'asc' },
    select: {
      id: true,
      email: true,
      password: true,
      isActive: true,
      isStaff: true,
      isSuperuser: true,
      emailVerifiedAt: true,
      totpSecret: true,
      groups: true,
      permissions: true,
      passkeys: true,
      identities: true,
    },
  })

describe('a stolen session', () => {
  it('ends with the sign-out, the change of password, and the deletion of whom it was stolen from', async () => {
    for (const end of [
      (owner: TestClient) => owner.submit('/logout', undefined, {}),
      (owner: TestClient) => owner.submit('/account/password', 'change', { current: password, password: 'seven green bottles of ink' }),
      (owner: TestClient, email: string) => owner.submit('/account/delete', 'delete', { email }),
    ]) {
      const user = await member()
      const [owner, thief] = [app.client(), app.client()]
      await signIn(owner, user.email)
      thief.cookies.set('session', owner.cookies.get('session')!)
      expect(await emailOf(thief)).toBe(user.email)

      await end(owner, user.email)

      expect(await emailOf(thief)).toBeNull()
      expect((await thief.request('/secret')).status).toBe(401)
    }
  })

  it('cannot change how its owner signs in, without the password or once it is old', async () => {
    const user = await member()
    const [owner, thief] = [app.client(), app.client()]
    await signIn(owner, user.email)
    thief.cookies.set('session', owner.cookies.get('session')!)
    const before = await rights()

    await thief.submit('/account/password', 'change', { current: 'a guess', password: 'seven green bottles of ink' })
    await thief.submit('/account/password', 'create', { password: 'seven green bottles of ink' })
    await lab.db['session']!['updateMany']!({ where: { userId: user.id }, data: { confirmedAt: new Date(0) } })
    await thief.submit('/account/second-factor', 'add', { code: '123456' })
    await thief.submit('/account/delete', 'delete', { email: user.email })
    expect((await thief.submit('/account/email', 'change', { email: 'thief@example.com' })).location).toContain('/account/confirm')

    expect(await rights()).toEqual(before)
  })

  it('does not grow younger, nor surer of who it is, by going on under a new id', async () => {
    const user = await member()
    const [owner, thief] = [app.client(), app.client()]
    await signIn(owner, user.email)
    const old = { confirmedAt: new Date(Date.now() - 86_400_000), createdAt: new Date(Date.now() - 86_400_000) }
    await lab.db['session']!['updateMany']!({ where: { userId: user.id }, data: old })
    thief.cookies.set('session', owner.cookies.get('session')!)

    expect((await thief.submit('/account/sessions', 'endOthers', {})).location).toBe('/account/sessions')

    expect((await thief.submit('/account/delete', 'delete', { email: user.email })).location).toContain('/account/confirm')
    expect(await lab.db['session']!['findMany']!({ where: { userId: user.id } })).toMatchObject([old])
  })

  it('is of no use under another name, or as a value of another cookie', async () => {
    const user = await member()
    const owner = app.client()
    await signIn(owner, user.email)
    const sealed = owner.cookies.get('session')!
    for (const name of ['Session', 'sessions', 'login', 'device', 'csrf', '__Host-session']) {
      const thief = app.client()
      thief.cookies.set(name, sealed)
      expect(await emailOf(thief)).toBeNull()
    }
    const thief = app.client()
    for (const name of ['device', 'login']) {
      const value = owner.cookies.get(name)
      if (value !== undefined) thief.cookies.set('session', value)
      expect(await emailOf(thief)).toBeNull()
    }
  })
})

describe('every form of accounts', () => {
  /** What somebody may try to send along. */
  const hostile = (victim: { id: number; email: string }): Record<string, string> => ({
    isSuperuser: 'on',
    isStaff: 'true',
    isActive: 'on',
    epoch: '0',
    userId: String(victim.id),
    id: String(victim.id),
    user: String(victim.id),
    'user.id': String(victim.id),
    'data[isSuperuser]': 'true',
    groups: '1',
    permissions: '1',
    __proto__: 'x',
    'constructor.prototype.isSuperuser': 'true',
  })

  it('leaves rights and other accounts alone, whatever is sent, to strangers and to members', async () => {
    const [user, victim] = [await member(), await lab.createUser({ isStaff: true, isSuperuser: true })]
    const client = app.client()
    await signIn(client, user.email)
    const before = await rights()
    const tried: string[] = []
    for (const [file, load] of Object.entries(accountRoutes)) {
      const { actions = {}, action } = await load()
      const path = file.replace(/^routes|\/index(?=\.)|\.tsx?$/g, '').replace(/\[\w+\]/g, 'x')
      for (const name of [...Object.keys(actions), ...(action && path !== '/logout' ? [''] : [])])
        for (const sender of [client, app.client()])
          for (const fields of [{}, { email: victim.email, password, code: '1', name: 'x', current: password }]) {
            const body = new URLSearchParams({ ...(name && { _action: name }), ...fields, ...hostile(victim) })
            const { status } = await sender.request(path, { method: 'POST', body })
            expect(status, `${path} ${name}`).toBeLessThan(500)
            tried.push(`${path} ${name}`)
          }
    }
    expect(new Set(tried).size).toBeGreaterThan(12)
    expect(await rights()).toEqual(before)
    expect(await lab.db['user']!['count']!({ where: { isSuperuser: true, id: { not: victim.id } } })).toBe(0)
  })

  it('comes from pages of this site alone', async () => {
    const user = await member()
    const client = app.client()
    await signIn(client, user.email)
    for (const path of ['/logout', '/account', '/account/password', '/account/delete', '/login', '/signup', '/password']) {
      const response = await client.request(path, {
        method: 'POST',
        body: new URLSearchParams({ _action: 'delete', email: user.email }),
        headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      })
      expect(response.status).toBe(403)
    }
    expect(await emailOf(client)).toBe(user.email)
  })
})

describe('guessing', () => {
  it('is slowed down by account, from however many addresses, and by address, over however many accounts', async () => {
    const target = await member()
    const from = (ip: string, email: string): Promise<Response> => {
      const body = new URLSearchParams({ _action: 'login', email, password: 'a guess' })
      const request = new Request('http://localhost/login', { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })
      return app.fetch(Object.assign(request, { ip }))
    }
    const refused = async (response: Response): Promise<boolean> => (await response.text()).includes('Too many attempts')

    const spread = []
    for (let index = 0; index < 7; index++) spread.push(await refused(await from(`198.51.100.${index}`, target.email)))
    // All at once, so that none of the waits is over meanwhile.
    const emails = Array.from({ length: 40 }, (_, index) => `spray${index}@example.com`)
    const sprayed = await Promise.all(emails.map((email) => from('203.0.113.9', email).then(refused)))

    expect(spread.at(-1)).toBe(true)
    expect(sprayed.filter((slow) => !slow).length).toBeLessThanOrEqual(31)
  })

  it('does not lock the owner out of a browser they have signed in by', async () => {
    const user = await member()
    const owner = app.client()
    await signIn(owner, user.email)
    await owner.submit('/logout', undefined, {})
    for (let guess = 0; guess < 8; guess++) await signIn(app.client(), user.email, `guess ${guess}`)

    expect((await signIn(app.client(), user.email)).formErrors[0]).toContain('Too many attempts')
    expect((await signIn(owner, user.email)).location).toBe('/')
  })
})
