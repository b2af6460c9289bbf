import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createElement } from 'react'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import { defineAuth } from '../auth/config.ts'
import { logOut } from '../auth/log-in.ts'
import type { Context } from '../core/context.ts'
import { defineSettings, type SettingsInput } from '../core/settings.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { clearSessions, sessionsService } from './sessions.ts'

let lab: AccountsLab

beforeAll(async () => {
  lab = await createAccountsLab()
})
afterAll(() => lab.remove())
afterEach(() => {
  vi.useRealTimers()
})

const secret = 'a secret for the tests of sessions, long enough'

/** What a browser can ask for here. */
const routes = {
  'index.tsx': { default: () => createElement('p', null, 'home') },
  'plain.ts': { GET: () => 'plain' },
  'who.ts': {
    GET: async ({ session, user }: Context) => ({ id: (await session).userId ?? null, name: (await user)?.email ?? null }),
  },
  'get.ts': { GET: async ({ session, url }: Context) => ({ value: await (await session).get(url.searchParams.get('key')!) }) },
  'set.ts': {
    async POST({ session, url }: Context) {
      for (const [key, value] of url.searchParams) await (await session).set(key, value)
    },
  },
  'count.ts': {
    POST: async ({ session }: Context) => ({ count: await (await session).update<number>('count', (count = 0) => count + 1) }),
  },
  'end.ts': { POST: logOut },
  'others.ts': {
    async POST(context: Context) {
      const user = await context.user
      await context.service(sessionsService).endAll(user!.id)
    },
  },
}

function open(settings: SettingsInput = {}): Promise<TestApp> {
  return createTestApp({
    routes,
    db: lab.db as never,
    auth: defineAuth({ siteName: 'Test' }),
    settings: defineSettings({}, () => ({ secrets: [secret], ...settings })),
  })
}

const json = async (response: Promise<Response>): Promise<any> => await (await response).json()

describe('a request that does not ask for the session', () => {
  it('gets an answer that anybody may keep, whatever its cookie', async () => {
    const app = await open()

    const response = await app.request('/plain', { headers: { cookie: 'session=rubbish' } })

    expect(response.headers.get('vary')).toBeNull()
    expect(response.headers.get('cache-control')).toBeNull()
  })
})

describe('a stranger', () => {
  it('has no session, and gets no cookie for being asked', async () => {
    const client = (await open()).client()

    const response = await client.request('/who')

    expect(await response.json()).toEqual({ id: null, name: null })
    expect(response.headers.get('vary')).toBe('Cookie')
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
    expect(client.cookies.size).toBe(0)
  })

  it('keeps what was set, and nobody else has it', async () => {
    const app = await open()
    const [client, other] = [app.client(), app.client()]

    await client.request('/set?cart=7', { method: 'POST' })

    expect(await json(client.request('/get?key=cart'))).toEqual({ value: '7' })
    expect(await json(other.request('/get?key=cart'))).toEqual({})
  })

  it('loses nothing to requests at the same time', async () => {
    const client = (await open()).client()
    await client.request('/set?first=1', { method: 'POST' })

    const names = Array.from({ length: 12 }, (_, index) => `k${index}`)
    await Promise.all(names.map((name) => client.request(`/set?${name}=${name}`, { method: 'POST' })))
    await Promise.all(names.map(() => client.request('/count', { method: 'POST' })))

    for (const name of ['first', ...names])
      expect(await json(client.request(`/get?key=${name}`))).toMatchObject({ value: expect.any(String) })
    expect(await json(client.request('/get?key=count'))).toEqual({ value: 12 })
  })
})

describe('a sign-in', () => {
  it('begins a session of a new id that keeps what the stranger had', async () => {
    const client = (await open()).client()
    await client.request('/set?cart=7', { method: 'POST' })
    const planted = client.cookies.get('session')!
    const user = await lab.createUser()

    await client.logIn(user)

    expect(client.cookies.get('session')).not.toBe(planted)
    expect(await json(client.request('/who'))).toEqual({ id: user.id, name: user.email })
    expect(await json(client.request('/get?key=cart'))).toEqual({ value: '7' })
    client.cookies.set('session', planted)
    expect(await json(client.request('/get?key=cart'))).toEqual({})
  })

  it('of another user leaves nothing of the one before', async () => {
    const client = (await open()).client()
    await client.logIn(await lab.createUser())
    await client.request('/set?secret=1', { method: 'POST' })

    await client.logIn(await lab.createUser())

    expect(await json(client.request('/get?key=secret'))).toEqual({})
  })
})

