/** Passkeys on the pages of accounts, with a device that is part of the test. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import { createDevice, type Device } from '../../../test/_authenticator.ts'
import { type AuthOptions, defineAuth } from '../auth/config.ts'
import type { Context } from '../core/context.ts'
import { defineSettings } from '../core/settings.ts'
import { mailService } from '../mail/mailer.ts'
import { type MemoryMail, memoryMail } from '../mail/memory-mail.ts'
import type { Submitted } from '../testing/submit.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { TestClient } from '../testing/test-client.ts'

const usable = 'scrypt$…'

let lab: AccountsLab
let app: TestApp
let mail: MemoryMail
let device: Device
let user: any
let client: TestClient

beforeAll(async () => {
  lab = await createAccountsLab()
})
afterAll(() => lab.remove())
beforeEach(async () => {
  await start()
  device = createDevice('http://localhost')
  user = await lab.createUser({ password: usable })
  client = app.client()
  await client.logIn(user)
})
afterEach(() => {
  const [report] = app.errors
  if (report) throw report.error
})

async function start(change: Partial<AuthOptions> = {}): Promise<void> {
  mail = memoryMail()
  app = await createTestApp({
    routes: {
      'index.ts': { GET: async ({ user: who }: Context) => ({ email: (await who)?.email ?? null }) },
      'mailed.ts': { GET: (context: Context) => context.service(mailService).flush() },
    },
    db: lab.db as never,
    auth: defineAuth({ siteName: 'Test', passkeys: true, ...change }),
    settings: defineSettings({}, () => ({
      mail: { from: 'site@example.com', transport: mail },
      secrets: ['the secret of these tests'],
      session: { window: 0 },
    })),
  })
}

const emailOf = async (from: TestClient): Promise<string | null> =>
  ((await (await from.request('/')).json()) as { email: string | null }).email
const passkeys = (): Promise<any[]> => lab.db['passkey']!['findMany']!({ where: { userId: user.id } })
const ask = async (from: TestClient, path: string): Promise<any> => await (await from.request(path, { method: 'POST' })).json()

async function add(from = client, name = 'Phone'): Promise<Submitted> {
  const answer = device.create(await ask(from, '/account/passkeys/new'))
  return await from.submit('/account/passkeys', 'add', { name, credential: JSON.stringify(answer) })
}

async function signIn(from: TestClient, path = '/login'): Promise<Submitted> {
  const answer = device.get(await ask(from, '/login/passkey'))
  return await from.submit(path, 'passkey', { credential: JSON.stringify(answer) })
}

describe('/account/passkeys', () => {
  it('adds one, lists it, and tells its owner by mail', async () => {
    expect((await add()).location).toBe('/account/passkeys')

    expect(await (await client.request('/account/passkeys')).text()).toContain('<strong>Phone</strong>')
    await app.request('/mailed')
    expect(mail.sent.map(({ to, text }) => [to[0]!.address, text.includes('“Phone”, was added')])).toEqual([[user.email, true]])
  })

  it('says when a device has given nothing of use', async () => {
    const sent = await client.submit('/account/passkeys', 'add', { name: 'Phone', credential: '{}' })

    expect(sent.formErrors).toEqual(['That took too long, or did not work. Try again.'])
    expect(await passkeys()).toEqual([])
  })

  it('gives another name, and takes one away', async () => {
    await add()
    const [{ id }] = await passkeys()
    await client.submit('/account/passkeys', 'rename', { id, name: ' Old phone ' })
    expect(await passkeys()).toMatchObject([{ name: 'Old phone' }])

    expect((await client.submit('/account/passkeys', 'remove', { id })).status).toBe(303)
    expect(await passkeys()).toEqual([])
  })

  it('keeps the last way in', async () => {
    await add()
    await lab.db['user']!['update']!({ where: { id: user.id }, data: { password: '!' } })
    const [{ id }] = await passkeys()

    const sent = await client.submit('/account/passkeys', 'remove', { id })
    expect(sent.formErrors).toEqual(['This is the only way you sign in. Set a password first, or add another way.'])
    expect(await passkeys()).toHaveLength(1)
  })

  it('neither renames nor removes another user’s', async () => {
    await add()
    const [{ id }] = await passkeys()
    const mallory = app.client()
    await mallory.logIn(await lab.createUser({ password: usable }))

    await mallory.submit('/account/passkeys', 'rename', { id, name: 'Mine' })
    await mallory.submit('/account/passkeys', 'remove', { id })
    expect(await passkeys()).toMatchObject([{ name: 'Phone' }])
  })

  it('is for those who have just proved who they are', async () => {
    const options = await ask(client, '/account/passkeys/new')
    await lab.db['session']!['updateMany']!({ where: { userId: user.id }, data: { confirmedAt: new Date(0) } })
    const sent = await client.submit('/account/passkeys', 'add', { name: 'Phone', credential: JSON.stringify(device.create(options)) })

    expect(sent.location).toBe('/account/confirm?next=%2Faccount%2Fpasskeys')
    expect(await passkeys()).toEqual([])
    expect((await client.request('/account/passkeys/new', { method: 'POST' })).status).toBe(303)
    expect((await app.client().request('/account/passkeys/new', { method: 'POST' })).status).toBe(401)
  })

  it('is not there in an app without passkeys, and those there are sign in nobody', async () => {
    await add()
    const before = app.client()
    const credential = JSON.stringify(device.get(await ask(before, '/login/passkey')))
    await start({ passkeys: false })
    const [member, stranger] = [app.client(), app.client()]
    await member.logIn(user)
    for (const [name, value] of before.cookies) stranger.cookies.set(name, value)

    expect((await member.request('/account/passkeys')).status).toBe(404)
    expect((await member.request('/login/passkey', { method: 'POST' })).status).toBe(404)
    await stranger.submit('/login', 'passkey', { credential })
    expect(await emailOf(stranger)).toBeNull()
  })
})

describe('signing in with a passkey', () => {
  beforeEach(async () => {
    await add()
  })

  it('needs nothing else, and goes where the visitor wanted to be', async () => {
    await lab.db['user']!['update']!({ where: { id: user.id }, data: { totpSecret: 'x' } })
    const stranger = app.client()

    expect((await signIn(stranger, '/login?next=/account')).location).toBe('/account')
    expect(await emailOf(stranger)).toBe(user.email)
  })

  it('never leads to another site', async () => {
    expect((await signIn(app.client(), '/login?next=https://evil.example')).location).toBe('/')
  })

  it('gives a session of its own, and not one that was planted', async () => {
    const mallory = app.client()
    await mallory.logIn(await lab.createUser())
    const planted = mallory.cookies.get('session')!
    const victim = app.client()
    victim.cookies.set('session', planted)
    await victim.request('/logout', { method: 'POST', body: new URLSearchParams() })
    victim.cookies.set('session', planted)
    await signIn(victim)

    expect(victim.cookies.get('session')).not.toBe(planted)
    expect(await emailOf(mallory)).toBeNull()
  })

  it('says the same whatever is wrong with it', async () => {
    const gone = app.client()
    const answer = device.get(await ask(gone, '/login/passkey'))
    await lab.db['passkey']!['deleteMany']!({ where: { userId: user.id } })
    const wrong = [
      await gone.submit('/login', 'passkey', { credential: JSON.stringify(answer) }),
      await app.client().submit('/login', 'passkey', { credential: '{}' }),
      await app.client().submit('/login', 'passkey', { credential: JSON.stringify(answer) }),
    ]

    for (const sent of wrong) expect(sent).toEqual(wrong[0])
    expect(wrong[0]!.formErrors).toEqual(['That took too long, or this passkey is none of an account here. Try again.'])
  })
})

describe('/account/confirm', () => {
  it('takes a passkey of the user’s, and of nobody else', async () => {
    await add()
    const offer = async (from: TestClient): Promise<Submitted> => {
      const answer = device.get(await ask(from, '/account/confirm/passkey'))
      return await from.submit('/account/confirm?next=/account/passkeys', 'passkey', { credential: JSON.stringify(answer) })
    }
    const mallory = app.client()
    await mallory.logIn(await lab.createUser())

    expect((await offer(mallory)).formErrors).toEqual(['That took too long, or this passkey is none of yours. Try again.'])
    expect((await offer(client)).location).toBe('/account/passkeys')
  })

  it('takes no answer that was asked for at sign-in', async () => {
    await add()
    const answer = device.get(await ask(client, '/login/passkey'))

    expect((await client.submit('/account/confirm', 'passkey', { credential: JSON.stringify(answer) })).status).toBe(422)
  })
})
