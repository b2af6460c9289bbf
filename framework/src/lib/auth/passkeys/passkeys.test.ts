import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../../test/_accounts.ts'
import { createDevice, type Device, type Twist } from '../../../../test/_authenticator.ts'
import type { Context } from '../../core/context.ts'
import { setLogger } from '../../core/log.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import type { TestClient } from '../../testing/test-client.ts'
import { defineAuth } from '../config.ts'
import { beginMakingPasskey, keepPasskey } from './make.ts'
import { beginUsingPasskey, userOfPasskey } from './use.ts'

let lab: AccountsLab
let app: TestApp
let alice: any
let device: Device
let browser: TestClient
const lines: string[] = []

const origin = 'http://localhost'

/** What the pages do with passkeys, as bare as can be. */
const routes = {
  'make.ts': {
    GET: async (context: Context) => beginMakingPasskey(context, (await context.user)!) as Promise<object>,
    POST: async (context: Context) => keepPasskey(context, (await context.user)!, await context.request.text(), 'Phone'),
  },
  'use.ts': {
    GET: (context: Context) => beginUsingPasskey(context) as Promise<object>,
    POST: async (context: Context) => ({ email: (await userOfPasskey(context, await context.request.text()))?.email ?? null }),
  },
  'confirm.ts': {
    GET: async (context: Context) => beginUsingPasskey(context, (await context.user)!.id) as Promise<object>,
    POST: async (context: Context) => {
      const { id } = (await context.user)!
      return { email: (await userOfPasskey(context, await context.request.text(), id))?.email ?? null }
    },
  },
}

beforeAll(async () => {
  lab = await createAccountsLab()
  app = await createTestApp({ routes, db: lab.db as never, auth: defineAuth({ siteName: 'Matinée', passkeys: true }) })
})
afterAll(() => lab.remove())
beforeEach(async () => {
  lines.length = 0
  const write = (fields: object, message: string): void => void lines.push(JSON.stringify(fields) + message)
  setLogger({ debug: write, info: write, warn: write, error: write })
  alice = await lab.createUser({ name: 'Alice' })
  device = createDevice(origin)
  browser = app.client()
  await browser.logIn(alice)
})
afterEach(() => setLogger(undefined))

async function ask(path: string, from = browser): Promise<any> {
  return await (await from.request(path)).json()
}
async function tell(path: string, what: object | string, from = browser): Promise<any> {
  const response = await from.request(path, { method: 'POST', body: typeof what === 'string' ? what : JSON.stringify(what) })
  expect(response.status).toBe(200)
  return await response.json()
}
async function make(twist?: Twist, on = device, from = browser): Promise<any> {
  return await tell('/make', on.create(await ask('/make', from), twist), from)
}
async function use(twist?: Twist, from = app.client()): Promise<string | null> {
  return (await tell('/use', device.get(await ask('/use', from), twist), from)).email
}
const rows = (): Promise<any[]> => lab.db['passkey']!['findMany']!({ where: { userId: alice.id } })

