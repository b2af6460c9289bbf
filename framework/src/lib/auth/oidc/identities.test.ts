import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../../test/_accounts.ts'
import type { Context } from '../../core/context.ts'
import { on } from '../../signals/receiver.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { type AuthOptions, defineAuth } from '../config.ts'
import { removeWayIn } from '../ways-in.ts'
import { identitiesOf, linkIdentity, userOfIdentity } from './identities.ts'
import { oidcProvider } from './provider.ts'

const options = { issuer: 'https://accounts.example', clientId: 'id', clientSecret: 'secret' }
const trusted = oidcProvider({ ...options, name: 'trusted', label: 'Trusted', trustEmail: true })
const open = oidcProvider({ ...options, name: 'open', label: 'Open' })

let lab: AccountsLab
let app: TestApp
let signedUp: string[] = []
let count = 0

beforeAll(async () => {
  lab = await createAccountsLab()
})
afterAll(() => lab.remove())
beforeEach(async () => {
  signedUp = []
  await start()
})

async function start(change: Partial<AuthOptions> = {}): Promise<void> {
  app = await createTestApp({
    routes: {
      'in.ts': {
        async POST(context: Context) {
          const { by, claims } = (await context.request.json()) as any
          const result = await userOfIdentity(context, by === 'open' ? open : trusted, claims)
          return result.ok ? { email: result.user.email } : { refused: result.reason }
        },
      },
      'link.ts': {
        POST: async (context: Context) => ({
          isLinked: await linkIdentity(context, (await context.user)!, open, (await context.request.json()) as any),
        }),
      },
      'unlink.ts': {
        async POST(context: Context) {
          const { id } = (await context.user)!
          const where = { userId: id, subject: await context.request.text() }
          const result = await removeWayIn(context, id, (db) => db.identity.deleteMany({ where }))
          return { result, left: (await identitiesOf(context, id)).map(({ subject }) => subject) }
        },
      },
    },
    db: lab.db as never,
    auth: defineAuth({ siteName: 'Test', providers: [trusted, open], ...change }),
    signals: [on('account', 'signedUp', ({ user }) => void signedUp.push(user.email))],
  })
}

