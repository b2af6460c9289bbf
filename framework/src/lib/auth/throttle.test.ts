/** Guessing, as somebody who guesses would do it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import type { Context } from '../core/context.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { TestClient } from '../testing/test-client.ts'
import { defineAuth } from './config.ts'
import { hashPassword } from './passwords/passwords.ts'
import { enterGate, rememberDevice } from './throttle.ts'

/** A gate by itself: whoever says `right` has guessed, `in` has signed in. */
async function createGates(): Promise<TestApp> {
  return await createTestApp({
    routes: {
      'try.ts': {
        async GET(context: Context) {
          const [email = '', word, guess] = context.url.search.slice(1).split('+')
          const gate = await enterGate(context, guess === 'code' ? 'code' : 'password', decodeURIComponent(email))
          if (!gate.allowed) return new Response(String(gate.retryAfter), { status: 429 })
          if (word === 'wrong') return new Response('wrong')
          await gate.succeeded()
          if (word === 'in') rememberDevice(context, email)
          return new Response('right')
        },
      },
    },
  })
}

let counter = 0
const somebody = (): string => `user${++counter}@example.com`

describe('enterGate', () => {
  const from = (app: TestApp, ip: string, words: string): Promise<Response> =>
    app.fetch(Object.assign(new Request(`http://localhost/try?${words}`), { ip }))
  const allowedOf = async (answers: Array<Promise<Response>>): Promise<number> =>
    (await Promise.all(answers)).filter(({ status }) => status === 200).length
  const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

  it('lets six guesses through at one account, from however many addresses, at once or not', async () => {
    const app = await createGates()
    const email = somebody()
    expect(await allowedOf(times(100, (index) => from(app, `192.0.2.${index}`, `${email}+wrong`)))).toBe(6)
  })

  it('takes all spellings of an address for one account', async () => {
    const app = await createGates()
    const email = somebody()
    const spellings = [email, email.toUpperCase(), ` ${email}`, email.replace('user', 'ｕser')].map(encodeURIComponent)
    const guesses = times(40, (index) => from(app, `192.0.2.${index}`, `${spellings[index % 4]}+wrong`))
    expect(await allowedOf(guesses)).toBe(6)
  })

  it('lets 31 guesses through from one address, at however many accounts', async () => {
    const app = await createGates()
    expect(await allowedOf(times(100, () => from(app, '192.0.2.200', `${somebody()}+wrong`)))).toBe(31)
    const network = times(100, (index) => from(app, `2001:db8:1:2::${index.toString(16)}`, `${somebody()}+wrong`))
    expect(await allowedOf(network)).toBe(31)
  })

  it('does not let who has an account pay with it for guesses at others', async () => {
    const app = await createGates()
    const own = somebody()
    let guesses = 0
    for (let round = 0; round < 60; round++) {
      if ((await from(app, '192.0.2.201', `${somebody()}+wrong`)).status === 200) guesses++
      await from(app, '192.0.2.201', `${own}+right`)
    }
    expect(guesses).toBe(31)
  })

  it('does not hold up an office where people sign in', async () => {
    const app = await createGates()
    for (let person = 0; person < 100; person++) expect((await from(app, '192.0.2.202', `${somebody()}+right`)).status).toBe(200)
  })

  it('forgets the mistakes of who gets it right', async () => {
    const app = await createGates()
    const email = somebody()
    for (let round = 0; round < 5; round++) {
      for (let mistake = 0; mistake < 4; mistake++) expect((await from(app, '192.0.2.1', `${email}+wrong`)).status).toBe(200)
      expect((await from(app, '192.0.2.1', `${email}+right`)).status).toBe(200)
    }
  })

  it('says how long to wait', async () => {
    const app = await createGates()
    const email = somebody()
    await Promise.all(times(6, () => from(app, '192.0.2.1', `${email}+wrong`)))
    expect(await (await from(app, '192.0.2.1', `${email}+wrong`)).text()).toBe('1')
  })

  it('counts passwords and codes apart', async () => {
    const app = await createGates()
    const email = somebody()
    expect(await allowedOf(times(20, () => from(app, '', `${email}+wrong+password`)))).toBe(6)
    expect(await allowedOf(times(20, () => from(app, '', `${email}+wrong+code`)))).toBe(6)
  })
})

