/** The pages of accounts as a visitor uses them, mails included. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import { defineAuth } from '../auth/config.ts'
import { hashPassword } from '../auth/passwords/passwords.ts'
import type { Context } from '../core/context.ts'
import { defineSettings } from '../core/settings.ts'
import { mailService } from '../mail/mailer.ts'
import { type MemoryMail, memoryMail } from '../mail/memory-mail.ts'
import { on } from '../signals/receiver.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { TestClient } from '../testing/test-client.ts'

const password = 'a long walk by the sea'
const other = 'seven green bottles of ink'

let lab: AccountsLab
let stored: string
let app: TestApp
let mail: MemoryMail
let told: string[]

beforeAll(async () => {
  lab = await createAccountsLab()
  stored = await hashPassword(password)
})
afterAll(() => lab.remove())

beforeEach(async () => {
  mail = memoryMail()
  told = []
  app = await createTestApp({
    routes: {
      'index.ts': { GET: async ({ user }: Context) => ({ email: (await user)?.email ?? null }) },
      // Mails leave after the answer; a test waits for them here.
      'mailed.ts': { GET: (context: Context) => context.service(mailService).flush() },
    },
    db: lab.db as never,
    auth: defineAuth({ siteName: 'Test' }),
    settings: defineSettings({}, () => ({
      mail: { from: 'site@example.com', transport: mail },
      secrets: ['the secret of the tests of accounts'],
    })),
    signals: [
      on('account', 'loggedIn', ({ user }) => void told.push(`loggedIn ${user.email}`)),
      on('account', 'loggedOut', ({ user }) => void told.push(`loggedOut ${user.email}`)),
      on('account', 'logInFailed', (signal) => void told.push(`logInFailed ${Object.keys(signal).toSorted().join(' ')}`)),
      on('account', 'passwordChanged', ({ user }) => void told.push(`passwordChanged ${user.email}`)),
      on('account', 'signedUp', ({ user }) => void told.push(`signedUp ${user.email}`)),
      on('account', 'deleted', ({ user }) => void told.push(`deleted ${user.email}`)),
    ],
  })
})

afterEach(() => {
  const [report] = app.errors
  if (report) throw report.error
})

/** Somebody with an account. */
const member = (change: object = {}): Promise<any> => lab.createUser({ password: stored, ...change })

const emailOf = async (client: TestClient): Promise<string | null> =>
  ((await (await client.request('/')).json()) as { email: string | null }).email

/** Mails so far, and the path of the link in the last one. */
async function mails(): Promise<{ to: string[]; subjects: string[]; path: string }> {
  await app.request('/mailed')
  const link = /https?:\/\/\S+/.exec(mail.sent.at(-1)?.text ?? '')?.[0] ?? ''
  return {
    to: mail.sent.map(({ to }) => to[0]!.address),
    subjects: mail.sent.map(({ subject }) => subject),
    path: link === '' ? '' : new URL(link).pathname,
  }
}

const signIn = (client: TestClient, email: string, typed = password, path = '/login'): ReturnType<TestClient['submit']> =>
  client.submit(path, 'login', { email, password: typed, remember: false })

