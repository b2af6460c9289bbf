import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineSettings } from './settings.ts'

const before = { ...process.env }
beforeEach(() => {
  process.env = { ...before }
})
afterEach(() => {
  process.env = before
})

describe('defineSettings', () => {
  it('gives every default, and the environment as its schemas read it', () => {
    process.env['PAGE_SIZE'] = '24'
    const settings = defineSettings({ PAGE_SIZE: z.coerce.number(), MISSING: z.string().optional() })
    expect(settings.env).toEqual({ PAGE_SIZE: 24, MISSING: undefined })
    expect(settings).toMatchObject({ trailingSlash: 'never', trustedProxies: false, limits: { body: 1_048_576 } })
  })

  it('lets settings depend on the environment', () => {
    process.env['PROXIES'] = '2'
    const settings = defineSettings({ PROXIES: z.coerce.number() }, (env) => ({ trustedProxies: env.PROXIES, limits: { body: 10 } }))
    expect(settings.trustedProxies).toBe(2)
    expect(settings.limits).toMatchObject({ body: 10, url: 8_192 })
  })

  it('takes an empty variable as missing', () => {
    process.env['SITE'] = ''
    expect(defineSettings({ SITE: z.string().default('here') }).env.SITE).toBe('here')
  })

  it('reports every mistake at once, by name, without the values', () => {
    process.env['SITE_URL'] = 'hush not a url'
    const wrong = (): unknown =>
      defineSettings(
        { SECRET_KEY: z.string(), SITE_URL: z.url() },
        () => ({ trailingSlash: 'sometimes', limits: { body: -1 }, colour: 'red' }) as never,
      )
    expect(wrong).toThrow(
      expect.objectContaining({
        code: 'HC_SETTINGS',
        message: expect.stringMatching(/SECRET_KEY.*is not set[^]*SITE_URL[^]*trailingSlash[^]*limits\.body[^]*colour/),
      }),
    )
    expect(wrong).not.toThrow(/hush/)
  })

  it('cannot be changed afterwards', () => {
    const settings = defineSettings({})
    expect(() => Object.assign(settings, { trailingSlash: 'always' })).toThrow(TypeError)
  })
})
