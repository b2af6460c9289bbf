import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { configureReadJson, readJson } from './read-json.ts'

const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }): Request =>
  new Request('http://localhost/', { method: 'POST', body, headers })
const status = (request: Request): Promise<unknown> =>
  readJson(request).then(
    () => 200,
    (error: { status: number }) => error.status,
  )
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

afterEach(() => configureReadJson({ body: 1_048_576, nesting: 32 }))

describe('readJson', () => {
  it('gives what was sent, or what a schema makes of it', async () => {
    expect(await readJson(post('{"a":[1,null,"ü"]}'))).toEqual({ a: [1, null, 'ü'] })
    expect(await readJson(post('{"a":"1"}'), z.object({ a: z.coerce.number() }))).toEqual({ a: 1 })
    expect(await status(post('{}', { 'content-type': 'application/vnd.api+json; charset=utf-8' }))).toBe(200)
  })

  it('names what a schema refuses', async () => {
    await expect(readJson(post('{"a":{"b":"x"}}'), z.object({ a: z.object({ b: z.number() }) }))).rejects.toMatchObject({
      status: 422,
      data: { issues: [{ path: 'a.b', message: expect.any(String) }] },
    })
  })

  it.each([
    ['text/plain', '{}'],
    ['application/x-www-form-urlencoded', '{}'],
    ['application/json; charset=utf-16', '{}'],
    ['application/jsonx', '{}'],
  ])('refuses the type %s', async (type, body) => {
    expect(await status(post(body, { 'content-type': type }))).toBe(415)
  })

  it('refuses compressed bodies, which could be bombs', async () => {
    expect(await status(post('{}', { 'content-type': 'application/json', 'content-encoding': 'gzip' }))).toBe(415)
  })

  it.each(['', '{', 'undefined', '{"a":1}x', "{'a':1}", '\uFFFD'])('refuses what is no JSON: %j', async (body) => {
    expect(await status(post(body))).toBe(400)
  })

  it('refuses what is nested too deeply, without overflowing', async () => {
    expect([await status(post(nested(32))), await status(post(nested(33))), await status(post(nested(400_000)))]).toEqual([200, 400, 400])
    expect(await status(post(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`))).toBe(400)
  })

  it('refuses what is too large', async () => {
    configureReadJson({ body: 10, nesting: 32 })
    expect([await status(post('"12345678"')), await status(post('"123456789"')), await status(post('"€€€"'))]).toEqual([200, 413, 413])
  })

  it.each(['{"__proto__":{"a":1}}', '{"b":[{"__proto__":1}]}', '{"constructor":{"prototype":{"a":1}}}', '{"\\u005f_proto__":1}'])(
    'refuses %s, which could change every object',
    async (body) => {
      expect(await status(post(body))).toBe(400)
      expect(Reflect.get({}, 'a')).toBeUndefined()
    },
  )

  it('takes a plain name that only looks like one', async () => {
    expect(await readJson(post('{"constructor":"Frank Lloyd Wright","prototype":1}'))).toEqual({
      constructor: 'Frank Lloyd Wright',
      prototype: 1,
    })
  })
})