describe('/login', () => {
  it('lets in who knows the password, however the address is written, and goes where they wanted to be', async () => {
    const user = await member()
    const client = app.client()

    const sent = await signIn(client, ` ${user.email.toUpperCase()}`, password, '/login?next=/account/sessions')

    expect(sent).toMatchObject({ status: 303, location: '/account/sessions' })
    expect(await emailOf(client)).toBe(user.email)
    expect(told).toEqual([`loggedIn ${user.email}`])
  })

  it('never leads to another site', async () => {
    const user = await member()
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect((await signIn(app.client(), user.email, password, `/login?next=${encodeURIComponent(next)}`)).location).toBe('/')
  })

  it('says the same to a wrong password, an unknown address, and an account that is not active or has no password', async () => {
    const user = await member()
    const off = await member({ isActive: false })
    const unusable = await lab.createUser({ password: '!x' })
    const answers = [
      await signIn(app.client(), user.email, 'wrong'),
      await signIn(app.client(), 'nobody@example.com'),
      await signIn(app.client(), off.email),
      await signIn(app.client(), unusable.email),
    ]

    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ status: 422, formErrors: ['The e-mail address or the password is wrong.'] })
    expect(new Set(told)).toEqual(new Set(['logInFailed context email user']))
    expect(await lab.db['auditEvent']!['findMany']!({ where: { kind: 'account.logInFailed', userId: String(user.id) } })).toMatchObject([
      { detail: '{}' },
    ])
  })

  it('stores a password anew that was hashed in an older way', async () => {
    const old = 'pbkdf2_sha256$1000$seasalt$' + 'rOGFZpJcIC8ns9DNLlmfOvsYHXWcYiJWAe2ha5JT0Mo='
    const user = await member({ password: old })
    const { pbkdf2Sync } = await import('node:crypto')
    const hash = pbkdf2Sync(password, 'seasalt', 1_000, 32, 'sha256').toString('base64')
    await lab.db['user']!['update']!({ where: { id: user.id }, data: { password: `pbkdf2_sha256$1000$seasalt$${hash}` } })

    expect((await signIn(app.client(), user.email)).status).toBe(303)

    const { password: now } = await lab.db['user']!['findUnique']!({ where: { id: user.id } })
    expect(now).not.toContain('pbkdf2')
    expect((await signIn(app.client(), user.email)).status).toBe(303)
  })
})

describe('/logout', () => {
  it('takes a POST; a link does nothing', async () => {
    const user = await member()
    const client = app.client()
    await signIn(client, user.email)

    await client.request('/logout')
    expect(await emailOf(client)).toBe(user.email)

    expect((await client.submit('/logout', undefined, {})).location).toBe('/')
    expect(await emailOf(client)).toBeNull()
    expect(told.at(-1)).toBe(`loggedOut ${user.email}`)
  })
})

describe('/signup', () => {
  it('makes an account once the address is proved, and signs its owner in', async () => {
    const client = app.client()
    expect(await client.submit('/signup', 'signUp', { email: 'New@Example.com' })).toMatchObject({
      status: 200,
      actionData: { sentTo: 'New@Example.com' },
    })
    const { to, path } = await mails()
    expect(to).toEqual(['new@example.com'])
    expect(await (await client.request(path)).text()).toContain('new@example.com')

    expect((await client.submit(path, 'create', { name: 'Ada', password: 'password' })).errors['password']?.length).toBeGreaterThan(0)
    expect(await client.submit(path, 'create', { name: 'Ada', password })).toMatchObject({ status: 303, location: '/account' })

    expect(await emailOf(client)).toBe('new@example.com')
    expect(told).toEqual(['loggedIn new@example.com', 'signedUp new@example.com'])
  })

  it('says nothing of whether an address has an account, and makes no second one', async () => {
    const user = await member()

    const known = await app.submit('/signup', 'signUp', { email: user.email })
    const { to, subjects } = await mails()

    expect(known).toEqual({ ...(await app.submit('/signup', 'signUp', { email: user.email })) })
    expect(known).toMatchObject({ status: 200, actionData: { sentTo: user.email } })
    expect(to[0]).toBe(user.email)
    expect(subjects[0]).toBe('You have an account at Test')
  })

  it('takes a link once, and no link that was made up or is for something else', async () => {
    await app.submit('/signup', 'signUp', { email: 'twice@example.com' })
    const { path } = await mails()
    const user = await member()
    await app.submit('/password', 'reset', { email: user.email })
    const reset = (await mails()).path

    const both = await Promise.all([1, 2].map((n) => app.client().submit(path, 'create', { name: `N${n}`, password })))
    expect(both.filter(({ location }) => location === '/account')).toHaveLength(1)
    expect((await app.submit(path, 'create', { name: 'Again', password })).location).toBe(path)
    for (const token of ['x', `${path.slice(8)}x`, reset.split('/').at(-1)!])
      expect((await app.submit(`/signup/${token}`, 'create', { name: 'No', password })).location).toBe(`/signup/${token}`)
    expect(await lab.db['user']!['count']!({ where: { email: 'twice@example.com' } })).toBe(1)
  })
})

