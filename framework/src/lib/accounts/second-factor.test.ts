/** A second factor as its owner uses it, and as somebody with the password alone tries to get past it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import { defineAuth } from '../auth/config.ts'
import { hashPassword } from '../auth/passwords/passwords.ts'
import { totpCode } from '../auth/totp/totp.ts'
import type { Context } from '../core/context.ts'
import { defineSettings } from '../core/settings.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { TestClient } from '../testing/test-client.ts'

const password = 'a long walk by the sea'
let lab: AccountsLab
let stored: string
let app: TestApp

const open = (secrets: string[], secondFactor = true): Promise<TestApp> =>
  createTestApp({
    routes: { 'index.ts': { GET: async ({ user }: Context) => ({ email: (await user)?.email ?? null }) } },
    db: lab.db as never,
    auth: defineAuth({ siteName: 'Test', secondFactor }),
    settings: defineSettings({}, () => ({ secrets })),
  })

beforeAll(async () => {
  lab = await createAccountsLab()
  stored = await hashPassword(password)
})
afterAll(() => lab.remove())
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  app = await open(['the secret of the tests of second factors'])
})
afterEach(() => {
  vi.useRealTimers()
  const [report] = app.errors
  if (report) throw report.error
})

/** Lets the app show another code: none is taken twice. */
const nextCode = (secret: string): string => {
  vi.setSystemTime(Date.now() + 31_000)
  return totpCode(secret)
}
const emailOf = async (client: TestClient): Promise<string | null> =>
  ((await (await client.request('/')).json()) as { email: string | null }).email
const signIn = (client: TestClient, email: string): ReturnType<TestClient['submit']> =>
  client.submit('/login?next=/account', 'login', { email, password, remember: false })

/** Somebody who has set up an app, as its page says. */
async function protectedUser(): Promise<{ user: any; secret: string; codes: string[] }> {
  const user = await lab.createUser({ password: stored })
  const client = app.client()
  await signIn(client, user.email)
  const page = await (await client.request('/account/second-factor')).text()
  const secret = /hc-account-code">([^<]+)</.exec(page)![1]!.replaceAll(' ', '')
  const { actionData } = await client.submit('/account/second-factor', 'add', { code: totpCode(secret) })
  return { user, secret, codes: (actionData as { codes: string[] }).codes }
}

