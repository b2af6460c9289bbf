import { describe, expect, it, vi } from 'vitest'
import type { CookieOptions } from '../core/cookies.ts'
import { redirect } from '../core/results.ts'
import { defineSettings, type SettingsInput } from '../core/settings.ts'
import type { ContextFunction } from '../routing/types.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

const secret = 'a secret for tests, and for nothing else'

function appWith(handler: ContextFunction, settings: SettingsInput = {}): Promise<TestApp> {
  return createTestApp({
    routes: { 'cookies.ts': { GET: handler } },
    settings: defineSettings({}, () => ({ secrets: [secret], ...settings })),
  })
}

/** Sends cookies over https, and gives what the handler returned. */
async function read(app: TestApp, cookie: string, origin = 'https://localhost'): Promise<unknown> {
  const response = await app.fetch(new Request(`${origin}/cookies`, { headers: { cookie } }))
  return ((await response.json()) as { value?: unknown }).value
}

async function setCookies(app: TestApp, origin = 'https://localhost'): Promise<string[]> {
  return (await app.fetch(new Request(`${origin}/cookies`))).headers.getSetCookie()
}

describe('context.cookies.set', () => {
  const setting =
    (options?: CookieOptions): ContextFunction =>
    (context) =>
      context.cookies.set('theme', 'dark', options)

  it('is safe where nothing is said', async () => {
    const app = await appWith(setting())
    expect(await setCookies(app)).toEqual(['__Host-theme=dark; Path=/; HttpOnly; Secure; SameSite=Lax'])
    expect(await setCookies(app, 'http://localhost')).toEqual(['theme=dark; Path=/; HttpOnly; SameSite=Lax'])
  })

  it('takes the prefix away where the options do not go with it', async () => {
    expect(await setCookies(await appWith(setting({ path: '/shop' })))).toEqual(['theme=dark; Path=/shop; HttpOnly; Secure; SameSite=Lax'])
    expect(await setCookies(await appWith(setting({ domain: 'example.com', httpOnly: false, sameSite: 'none', maxAge: 60 })))).toEqual([
      'theme=dark; Domain=example.com; Path=/; Max-Age=60; Secure; SameSite=None',
    ])
  })

  it('makes every cookie Secure where the setting says that the site is', async () => {
    const app = await appWith(setting(), { security: { https: true } })
    expect(await setCookies(app)).toEqual([expect.stringContaining('__Host-theme=dark')])
  })

  it('leaves with redirects, errors and answers of every other kind', async () => {
    const app = await createTestApp({
      routes: {
        'go.tsx': { default: () => null, loader: ({ cookies }) => (cookies.set('a', '1'), redirect('/')) },
        'fail.tsx': {
          default: () => null,
          loader({ cookies }) {
            cookies.set('a', '1')
            throw new Error('no')
          },
        },
        'page.tsx': { default: () => <p>page</p>, loader: ({ cookies }) => void cookies.set('a', '1') },
        'own.ts': { GET: ({ cookies }) => (cookies.set('a', '1'), Response.redirect('https://example.com/')) },
        'many.ts': {
          GET({ cookies }) {
            cookies.set('a', '1')
            cookies.set('a', '2')
            cookies.set('b', '3')
            return new Response('', { headers: { 'set-cookie': 'own=1' } })
          },
        },
      },
    })
    for (const path of ['/go', '/fail', '/page', '/_hotclub/data/page', '/_hotclub/data/go', '/own', '/missing', '/many']) {
      const { headers } = await app.request(path)
      const own = path === '/many' ? ['own=1', 'a=2; Path=/; HttpOnly; SameSite=Lax', 'b=3; Path=/; HttpOnly; SameSite=Lax'] : undefined
      const usual = path === '/missing' ? [] : ['a=1; Path=/; HttpOnly; SameSite=Lax']
      expect(headers.getSetCookie(), path).toEqual(own ?? usual)
    }
  })

  it('carries any text there and back', async () => {
    const values = ['', 'a b', 'ünï; code=1, "quoted"', '100%', 'a\r\nset-cookie: b=1', 'a=b==']
    for (const value of values) {
      const [header] = await setCookies(await appWith(({ cookies }) => cookies.set('x', value)))
      expect(header).toMatch(/^[\x20-\x7e]+$/)
      expect(await read(await appWith(({ cookies }) => ({ value: cookies.get('x') })), header!.split(';', 1)[0]!)).toBe(value)
    }
  })

  it.each<[string, string, CookieOptions]>([
    ['a b', '', {}],
    ['a;b', '', {}],
    ['a=b', '', {}],
    ['a\r\nset-cookie: b', '', {}],
    ['', '', {}],
    ['__Host-a', '', {}],
    ['a', '', { path: '/; Domain=evil' }],
    ['a', '', { domain: 'a\r\nb' }],
    ['a', '', { maxAge: 1.5 }],
    ['a', 'x'.repeat(4_096), {}],
  ])('refuses %j with %j and %j', async (name, value, options) => {
    const app = await appWith(({ cookies }) => cookies.set(name, value, options))
    expect((await app.request('/cookies')).status).toBe(500)
    expect(app.errors[0]!.error).toMatchObject({ code: 'HC_COOKIE' })
  })
})