describe('making a passkey', () => {
  it('asks for one that signs in by itself, and tells the device no more than it needs', async () => {
    const options = await ask('/make')

    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Matinée' },
      user: { name: alice.email, displayName: 'Alice' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    })
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32)
  })

  it('keeps the key, and says so in the audit trail', async () => {
    expect(await make()).toEqual({ ok: true })

    expect(await rows()).toMatchObject([{ name: 'Phone', counter: 0, transports: 'internal,hybrid', isBackedUp: false, usedAt: null }])
    expect(await lab.db['auditEvent']!['findMany']!({ where: { userId: String(alice.id), kind: 'account.passkeyAdded' } })).toHaveLength(1)
  })

  it('keeps in mind whether the key has copies elsewhere', async () => {
    await make({}, createDevice(origin, false))

    expect(await rows()).toMatchObject([{ isBackedUp: true }])
  })

  it('does not ask a device that has one for another', async () => {
    await make()

    expect((await ask('/make')).excludeCredentials).toMatchObject([{ id: (await rows())[0].id, transports: ['internal', 'hybrid'] }])
  })

  it.each<[string, Twist]>([
    ['to another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['from another site', { origin: 'https://localhost.evil.example' }],
    ['from another port', { origin: 'http://localhost:8080' }],
    ['for another site', { rpId: 'evil.example' }],
    ['to another question', { type: 'webauthn.get' }],
    ['without a finger or a PIN', { isVerified: false }],
    ['without anybody there', { isPresent: false }],
    ['with a statement of a kind that there is not', { format: '__proto__' }],
  ])('takes no answer %s', async (_, twist) => {
    expect(await make(twist)).toEqual({ ok: false, reason: 'failed' })
    expect(await rows()).toEqual([])
  })

  it('reads no statement about the device that it has not asked for', async () => {
    expect(await make({ format: 'android-key' })).toEqual({ ok: false, reason: 'failed' })
    expect(lines.join('')).toContain("Nobody has asked for a statement of the kind 'android-key'.")
  })

  it('takes an answer once', async () => {
    const options = await ask('/make')
    const cookies = new Map(browser.cookies)
    await tell('/make', device.create(options))
    for (const [name, value] of cookies) browser.cookies.set(name, value)

    expect(await tell('/make', device.create(options))).toEqual({ ok: false, reason: 'failed' })
    expect(await rows()).toHaveLength(1)
  })

  it('takes no answer to a question that was another user’s', async () => {
    const options = await ask('/make')
    await browser.logIn(await lab.createUser())

    expect(await tell('/make', device.create(options))).toEqual({ ok: false, reason: 'failed' })
  })

  it('takes no passkey that somebody else has', async () => {
    await make()
    const [stolen] = await rows()
    const mallory = app.client()
    await mallory.logIn(await lab.createUser())
    const answer = device.create(await ask('/make', mallory))
    await lab.db['passkey']!['create']!({ data: { ...stolen, id: answer.id } })

    expect(await tell('/make', answer, mallory)).toEqual({ ok: false, reason: 'failed' })
  })

  it('keeps twenty for a user and no more', async () => {
    await make()
    const [row] = await rows()
    for (let count = 1; count < 20; count++) await lab.db['passkey']!['create']!({ data: { ...row, id: `${alice.id}-${count}` } })

    expect(await make()).toEqual({ ok: false, reason: 'full' })
  })
})