describe('/password', () => {
  it('changes the password by a link, once, and signs every device out', async () => {
    const user = await member()
    const device = app.client()
    await signIn(device, user.email)
    await app.submit('/password', 'reset', { email: user.email })
    // The sign-in above came first; a later one would end the link.
    const { path } = await mails()

    expect((await app.submit(path, 'change', { password: 'short' })).errors['password']).toContainEqual(
      expect.stringContaining('too short'),
    )
    const both = await Promise.all([other, 'another one of these words'].map((next) => app.submit(path, 'change', { password: next })))

    expect(both.filter(({ location }) => location === '/login')).toHaveLength(1)
    expect(await emailOf(device)).toBeNull()
    expect((await signIn(app.client(), user.email)).status).toBe(422)
    expect((await app.submit(path, 'change', { password: 'one more time, please' })).location).toBe(path)
    expect((await mails()).subjects.at(-1)).toBe('Your password for Test has changed')
  })

  it('has links that die with a sign-in and with a change of address', async () => {
    for (const change of [
      (user: any) => signIn(app.client(), user.email),
      (user: any) => lab.db['user']!['update']!({ where: { id: user.id }, data: { email: `moved${user.id}@example.com` } }),
      (user: any) => lab.db['user']!['update']!({ where: { id: user.id }, data: { isActive: false } }),
    ]) {
      const user = await member()
      await app.submit('/password', 'reset', { email: user.email })
      const { path } = await mails()

      await change(user)

      expect((await app.submit(path, 'change', { password: other })).location).toBe(path)
    }
  })

  it('answers the same for unknown addresses, and mails nobody', async () => {
    const off = await member({ isActive: false })
    const unusable = await lab.createUser({ password: '!x' })
    const answers = await Promise.all(
      ['nobody@example.com', off.email, unusable.email].map((email) => app.submit('/password', 'reset', { email })),
    )

    for (const answer of answers) expect({ ...answer, actionData: undefined }).toEqual({ ...answers[0], actionData: undefined })
    expect((await mails()).to).toEqual([])
  })
})