describe('a known device', () => {
  const statusOf = async (client: TestClient, email: string, word: string): Promise<number> =>
    (await client.request(`/try?${email}+${word}`)).status

  it('lets the owner in while others guess, and has a count of its own', async () => {
    const app = await createGates()
    const [email, owner, stranger] = [somebody(), app.client(), app.client()]
    await statusOf(owner, email, 'in')
    for (let guess = 0; guess < 20; guess++) await statusOf(stranger, email, 'wrong')

    expect(await statusOf(stranger, email, 'right')).toBe(429)
    expect(await statusOf(owner, email, 'right')).toBe(200)

    const guesses: number[] = []
    for (let guess = 0; guess < 10; guess++) guesses.push(await statusOf(owner, email, 'wrong'))
    expect(guesses.filter((status) => status === 200)).toHaveLength(6)
  })

  it('is known to the account it signed in to, and to no other', async () => {
    const app = await createGates()
    const [own, other, client] = [somebody(), somebody(), app.client()]
    await statusOf(client, own, 'in')
    for (let guess = 0; guess < 10; guess++) await statusOf(app.client(), other, 'wrong')
    expect(await statusOf(client, other, 'wrong')).toBe(429)
  })

  it('cannot be made up, or come from guessing right without signing in', async () => {
    const app = await createGates()
    const [email, client] = [somebody(), app.client()]
    await statusOf(client, email, 'right')
    expect([...client.cookies.keys()]).toEqual([])
    await statusOf(client, email, 'in')
    const [[name, value]] = [...client.cookies] as [[string, string]]
    for (let guess = 0; guess < 10; guess++) await statusOf(app.client(), email, 'wrong')
    for (const forged of [value.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), value.split('.').slice(0, 2).join('.'), 'x', '']) {
      const forger = app.client()
      forger.cookies.set(name, forged)
      expect.soft(await statusOf(forger, email, 'wrong'), forged).toBe(429)
    }
  })

  it('stays the same with each sign-in, so that signing in gives no new guesses', async () => {
    const app = await createGates()
    const [email, client] = [somebody(), app.client()]
    const idOf = (): string | undefined => [...client.cookies.values()][0]?.split('.')[1]
    await statusOf(client, email, 'in')
    const first = idOf()
    await statusOf(client, email, 'in')
    expect(first).toMatch(/^[\w-]{22}$/)
    expect(idOf()).toBe(first)
  })
})

describe('/login', () => {
  let lab: AccountsLab
  beforeAll(async () => void (lab = await createAccountsLab()))
  afterAll(() => lab.remove())

  it('checks six passwords of a hundred that come at once, and then not even the right one', async () => {
    const user = await lab.createUser({ password: await hashPassword('a long walk by the sea') })
    const app = await createTestApp({ routes: {}, db: lab.db as never, auth: defineAuth({ siteName: 'Test' }) })
    const signIn = (client: TestClient, password: string): ReturnType<TestClient['submit']> =>
      client.submit('/login', 'login', { email: user.email, password, remember: false })
    const owner = app.client()
    expect((await signIn(owner, 'a long walk by the sea')).status).toBe(303)

    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => signIn(app.client(), `guess ${index}`)))
    const words = answers.map(({ formErrors }) => formErrors[0])

    expect(words.filter((word) => word === 'The e-mail address or the password is wrong.')).toHaveLength(6)
    expect(words.filter((word) => word === 'Too many attempts. Try again in a second.')).toHaveLength(94)
    const failed = { where: { kind: 'account.logInFailed', userId: String(user.id) } }
    expect(await lab.db['auditEvent']!['findMany']!(failed)).toHaveLength(6)
    owner.cookies.delete('session')
    expect((await signIn(owner, 'a long walk by the sea')).status).toBe(303)
    expect(app.errors).toEqual([])
  })
})
