/**
 * What security costs a request: the checks before the app, the headers after it, and the parse of a posted form.
 * Run with `node --conditions=hotclub-source bench/security.ts`.
 */
import { Services } from '../framework/src/lib/core/services.ts'
import { defineSettings } from '../framework/src/lib/core/settings.ts'
import { createKeys } from '../framework/src/lib/http/keys.ts'
import { readForm } from '../framework/src/lib/http/read-form.ts'
import { createSecurityHeaders } from '../framework/src/lib/http/security-headers.ts'
import { ServerContext } from '../framework/src/lib/server/context.ts'
import { Guard } from '../framework/src/lib/server/guard.ts'
import { leave } from '../framework/src/lib/server/leave.ts'
import { fastResponse } from '../framework/src/lib/server/responses.ts'

const settings = defineSettings({})
const site = {
  settings,
  keys: createKeys(['a secret of the bench, for nothing else']),
  services: new Services(),
  headers: createSecurityHeaders(settings.security, []),
}
const guard = new Guard({ settings, assets: { build: '', entry: { url: '', imports: [], styles: [] }, modules: {} } })

/** A request as light as the adapter's own: headers are looked up, not copied. */
function request(method: string, headers: Record<string, string>, body = ''): Request {
  const light = {
    method,
    url: 'http://localhost:3000/films/alien',
    headers: { get: (name: string) => headers[name] ?? null, has: (name: string) => name in headers },
    text: () => Promise.resolve(body),
  }
  return light as unknown as Request
}

const contextOf = (of: Request): ServerContext =>
  new ServerContext(
    { request: of, origin: 'http://localhost:3000', pathname: '/films/alien', query: '', isData: false, requestId: 'id', db: undefined },
    site,
  )
const page = '<!DOCTYPE html><p>page</p>'
const respond = (): Response =>
  fastResponse(page, 200, { 'cache-control': 'private, no-cache', 'content-type': 'text/html; charset=utf-8' })
const send = (response: Response): unknown => (response as unknown as { _toNodeResponse(): unknown })._toNodeResponse()

const get = request('GET', { 'sec-fetch-site': 'none', cookie: 'theme=dark' })
const post = request('POST', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' })
const fields = new URLSearchParams(
  Object.entries({
    title: 'Le Ballon rouge',
    year: '1956',
    director: 'Albert Lamorisse',
    minutes: '34',
    country: 'France',
    language: 'fr',
    genre: 'Family & fantasy',
    mail: 'someone@example.com',
    note: 'A boy, a balloon and the streets of Ménilmontant. '.repeat(4),
    _action: 'suggest',
  }),
).toString()
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const cases: Record<string, () => unknown> = {
  'nothing: context and response': () => (contextOf(get), send(respond())),
  'a page: host, headers': () => {
    const context = contextOf(get)
    guard.checkTarget(context)
    return send(leave(context, respond()))
  },
  'nothing, of a post': () => (contextOf(post), send(respond())),
  'a post: host, origin, headers': async () => {
    const context = contextOf(post)
    guard.checkTarget(context)
    await guard.checkOrigin(context, undefined)
    return send(leave(context, respond()))
  },
  'a form of ten fields': () => readForm(request('POST', form, fields), settings.limits),
}

for (const [name, run] of Object.entries(cases)) console.log(`${name.padEnd(32)} ${(await best(run)).toFixed(2)} µs`)

/** Microseconds of one run, the best of 15 rounds. */
async function best(run: () => unknown): Promise<number> {
  const count = 20_000
  let least = Infinity
  for (let round = 0; round < 15; round++) {
    const start = performance.now()
    for (let index = 0; index < count; index++) {
      const result = run()
      if (result instanceof Promise) await result
    }
    least = Math.min(least, performance.now() - start)
  }
  return (least / count) * 1_000
}