describe('context.cookies.get', () => {
  const reading: ContextFunction = ({ cookies }) => ({ value: cookies.get('theme') })

  it('believes the prefixed cookie first, which no other host can have set', async () => {
    const app = await appWith(reading)
    expect(await read(app, 'theme=planted; __Host-theme=own')).toBe('own')
    expect(await read(app, 'theme=plain')).toBe('plain')
    expect(await read(app, 'theme=a; theme=b', 'http://localhost')).toBe('a')
    expect(await read(app, 'other=1')).toBeUndefined()
  })

  it('sees what was set and deleted in the same request', async () => {
    const app = await appWith(({ cookies }) => {
      cookies.set('theme', 'new')
      const before = cookies.get('theme')
      cookies.delete('theme')
      return { value: [before, cookies.get('theme') ?? 'gone'] }
    })
    expect(await read(app, '__Host-theme=old')).toEqual(['new', 'gone'])
  })

  it('marks the answer private, and one that nobody read is left as it was', async () => {
    const app = await createTestApp({
      routes: {
        'read.ts': { GET: reading },
        'own.ts': {
          GET: ({ cookies }) =>
            Response.json(cookies.get('a') ?? null, { headers: { 'cache-control': 'public, max-age=60', vary: 'Accept' } }),
        },
        'set.ts': { GET: ({ cookies }) => (cookies.set('a', '1'), new Response('', { headers: { 'cache-control': 'public' } })) },
        'none.ts': { GET: () => ({}) },
      },
    })
    const of = async (path: string): Promise<unknown[]> => {
      const { headers } = await app.request(path)
      return [headers.get('cache-control'), headers.get('vary')]
    }
    expect(await of('/read')).toEqual(['private, no-cache', 'Cookie'])
    expect(await of('/own')).toEqual(['public, max-age=60', 'Accept, Cookie'])
    expect(await of('/set')).toEqual(['private, no-cache', 'Cookie'])
    expect(await of('/none')).toEqual([null, null])
  })
})

describe('context.cookies.delete', () => {
  it('takes away the cookie with and without the prefix', async () => {
    const app = await appWith(({ cookies }) => cookies.delete('theme'))
    const response = await app.fetch(new Request('https://localhost/cookies', { headers: { cookie: 'theme=old' } }))
    expect(response.headers.getSetCookie()).toEqual([
      '__Host-theme=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax',
      'theme=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax',
    ])
  })
})

