/** Signing in by a provider, as a browser does it: with a provider that runs beside the test. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import { startOidcProvider, type TestProvider } from '../../../test/oidc-provider.ts'
import { type AuthOptions, defineAuth } from '../auth/config.ts'
import { oidcProvider } from '../auth/oidc/provider.ts'
import type { Context } from '../core/context.ts'
import { setLogger } from '../core/log.ts'
import { defineSettings } from '../core/settings.ts'
import { mailService } from '../mail/mailer.ts'
import { type MemoryMail, memoryMail } from '../mail/memory-mail.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { TestClient } from '../testing/test-client.ts'

let lab: AccountsLab
let server: TestProvider
let other: TestProvider
let app: TestApp
let mail: MemoryMail
let count = 0

beforeAll(async () => {
  lab = await createAccountsLab()
  server = await startOidcProvider()
  other = await startOidcProvider()
})
afterAll(async () => {
  await server.stop()
  await other.stop()
  await lab.remove()
})

beforeEach(async () => {
  const silent = (): void => {}
  setLogger({ debug: silent, info: silent, warn: silent, error: silent })
  const subject = `subject-${++count}`
  server.account = { sub: subject, email: `${subject}@example.com`, email_verified: true, name: 'Alice' }
  other.account = { ...server.account }
  await start()
})
afterEach(() => {
  setLogger(undefined)
  server.flaws = {}
  const [report] = app.errors
  if (report) throw report.error
})

async function start(change: Partial<AuthOptions> = {}): Promise<void> {
  const describeProvider = (name: string, { issuer, clientId, clientSecret }: TestProvider, trustEmail: boolean) =>
    oidcProvider({ name, label: `The ${name}`, issuer, clientId, clientSecret, trustEmail })
  mail = memoryMail()
  app = await createTestApp({
    routes: {
      'index.ts': { GET: async ({ user }: Context) => ({ email: (await user)?.email ?? null }) },
      'mailed.ts': { GET: (context: Context) => context.service(mailService).flush() },
    },
    db: lab.db as never,
    auth: defineAuth({
      siteName: 'Test',
      providers: [describeProvider('first', server, true), describeProvider('second', other, false)],
      ...change,
    }),
    settings: defineSettings({}, () => ({ mail: { from: 'site@example.com', transport: mail }, secrets: ['the secret of these tests'] })),
  })
}

const emailOf = async (client: TestClient): Promise<string | null> =>
  ((await (await client.request('/')).json()) as { email: string | null }).email

/** What a page says, without its markup. */
async function textOf(response: Response): Promise<string> {
  const markup = (await response.text()).replaceAll(/<!--.*?-->|<script.*?<\/script>/gs, '')
  return markup.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
}

/** Presses the button of a provider without a script, and gives where the page leads on to. */
async function leave(client: TestClient, path = '/login/with/first', body?: Record<string, string>): Promise<URL> {
  const response = await client.request(path, { method: 'POST', body: new URLSearchParams(body) })
  expect(response.status).toBe(200)
  const target = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(await response.text())?.[1]
  return new URL(target!.replaceAll('&amp;', '&'))
}

/** Is let in at the provider, and gives the path that the browser is sent back to. */
async function visit(at: URL): Promise<string> {
  const { headers } = await fetch(at, { redirect: 'manual' })
  const { pathname, search } = new URL(headers.get('location')!)
  return pathname + search
}

async function signIn(client: TestClient, path?: string): Promise<Response> {
  return await client.request(await visit(await leave(client, path)))
}

