import { randomUUID } from 'node:crypto'
import { logIn } from '../auth/log-in.ts'
import { usersService } from '../auth/users.ts'
import type { Middleware } from '../core/context.ts'
import type { UserId } from '../core/user.ts'
import type { Submitted, SubmittedValues, SubmitWith } from './submit.ts'

/** A browser of its own: it keeps the cookies it is given and sends them along. */
export interface TestClient {
  /** As `app.request`, with the cookies. Redirects are not followed. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** As `app.submit`, with the cookies. */
  submit(path: string, action: string | undefined, values: SubmittedValues): Promise<Submitted>
  /** Signs a user in without a form, through the same code as any sign-in. @param user A row of `User` */
  logIn(user: { id: UserId }): Promise<void>
  /** The cookies by name, to be looked at and tampered with. */
  readonly cookies: Map<string, string>
}

/** What {@link createTestClient} needs of the app. */
interface Served {
  fetch(request: Request): Promise<Response>
  submitWith: SubmitWith
  loginKey: string
}

const loginHeader = 'x-hotclub-test-login'

/**
 * The way in for `logIn`: middleware of test apps alone, behind a key that only the app's own clients know.
 *
 * @param key What {@link createLoginKey} gave
 */
export function testLogin(key: string): Middleware {
  return async (context, next) => {
    const value = context.request.headers.get(loginHeader)
    if (value === null || !value.startsWith(key)) return await next()
    const user = await context.service(usersService).byId(JSON.parse(value.slice(key.length)) as UserId)
    if (!user) return new Response('There is no such user.', { status: 404 })
    await logIn(context, user, { method: 'test' })
    return new Response(null, { status: 204 })
  }
}

export function createLoginKey(): string {
  return `${randomUUID()} `
}

export function createTestClient({ fetch, submitWith, loginKey }: Served): TestClient {
  const cookies = new Map<string, string>()
  const send = async (request: Request): Promise<Response> => {
    if (cookies.size > 0) request.headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(request)
    for (const line of response.headers.getSetCookie()) keep(cookies, line)
    return response
  }
  const client: TestClient = {
    cookies,
    async request(path, init) {
      const request = new Request(new URL(path, 'http://localhost'), init)
      if (!request.headers.has('sec-fetch-site')) request.headers.set('sec-fetch-site', 'same-origin')
      return await send(request)
    },
    submit: (path, action, values) => submitWith(send, path, action, values),
    async logIn({ id }) {
      const response = await client.request('/', { headers: { [loginHeader]: loginKey + JSON.stringify(id) } })
      if (response.status !== 204) throw new Error(`The user could not be signed in: ${response.status} ${await response.text()}`)
    },
  }
  return client
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const [name = '', value = ''] = pair.split(/=(.*)/s)
  if (attributes.includes('Max-Age=0')) cookies.delete(name)
  else cookies.set(name, value)
}