describe('a second factor', () => {
  it('is set up with a code that the app shows, and no other', async () => {
    const user = await lab.createUser({ password: stored })
    const client = app.client()
    await signIn(client, user.email)
    await client.request('/account/second-factor')

    expect((await client.submit('/account/second-factor', 'add', { code: '000000' })).errors).toHaveProperty('code')
    expect((await lab.db['user']!['findUnique']!({ where: { id: user.id } })).totpSecret).toBeNull()

    const { user: other, codes, secret } = await protectedUser()
    const row = await lab.db['user']!['findUnique']!({ where: { id: other.id } })
    expect(codes).toHaveLength(10)
    expect(row.totpSecret).not.toContain(secret)
    expect(JSON.stringify(await lab.db['recoveryCode']!['findMany']!({ where: { userId: other.id } }))).not.toContain(codes[0])
  })

  it('is asked for after the password, and takes each code once', async () => {
    const { user, secret } = await protectedUser()
    const [client, thief] = [app.client(), app.client()]

    expect((await signIn(client, user.email)).location).toBe('/login/code?next=%2Faccount')
    expect(await emailOf(client)).toBeNull()
    expect((await client.submit('/login/code?next=/account', 'check', { code: '123456' })).errors).toHaveProperty('code')
    const code = nextCode(secret)
    expect((await client.submit('/login/code?next=/account', 'check', { code })).location).toBe('/account')
    expect(await emailOf(client)).toBe(user.email)

    await signIn(thief, user.email)
    expect((await thief.submit('/login/code', 'check', { code })).errors).toHaveProperty('code')
    expect(await emailOf(thief)).toBeNull()
  })

  it('takes a recovery code in its place, once, however many try it at once', async () => {
    const { user, codes } = await protectedUser()
    const clients = [1, 2, 3].map(() => app.client())
    await Promise.all(clients.map((client) => signIn(client, user.email)))

    const typed = codes[0]!.toUpperCase().replaceAll('-', ' ')
    const answers = await Promise.all(clients.map((client) => client.submit('/login/code', 'check', { code: typed })))

    expect(answers.filter(({ location }) => location === '/')).toHaveLength(1)
    expect(await lab.db['recoveryCode']!['count']!({ where: { userId: user.id, usedAt: null } })).toBe(9)
  })

  it('takes one code once, however many try it at once', async () => {
    const { user, secret } = await protectedUser()
    const clients = [1, 2, 3].map(() => app.client())
    await Promise.all(clients.map((client) => signIn(client, user.email)))

    const code = nextCode(secret)
    const answers = await Promise.all(clients.map((client) => client.submit('/login/code', 'check', { code })))

    expect(answers.filter(({ location }) => location === '/')).toHaveLength(1)
  })

  it('cannot be gone around', async () => {
    const { user, secret } = await protectedUser()
    const { user: other, secret: otherSecret } = await protectedUser()
    const client = app.client()
    await signIn(client, user.email)

    // The first step alone opens nothing.
    for (const path of ['/account', '/account/second-factor', '/account/password', '/account/sessions'])
      expect((await client.request(path)).status).toBe(302)
    expect((await client.submit('/account/second-factor', 'remove', {})).location).toMatch(/^\/login/)
    // Nor does the code of another account, or one that was never begun.
    expect((await client.submit('/login/code', 'check', { code: nextCode(otherSecret) })).errors).toHaveProperty('code')
    expect((await app.client().submit('/login/code', 'check', { code: nextCode(secret) })).location).toBe('/login')
    // Nor the first step of one account with the cookie of another.
    const mixed = app.client()
    await signIn(mixed, other.email)
    mixed.cookies.set('login', client.cookies.get('login')!)
    expect((await mixed.submit('/login/code', 'check', { code: nextCode(otherSecret) })).errors).toHaveProperty('code')
    // A first step is forgotten after ten minutes, and when the account has changed.
    await signIn(client, user.email)
    vi.setSystemTime(Date.now() + 11 * 60_000)
    expect((await client.submit('/login/code', 'check', { code: nextCode(secret) })).location).toBe('/login')
    await signIn(client, user.email)
    await lab.db['user']!['update']!({ where: { id: user.id }, data: { epoch: { increment: 1 } } })
    expect((await client.submit('/login/code', 'check', { code: nextCode(secret) })).location).toBe('/login')
  })

  it('slows down who guesses codes', async () => {
    const { user } = await protectedUser()
    const client = app.client()
    await signIn(client, user.email)

    const answers = []
    for (let code = 0; code < 8; code++) answers.push(await client.submit('/login/code', 'check', { code: `10000${code}` }))

    expect(answers.at(-1)?.formErrors).toEqual([expect.stringContaining('Too many attempts')])
  })

  it('outlives a change of the secret of the site', async () => {
    const { user, secret } = await protectedUser()
    const next = 'the next secret, which is as long as it has to be'
    const during = await open([next, 'the secret of the tests of second factors'])
    const client = during.client()
    await signIn(client, user.email)
    expect((await client.submit('/login/code', 'check', { code: nextCode(secret) })).location).toBe('/')

    const after = (await open([next])).client()
    await signIn(after, user.email)
    expect((await after.submit('/login/code', 'check', { code: nextCode(secret) })).location).toBe('/')
  })

  it('is turned off by its owner, who has just proved who they are', async () => {
    const { user, secret } = await protectedUser()
    const client = app.client()
    await signIn(client, user.email)
    await client.submit('/login/code', 'check', { code: nextCode(secret) })

    expect(((await client.submit('/account/second-factor', 'renew', {})).actionData as { codes: string[] }).codes).toHaveLength(10)
    expect((await client.submit('/account/second-factor', 'remove', {})).location).toBe('/account')

    expect((await signIn(app.client(), user.email)).location).toBe('/account')
    expect(await lab.db['recoveryCode']!['count']!({ where: { userId: user.id } })).toBe(0)
  })

  it('is still asked for when the site has stopped to offer it, and cannot be set up then', async () => {
    const { user } = await protectedUser()
    const plain = await open(['the secret of the tests of second factors'], false)
    const [client, other] = [plain.client(), plain.client()]

    expect((await signIn(client, user.email)).location).toMatch(/^\/login\/code/)
    await signIn(other, (await lab.createUser({ password: stored })).email)
    expect((await other.request('/account/second-factor')).status).toBe(404)
    expect((await other.submit('/account/second-factor', 'add', { code: '123456' })).status).toBe(404)
  })
})