describe('signing in with a provider', () => {
  it('is offered on the login page, and remembers where the visitor wanted to be', async () => {
    const page = (await (await app.request('/login?next=/films')).text()).replaceAll('<!-- -->', '')

    expect(page).toContain('Sign in with The first')
    expect(page).toContain('action="/login/with/second?next=%2Ffilms"')
  })

  it('makes an account and signs in, and leads to where the visitor wanted to be', async () => {
    const client = app.client()
    const back = await signIn(client, '/login/with/first?next=/films')

    expect(back.headers.get('location')).toBe('/films')
    expect(await emailOf(client)).toBe(server.account.email)
    expect(back.headers.get('cache-control')).toContain('private')
  })

  it('takes a POST; a link only shows a button', async () => {
    const client = app.client()
    server.requests.length = 0
    const page = await client.request('/login/with/first')

    expect(await textOf(page)).toContain('Go on to The first')
    expect(client.cookies.size).toBe(0)
    expect(server.requests).toEqual([])
  })

  it('leads scripts to the provider by a redirect', async () => {
    const sent = await app.client().submit('/login/with/first', undefined, {})

    expect(new URL(sent.location!).origin).toBe(server.issuer)
    expect(new URL(sent.location!).searchParams.get('redirect_uri')).toBe('http://localhost/login/with/first/callback')
  })

  it('never leads to another site in the end', async () => {
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example'])
      expect((await signIn(app.client(), `/login/with/first?next=${encodeURIComponent(next)}`)).headers.get('location')).toBe('/')
  })

  it('asks for the second factor of an account that has one', async () => {
    const member = await lab.createUser({
      totpSecret: 'x',
      identities: { create: { provider: 'first', subject: server.account.sub } },
    })
    const client = app.client()

    expect((await signIn(client)).headers.get('location')).toBe('/login/code?next=%2F')
    expect(await emailOf(client)).toBeNull()
    expect(member.totpSecret).toBe('x')
  })

  it('knows no provider that the app does not have', async () => {
    for (const name of ['third', '__proto__', 'constructor', '..%2Ffirst'])
      for (const path of [`/login/with/${name}`, `/login/with/${name}/callback?code=1`]) expect((await app.request(path)).status).toBe(404)
    expect((await app.request('/login/with/third', { method: 'POST', body: new URLSearchParams() })).status).toBe(404)
  })

  it('says what is wrong in words, and where to go', async () => {
    server.flaws = { answer: { code: undefined, error: 'access_denied', error_description: '<b>Call 555-1234</b>' } }
    const denied = await textOf(await signIn(app.client()))
    server.flaws = {}
    const member = await lab.createUser({ email: server.account.email, emailVerifiedAt: null })
    const taken = await textOf(await signIn(app.client()))
    const unknown = await textOf(await signIn(app.client(), '/login/with/second'))
    await start({ signUp: false })
    server.account = { sub: 'new', email: 'new@example.com', email_verified: true }
    const closed = await textOf(await signIn(app.client()))

    expect(denied).toContain('You have not allowed The first to sign you in here.')
    expect(denied).not.toContain('555')
    expect(taken).toContain('There is an account with your address already.')
    expect(unknown).toContain('No account here is linked to this one at The second.')
    expect(closed).toContain('at present nobody can create one')
    expect(member.id).toBeDefined()
  })

  it('says when the provider does not answer', async () => {
    await start()
    server.flaws = { isDown: true }
    const response = await app.client().request('/login/with/first', { method: 'POST', body: new URLSearchParams() })

    expect(response.status).toBe(422)
    expect(await textOf(response)).toContain('The first does not answer.')
  })
})

describe('an attack on signing in with a provider', () => {
  const refused = 'did not begin in this browser'

  it('fails where the browser was not sent to the provider: nobody is signed in to another one’s account', async () => {
    const mallory = app.client()
    const link = await visit(await leave(mallory))
    const victim = app.client()

    expect(await textOf(await victim.request(link))).toContain(refused)
    expect(await emailOf(victim)).toBeNull()
  })

  it('fails where the browser was sent for something else', async () => {
    const mallory = app.client()
    const link = await visit(await leave(mallory))
    const victim = app.client()
    await leave(victim)

    expect(await textOf(await victim.request(link))).toContain(refused)
    expect(await emailOf(victim)).toBeNull()
  })

  it('fails the second time, cookie or not', async () => {
    const client = app.client()
    const link = await visit(await leave(client))
    const cookies = new Map(client.cookies)
    server.flaws = { isCareless: true }
    expect((await client.request(link)).status).toBe(302)

    const replay = app.client()
    for (const [name, value] of cookies) replay.cookies.set(name, value)
    expect(await textOf(await replay.request(link))).toContain(refused)
    expect(await textOf(await client.request(link))).toContain(refused)
    expect(await emailOf(replay)).toBeNull()
  })

  it('fails with a cookie that was changed', async () => {
    const client = app.client()
    const link = await visit(await leave(client))
    const sealed = client.cookies.get('provider')!
    const middle = sealed.length >> 1
    client.cookies.set('provider', sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1))

    expect(await textOf(await client.request(link))).toContain(refused)
  })

  it('fails at the address of another provider', async () => {
    const client = app.client()
    const link = await visit(await leave(client))
    other.requests.length = 0

    expect(await textOf(await client.request(link.replace('first', 'second')))).toContain(refused)
    expect(other.requests).not.toContain('/token')
  })

  it('fails from another site’s form', async () => {
    const response = await app.request('/login/with/first', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    })

    expect(response.status).toBe(403)
    expect(response.headers.getSetCookie()).toEqual([])
  })
})