describe('signed cookies', () => {
  const signing: ContextFunction = ({ cookies }) => cookies.setSigned('user', 'ada.lovelace')
  const reading: ContextFunction = ({ cookies }) => ({ value: cookies.getSigned('user') ?? 'refused' })
  const sign = async (settings?: SettingsInput): Promise<string> =>
    (await setCookies(await appWith(signing, settings)))[0]!.split(';', 1)[0]!

  it('come back as they were, and changed ones do not', async () => {
    const cookie = await sign()
    const app = await appWith(reading)
    expect(await read(app, cookie)).toBe('ada.lovelace')
    for (const wrong of ['', 'ada.lovelace', 'a.b.c', '..', cookie.split('=')[1]!.replace('ada', 'eve'), `${cookie.split('=')[1]}x`])
      expect(await read(app, `__Host-user=${wrong}`), wrong).toBe('refused')
  })

  it('are good for their own name only', async () => {
    const value = (await sign()).split('=')[1]
    const other = await appWith(({ cookies }) => ({ value: cookies.getSigned('admin') ?? 'refused' }))
    expect(await read(other, `__Host-admin=${value}`)).toBe('refused')
  })

  it('outlive a change of secrets as long as the old one is among them', async () => {
    const cookie = await sign()
    expect(await read(await appWith(reading, { secrets: ['another secret of this test', secret] }), cookie)).toBe('ada.lovelace')
    expect(await read(await appWith(reading, { secrets: ['another secret of this test'] }), cookie)).toBe('refused')
  })

  it('can be too old', async () => {
    const cookie = await sign()
    const app = await appWith(({ cookies }) => ({ value: cookies.getSigned('user', { maxAge: 60 }) ?? 'refused' }))
    expect(await read(app, cookie)).toBe('ada.lovelace')
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 62_000)
    expect(await read(app, cookie)).toBe('refused')
    vi.restoreAllMocks()
  })

  it('are signed by a secret of the process where there is none', async () => {
    const app = await createTestApp({ routes: { 'set.ts': { GET: signing }, 'cookies.ts': { GET: reading } } })
    const [cookie] = (await app.request('/set')).headers.getSetCookie()
    expect(await read(app, cookie!.split(';', 1)[0]!, 'http://localhost')).toBe('ada.lovelace')
  })
})

describe('encrypted cookies', () => {
  const sealing: ContextFunction = ({ cookies }) => cookies.setEncrypted('cart', { items: [7] }, { maxAge: 100 })
  const reading: ContextFunction = async ({ cookies }) => ({ value: (await cookies.getEncrypted('cart')) ?? 'refused' })

  it('hide their value, and give it back', async () => {
    const [header] = await setCookies(await appWith(sealing))
    expect(header).not.toContain('items')
    expect(header).toContain('Max-Age=100')
    const cookie = header!.split(';', 1)[0]!
    expect(await read(await appWith(reading), cookie)).toEqual({ items: [7] })
    expect(await read(await appWith(reading, { secrets: ['another secret of this test', secret] }), cookie)).toEqual({ items: [7] })
    expect(await read(await appWith(reading, { secrets: ['another secret of this test'] }), cookie)).toBe('refused')
    expect(await read(await appWith(reading), cookie.replace(/.{5}~/, 'AAAAA~'))).toBe('refused')
    expect(await read(await appWith(reading), '__Host-cart=made-up')).toBe('refused')
  })

  it('are passed over where a subdomain may have planted them, if asked to', async () => {
    const strict: ContextFunction = async ({ cookies }) => ({
      value: (await cookies.getEncrypted('cart', { hostOnly: true })) ?? 'refused',
    })
    const cookie = (await setCookies(await appWith(sealing)))[0]!.split(';', 1)[0]!
    const planted = cookie.replace('__Host-', '')

    expect(await read(await appWith(strict), cookie)).toEqual({ items: [7] })
    expect(await read(await appWith(strict), planted)).toBe('refused')
    expect(await read(await appWith(reading), planted)).toEqual({ items: [7] })
    expect(await read(await appWith(strict), planted, 'http://localhost')).toEqual({ items: [7] })
  })
})

describe('a cookie after the headers', () => {
  it('is refused with a hint, since it would be lost', async () => {
    const late = Promise.withResolvers<unknown>()
    const app = await appWith(({ cookies }) => {
      setTimeout(() => {
        try {
          cookies.set('late', '1')
          late.resolve(undefined)
        } catch (error) {
          late.resolve(error)
        }
      })
    })
    await app.request('/cookies')
    expect(await late.promise).toMatchObject({ code: 'HC_COOKIE', message: expect.stringContaining('had left') })
  })
})

describe('context.ip', () => {
  it('is the plain address of the visitor', async () => {
    const app = await createTestApp({ routes: { 'ip.ts': { GET: ({ ip }) => ({ ip }) } } })
    const from = (ip: string): Request => Object.assign(new Request('http://localhost/ip'), { ip })
    expect(await (await app.fetch(from('::ffff:192.0.2.7'))).json()).toEqual({ ip: '192.0.2.7' })
    expect(await (await app.fetch(from('2001:db8::1'))).json()).toEqual({ ip: '2001:db8::1' })
    expect(await (await app.request('/ip')).json()).toEqual({ ip: '' })
  })
})