describe('using a passkey', () => {
  beforeEach(async () => {
    await make()
  })

  it('says who it is, to strangers', async () => {
    expect(await use()).toBe(alice.email)
    expect(await rows()).toMatchObject([{ counter: 1, usedAt: expect.any(Date) }])
  })

  it('works with devices that do not count', async () => {
    device = createDevice(origin, false)
    await make()

    expect(await use()).toBe(alice.email)
    expect(await use()).toBe(alice.email)
  })

  it('asks strangers nothing that tells who has passkeys', async () => {
    const { challenge, ...rest } = await ask('/use', app.client())

    expect(challenge).toHaveLength(43)
    expect(rest).toEqual({ rpId: 'localhost', timeout: 60_000, userVerification: 'required' })
  })

  it.each<[string, Twist]>([
    ['to another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['from another site', { origin: 'https://localhost.evil.example' }],
    ['from a subdomain', { origin: 'http://sub.localhost' }],
    ['for another site', { rpId: 'evil.example' }],
    ['to another question', { type: 'webauthn.create' }],
    ['from a frame of another site', { crossOrigin: true, topOrigin: 'https://evil.example' }],
    ['without a finger or a PIN', { isVerified: false }],
    ['without anybody there', { isPresent: false }],
    ['signed by another key', { isForged: true }],
    ['that does not say whose it is', { userHandle: undefined }],
    ['that says another one’s', { userHandle: Buffer.alloc(32).toString('base64url') }],
  ])('takes no answer %s', async (_, twist) => {
    expect(await use(twist)).toBeNull()
    expect(await rows()).toMatchObject([{ counter: 0, usedAt: null }])
  })

  it('takes an answer once, from the browser that was asked', async () => {
    const stranger = app.client()
    const options = await ask('/use', stranger)
    const cookies = new Map(stranger.cookies)
    const answer = device.get(options)
    const elsewhere = await tell('/use', answer, app.client())
    const first = await tell('/use', answer, stranger)
    const again = await tell('/use', answer, stranger)
    for (const [name, value] of cookies) stranger.cookies.set(name, value)
    const replayed = await tell('/use', device.get(options), stranger)

    expect([elsewhere, first, again, replayed].map(({ email }) => email)).toEqual([null, alice.email, null, null])
  })

  it('lets one in of many who send the same answer at once', async () => {
    const stranger = app.client()
    const answer = device.get(await ask('/use', stranger))
    const cookies = new Map(stranger.cookies)
    const twins = Array.from({ length: 8 }, () => {
      const twin = app.client()
      for (const [name, value] of cookies) twin.cookies.set(name, value)
      return twin
    })

    const results = await Promise.all(twins.map((twin) => tell('/use', answer, twin)))

    expect(results.filter(({ email }) => email === alice.email)).toHaveLength(1)
  })

  it('refuses a key that counts less than it did, and says so in the log', async () => {
    await use()
    await use()

    expect(await use({ counter: 2 })).toBeNull()
    expect(await use({ counter: 1 })).toBeNull()
    expect(await use({ counter: 0 })).toBeNull()
    expect(lines.filter((line) => line.includes('there may be a copy'))).toHaveLength(3)
    expect(await use({ counter: 3 })).toBe(alice.email)
  })

  it('lets in nobody whose account is switched off', async () => {
    await lab.db['user']!['update']!({ where: { id: alice.id }, data: { isActive: false } })

    expect(await use()).toBeNull()
  })

  it('lets in nobody by a passkey that was removed', async () => {
    await lab.db['passkey']!['deleteMany']!({ where: { userId: alice.id } })

    expect(await use()).toBeNull()
  })

  it('proves who it is to a page that asks again, and only by a passkey of their own', async () => {
    expect(await tell('/confirm', device.get(await ask('/confirm')))).toEqual({ email: alice.email })

    const mallory = app.client()
    await mallory.logIn(await lab.createUser())
    expect(await tell('/confirm', device.get(await ask('/confirm', mallory)), mallory)).toEqual({ email: null })
  })

  it('takes no answer for another purpose than it was asked for', async () => {
    const forConfirm = device.get(await ask('/confirm'))
    expect(await tell('/use', forConfirm)).toEqual({ email: null })
    const forUse = device.get(await ask('/use'))
    expect(await tell('/confirm', forUse)).toEqual({ email: null })
  })

  it.each([
    '',
    'null',
    '[]',
    '{"id":"a"}',
    '{"__proto__":{"id":"a"}}',
    `{"id":"${'a'.repeat(20_000)}"}`,
    JSON.stringify({ id: 'a', rawId: 'b', type: 'public-key', response: {} }),
    JSON.stringify({
      id: 'a',
      rawId: 'a',
      type: 'public-key',
      response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
    }),
    JSON.stringify({ id: { not: 'text' }, rawId: 'a', type: 'public-key', response: { clientDataJSON: 1 } }),
  ])('takes no nonsense: %.60s', async (text) => {
    const stranger = app.client()
    await ask('/use', stranger)

    expect(await tell('/use', text, stranger)).toEqual({ email: null })
    await ask('/make')
    expect(await tell('/make', text)).toEqual({ ok: false, reason: 'failed' })
  })

  it('takes no bytes that cannot be read', async () => {
    const stranger = app.client()
    const answer = device.get(await ask('/use', stranger))
    answer.response.clientDataJSON = 'AAAA'
    expect(await tell('/use', answer, stranger)).toEqual({ email: null })

    const made = device.create(await ask('/make'))
    made.response.attestationObject = 'AAAA'
    expect(await tell('/make', made)).toEqual({ ok: false, reason: 'failed' })
  })
})