describe('the end', () => {
  it('by sign-out takes the cookie, the row and its values', async () => {
    const client = (await open()).client()
    const user = await lab.createUser()
    await client.logIn(user)
    await client.request('/set?cart=7', { method: 'POST' })
    const cookie = client.cookies.get('session')!

    await client.request('/end', { method: 'POST' })

    expect(client.cookies.has('session')).toBe(false)
    expect(await lab.db['session']!['count']!({ where: { userId: user.id } })).toBe(0)
    client.cookies.set('session', cookie)
    expect(await json(client.request('/who'))).toEqual({ id: null, name: null })
  })

  it('by time: idle, and absolute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const client = (await open({ session: { idle: 1_000, absolute: 2_500 } })).client()
    const user = await lab.createUser()
    await client.logIn(user)
    const later = (seconds: number): void => void vi.setSystemTime(Date.now() + seconds * 1_000)

    later(900)
    expect(await json(client.request('/who'))).toMatchObject({ id: user.id })
    later(900)
    expect(await json(client.request('/who'))).toMatchObject({ id: user.id })
    later(900)
    expect(await json(client.request('/who'))).toMatchObject({ id: null })

    await client.logIn(user)
    later(1_001)
    expect(await json(client.request('/who'))).toMatchObject({ id: null })
  })

  it('by another process is noticed within the window, which can be nothing', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    for (const window of [5, 0]) {
      const [here, there] = [await open({ session: { window } }), await open({ session: { window } })]
      const [client, other] = [here.client(), there.client()]
      const user = await lab.createUser()
      await client.logIn(user)
      await other.logIn(user)
      expect(await json(client.request('/who'))).toMatchObject({ id: user.id })

      await other.request('/others', { method: 'POST' })

      expect(await json(client.request('/who'))).toMatchObject({ id: window === 0 ? null : user.id })
      vi.setSystemTime(Date.now() + 5_001)
      expect(await json(client.request('/who'))).toMatchObject({ id: null })
    }
  })

  it('comes at once for a user who is not active any more, or whose epoch has changed', async () => {
    for (const data of [{ isActive: false }, { epoch: 1 }]) {
      const client = (await open()).client()
      const user = await lab.createUser()
      await client.logIn(user)
      await client.request('/who')

      await lab.db['user']!['update']!({ where: { id: user.id }, data })

      expect(await json(client.request('/who'))).toMatchObject({ name: null })
    }
  })

  it('is followed by clearSessions(), which takes the values along', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const client = (await open()).client()
    await client.request('/set?a=1', { method: 'POST' })
    const rows = await lab.db['session']!['count']!()

    vi.setSystemTime(Date.now() + 365 * 86_400_000)

    expect(await clearSessions(lab.db as never)).toBe(rows)
    expect(await lab.db['sessionValue']!['count']!()).toBe(0)
  })
})

describe('the cookie', () => {
  it('is worth nothing when it was changed, made with another secret, or is for something else', async () => {
    const app = await open()
    const client = app.client()
    await client.logIn(await lab.createUser())
    const sealed = client.cookies.get('session')!
    const elsewhere = (await open({ secrets: ['another secret, which is as long as it has to be'] })).client()
    await elsewhere.logIn(await lab.createUser())

    for (const value of [`${sealed.slice(0, -3)}abc`, sealed.slice(0, 20), '', 'Fe26.2', elsewhere.cookies.get('session')!]) {
      client.cookies.set('session', value)
      expect(await json(client.request('/who'))).toEqual({ id: null, name: null })
    }
  })

  it('outlives a change of the secret, as long as the old one is believed, and moves to the new one', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const user = await lab.createUser()
    const before = (await open()).client()
    await before.logIn(user)
    const next = 'the next secret, which is as long as it has to be'
    const during = (await open({ secrets: [next, secret] })).client()
    during.cookies.set('session', before.cookies.get('session')!)
    vi.setSystemTime(Date.now() + 120_000)
    expect(await json(during.request('/who'))).toMatchObject({ id: user.id })

    const after = (await open({ secrets: [next] })).client()
    after.cookies.set('session', during.cookies.get('session')!)

    expect(await json(after.request('/who'))).toMatchObject({ id: user.id })
  })

  it('is of one size, however much the session keeps', async () => {
    const client = (await open()).client()
    await client.request('/set?a=1', { method: 'POST' })
    const { length } = client.cookies.get('session')!

    await client.request(`/set?b=${'x'.repeat(7_000)}`, { method: 'POST' })

    expect(client.cookies.get('session')).toHaveLength(length)
    expect((await json(client.request('/get?key=b'))).value).toHaveLength(7_000)
  })
})

describe('a session', () => {
  it('says what it cannot keep', async () => {
    const app = await createTestApp({
      routes: { 'bad.ts': { POST: async ({ session }: Context) => await (await session).set('f', undefined) } },
      db: lab.db as never,
    })

    expect((await app.request('/bad', { method: 'POST' })).status).toBe(500)
    expect(app.errors[0]?.error).toMatchObject({ code: 'HC_SESSION' })
  })

  it('is missed by name in an app without its models', async () => {
    const app = await createTestApp({ routes: { 'who.ts': routes['who.ts'] } })

    expect((await app.request('/who')).status).toBe(500)
    expect(app.errors[0]?.error).toMatchObject({ code: 'HC_SERVICE', message: expect.stringContaining('sessions') })
  })
})