describe('/account', () => {
  it('is for users alone', async () => {
    for (const path of ['/account', '/account/email', '/account/password', '/account/sessions', '/account/delete', '/account/confirm'])
      expect((await app.request(path)).headers.get('location')).toBe(`/login?next=${encodeURIComponent(path)}`)
  })

  it('is kept by no cache, and never holds what is secret of a user', async () => {
    const user = await member()
    const client = app.client()
    await signIn(client, user.email)

    const response = await client.request('/account')

    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).not.toContain(stored.slice(-20))
  })

  it('changes the password for who knows it, keeps this device and signs the others out', async () => {
    const user = await member()
    const [here, there] = [app.client(), app.client()]
    await signIn(here, user.email)
    await signIn(there, user.email)

    expect((await here.submit('/account/password', 'change', { current: 'wrong', password: other })).errors).toHaveProperty('current')
    expect((await here.submit('/account/password', 'change', { current: password, password: other })).location).toBe('/account')

    expect(await emailOf(here)).toBe(user.email)
    expect(await emailOf(there)).toBeNull()
    expect(told).toContain(`passwordChanged ${user.email}`)
    // The way for those without a password is closed to the others.
    expect((await here.submit('/account/password', 'create', { password })).status).toBe(403)
  })

  it('takes a new address once it is proved, by its owner alone', async () => {
    const user = await member()
    const [client, stranger] = [app.client(), app.client()]
    await signIn(client, user.email)
    await signIn(stranger, (await member()).email)

    await client.submit('/account/email', 'change', { email: 'fresh@example.com' })
    const { path, to } = await mails()
    expect(to.at(-1)).toBe('fresh@example.com')
    expect((await stranger.submit(path, 'confirm', {})).location).toBe(path)
    expect(await emailOf(client)).toBe(user.email)

    expect((await client.submit(path, 'confirm', {})).location).toBe('/account')

    expect(await emailOf(client)).toBe('fresh@example.com')
    expect((await client.submit(path, 'confirm', {})).location).toBe(path)
    expect((await mails()).to.at(-1)).toBe(user.email)
  })

  it('does not tell that a new address is taken', async () => {
    const [user, taken] = [await member(), await member()]
    const client = app.client()
    await signIn(client, user.email)

    const answer = await client.submit('/account/email', 'change', { email: taken.email })

    expect(answer).toMatchObject({ status: 200, actionData: { sentTo: taken.email } })
    expect((await mails()).to).toEqual([])
  })

  it('lists devices and ends one, but nobody else’s', async () => {
    const [user, victim] = [await member(), await member()]
    const [here, there, theirs] = [app.client(), app.client(), app.client()]
    for (const [client, { email }] of [
      [here, user],
      [there, user],
      [theirs, victim],
    ] as const)
      await signIn(client, email)
    const rows = await lab.db['session']!['findMany']!({ where: { userId: { in: [user.id, victim.id] } }, orderBy: { createdAt: 'asc' } })
    const [, row, foreign] = rows

    await here.submit('/account/sessions', 'end', { id: foreign.id })
    expect(await emailOf(theirs)).toBe(victim.email)
    await here.submit('/account/sessions', 'end', { id: row.id })
    expect(await emailOf(there)).toBeNull()
    expect(await emailOf(here)).toBe(user.email)
  })

  it('signs every other device out at once', async () => {
    const user = await member()
    const [here, there] = [app.client(), app.client()]
    for (const client of [here, there]) await signIn(client, user.email)

    await here.submit('/account/sessions', 'endOthers', {})

    expect(await emailOf(here)).toBe(user.email)
    expect(await emailOf(there)).toBeNull()
  })

  it('asks for a fresh proof before what matters, and takes it', async () => {
    const user = await member()
    const client = app.client()
    await signIn(client, user.email)
    await lab.db['session']!['updateMany']!({ where: { userId: user.id }, data: { confirmedAt: new Date(Date.now() - 3_700_000) } })

    expect((await client.request('/account/delete')).headers.get('location')).toBe('/account/confirm?next=%2Faccount%2Fdelete')
    expect((await client.submit('/account/delete', 'delete', { email: user.email })).location).toContain('/account/confirm')
    expect((await client.submit('/account/confirm', 'confirm', { password: 'wrong' })).errors).toHaveProperty('password')
    expect((await client.submit('/account/confirm?next=/account/delete', 'confirm', { password })).location).toBe('/account/delete')
    expect((await client.request('/account/delete')).status).toBe(200)
  })

  it('can be deleted by who types its address, and leaves the trail', async () => {
    const user = await member()
    const client = app.client()
    await signIn(client, user.email)

    expect((await client.submit('/account/delete', 'delete', { email: 'wrong@example.com' })).errors).toHaveProperty('email')
    expect((await client.submit('/account/delete', 'delete', { email: user.email })).location).toBe('/')

    expect(await emailOf(client)).toBeNull()
    expect(await lab.db['user']!['count']!({ where: { id: user.id } })).toBe(0)
    const kinds = (await lab.db['auditEvent']!['findMany']!({ where: { userId: String(user.id) } })).map(({ kind }: any) => kind)
    expect(kinds).toEqual(['account.loggedIn', 'account.deleted'])
    expect(told.at(-1)).toBe(`deleted ${user.email}`)
  })
})