async function post(path: string, body: object | string, from = app.client()): Promise<any> {
  const response = await from.request(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
  expect(response.status).toBe(200)
  return await response.json()
}

const claimsOf = (change: object = {}): any => {
  const subject = `subject-${++count}`
  return { subject, email: `${subject}@example.com`, isEmailVerified: true, name: 'Alice', ...change }
}
const comeIn = (claims: object, by = 'trusted'): Promise<any> => post('/in', { by, claims })
const users = (email: string): Promise<any[]> => lab.db['user']!['findMany']!({ where: { email }, include: { identities: true } })

describe('somebody whom a provider vouches for', () => {
  it('gets an account, by which nobody can sign in with a password', async () => {
    const claims = claimsOf()

    expect(await comeIn(claims)).toEqual({ email: claims.email })
    expect(await users(claims.email)).toMatchObject([
      {
        name: 'Alice',
        password: expect.stringMatching(/^!/),
        emailVerifiedAt: expect.any(Date),
        isStaff: false,
        identities: [{ provider: 'trusted', subject: claims.subject }],
      },
    ])
    expect(signedUp).toEqual([claims.email])
  })

  it('has the same account the next time, whatever their address is by then', async () => {
    const claims = claimsOf()
    await comeIn(claims)

    expect(await comeIn({ ...claims, email: 'new@example.com', isEmailVerified: false })).toEqual({ email: claims.email })
    expect(signedUp).toHaveLength(1)
  })

  it('gets one account when they come many times at once', async () => {
    const claims = claimsOf()

    const results = await Promise.all(Array.from({ length: 6 }, () => comeIn(claims)))

    expect(results).toEqual(Array.from({ length: 6 }, () => ({ email: claims.email })))
    expect(await users(claims.email)).toHaveLength(1)
    expect(signedUp).toHaveLength(1)
  })

  it('gets none where sign-up is closed, and keeps the one they have', async () => {
    const old = claimsOf()
    await comeIn(old)
    await start({ signUp: false })

    expect(await comeIn(claimsOf())).toEqual({ refused: 'closed' })
    expect(await comeIn(old)).toEqual({ email: old.email })
  })

  it('gets none, and learns of none, from a provider that is not trusted with addresses', async () => {
    const member = await lab.createUser({ emailVerifiedAt: new Date() })

    expect(await comeIn(claimsOf({ email: member.email }), 'open')).toEqual({ refused: 'unknown' })
    expect(await comeIn(claimsOf(), 'open')).toEqual({ refused: 'unknown' })
  })

  it('gets none, and learns of none, by an address that the provider has not verified', async () => {
    const member = await lab.createUser({ emailVerifiedAt: new Date() })

    expect(await comeIn(claimsOf({ email: member.email, isEmailVerified: false }))).toEqual({ refused: 'unknown' })
    expect(await comeIn(claimsOf({ isEmailVerified: false }))).toEqual({ refused: 'unknown' })
    expect(await comeIn(claimsOf({ email: undefined }))).toEqual({ refused: 'unknown' })
  })

  it('has the account of their address, where both sides have verified it', async () => {
    const member = await lab.createUser({ emailVerifiedAt: new Date(), password: 'kept' })

    expect(await comeIn(claimsOf({ email: member.email }))).toEqual({ email: member.email })
    expect(await users(member.email)).toMatchObject([{ password: 'kept', identities: [{ provider: 'trusted' }] }])
    const kinds = await lab.db['auditEvent']!['findMany']!({ where: { userId: String(member.id) } })
    expect(kinds).toMatchObject([{ kind: 'account.identityLinked' }])
  })

  it('does not fall into an account that somebody has opened under their address', async () => {
    const squatter = await lab.createUser({ emailVerifiedAt: null })

    expect(await comeIn(claimsOf({ email: squatter.email }))).toEqual({ refused: 'taken' })
    expect(await users(squatter.email)).toMatchObject([{ identities: [] }])
  })

  it('is not let into an account that is switched off', async () => {
    const off = await lab.createUser({ emailVerifiedAt: new Date(), isActive: false })
    const claims = claimsOf()
    await comeIn(claims)
    await lab.db['user']!['update']!({ where: { email: claims.email }, data: { isActive: false } })

    expect(await comeIn(claimsOf({ email: off.email }))).toEqual({ refused: 'inactive' })
    expect(await comeIn(claims)).toEqual({ refused: 'inactive' })
  })

  it('is somebody else at each provider', async () => {
    const claims = claimsOf()
    await comeIn(claims)

    expect(await comeIn(claims, 'open')).toEqual({ refused: 'unknown' })
  })
})

describe('linking', () => {
  it('lets an account elsewhere sign in to this one, whatever its address', async () => {
    const member = await lab.createUser()
    const browser = app.client()
    await browser.logIn(member)
    const claims = claimsOf({ email: undefined, isEmailVerified: false })

    expect(await post('/link', claims, browser)).toEqual({ isLinked: true })
    expect(await post('/link', claims, browser)).toEqual({ isLinked: true })
    expect(await comeIn(claims, 'open')).toEqual({ email: member.email })
  })

  it('takes no account from somebody else', async () => {
    const [first, second] = [app.client(), app.client()]
    await first.logIn(await lab.createUser())
    await second.logIn(await lab.createUser())
    const claims = claimsOf()

    expect(await post('/link', claims, first)).toEqual({ isLinked: true })
    expect(await post('/link', claims, second)).toEqual({ isLinked: false })
  })
})

describe('removing a way to sign in', () => {
  async function memberWith(identities: number, change: object = {}): Promise<[any, string[]]> {
    const subjects = Array.from({ length: identities }, () => `subject-${++count}`)
    const create = subjects.map((subject) => ({ provider: 'open', subject }))
    const user = await lab.createUser({ identities: { create }, ...change })
    const browser = app.client()
    await browser.logIn(user)
    return [browser, subjects]
  }
  const passkey = (): object => ({ passkeys: { create: { id: `key-${++count}`, name: '', publicKey: new Uint8Array(1) } } })

  it('removes one of several, and not the last', async () => {
    const [browser, [one, two]] = await memberWith(2)

    expect(await post('/unlink', one!, browser)).toEqual({ result: 'removed', left: [two] })
    expect(await post('/unlink', two!, browser)).toEqual({ result: 'last', left: [two] })
    expect(await post('/unlink', one!, browser)).toEqual({ result: 'missing', left: [two] })
  })

  it('removes the only one of somebody who has a password', async () => {
    const [browser, [one]] = await memberWith(1, { password: 'scrypt$…' })

    expect(await post('/unlink', one!, browser)).toEqual({ result: 'removed', left: [] })
  })

  it('counts a passkey where the app has them', async () => {
    const [without, [one]] = await memberWith(1, passkey())
    expect(await post('/unlink', one!, without)).toMatchObject({ result: 'last' })

    await start({ passkeys: true })
    const [browser, [two]] = await memberWith(1, passkey())
    expect(await post('/unlink', two!, browser)).toMatchObject({ result: 'removed' })
  })

  it('does not count a provider that the app has no more', async () => {
    const gone = { provider: 'gone', subject: `gone-${++count}` }
    const here = { provider: 'open', subject: `here-${++count}` }
    const [browser] = await memberWith(0, { identities: { create: [gone, here] } })

    expect(await post('/unlink', here.subject, browser)).toMatchObject({ result: 'last' })
  })

  it('leaves one of two that go at once', async () => {
    const [browser, subjects] = await memberWith(2)

    const results = await Promise.all(subjects.map((subject) => post('/unlink', subject, browser)))

    expect(new Set(results.map(({ result }) => result))).toEqual(new Set(['last', 'removed']))
  })
})