describe('/account/providers', () => {
  async function memberAt(change: object = {}): Promise<[TestClient, any]> {
    const user = await lab.createUser({ password: 'scrypt$…', ...change })
    const client = app.client()
    await client.logIn(user)
    return [client, user]
  }
  const linkTo = async (client: TestClient, provider = 'second'): Promise<Response> =>
    await client.request(await visit(await leave(client, '/account/providers', { _action: 'link', provider })))
  const identities = (userId: number): Promise<any[]> => lab.db['identity']!['findMany']!({ where: { userId } })

  it('links an account, which signs in from then on, and tells its owner by mail', async () => {
    const [client, user] = await memberAt()
    const linked = await linkTo(client)

    expect(linked.headers.get('location')).toBe('/account/providers')
    expect(await textOf(await client.request('/account/providers'))).toContain(other.account.email)
    const stranger = app.client()
    await signIn(stranger, '/login/with/second')
    expect(await emailOf(stranger)).toBe(user.email)
    await app.request('/mailed')
    expect(mail.sent.map(({ to, text }) => [to[0]!.address, text.includes('an account at The second can sign in')])).toEqual([
      [user.email, true],
    ])
  })

  it('unlinks it, and keeps the last way in', async () => {
    const [client, user] = await memberAt({ password: '!' })
    await linkTo(client)
    const [identity] = await identities(user.id)
    const { provider, subject } = identity
    const last = await client.submit('/account/providers', 'unlink', { provider, subject })
    expect(last.formErrors).toEqual(['This is the only way you sign in. Set a password first, or add another way.'])

    await lab.db['user']!['update']!({ where: { id: user.id }, data: { password: 'scrypt$…' } })
    expect((await client.submit('/account/providers', 'unlink', { provider, subject })).status).toBe(303)
    expect(await identities(user.id)).toEqual([])
  })

  it('unlinks nothing of another user’s', async () => {
    const [owner, user] = await memberAt()
    await linkTo(owner)
    const [mallory] = await memberAt()

    await mallory.submit('/account/providers', 'unlink', { provider: 'second', subject: other.account.sub })
    expect(await identities(user.id)).toHaveLength(1)
  })

  it('links nothing that signs in to another account', async () => {
    const [owner] = await memberAt()
    await linkTo(owner)
    const [client, user] = await memberAt()

    expect(await textOf(await linkTo(client))).toContain('signs in to another account here')
    expect(await identities(user.id)).toEqual([])
  })

  it('links nothing where somebody else is signed in by then', async () => {
    const [client] = await memberAt()
    const link = await visit(await leave(client, '/account/providers', { _action: 'link', provider: 'second' }))
    const victim = await lab.createUser()
    await client.logIn(victim)

    expect(await textOf(await client.request(link))).toContain('did not begin in this browser')
    expect(await identities(victim.id)).toEqual([])
  })

  it('asks once more who it is, when that was long ago', async () => {
    const [client, user] = await memberAt()
    await lab.db['session']!['updateMany']!({ where: { userId: user.id }, data: { confirmedAt: new Date(0) } })

    const page = await client.request('/account/providers')
    expect(page.status).toBe(302)
    expect(page.headers.get('location')).toBe('/account/confirm?next=%2Faccount%2Fproviders')
  })

  it('is not there in an app without providers', async () => {
    await start({ providers: [] })
    const [client] = await memberAt()

    expect((await client.request('/account/providers')).status).toBe(404)
  })
})
