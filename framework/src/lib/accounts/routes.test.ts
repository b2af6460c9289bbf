import { globSync } from 'node:fs'
import { createElement, type ReactNode } from 'react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsLab, createAccountsLab } from '../../../test/_accounts.ts'
import { defineAuth } from '../auth/config.ts'
import type { RouteModule } from '../routing/types.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { accountRoutes } from './routes.ts'

let lab: AccountsLab

beforeAll(async () => {
  lab = await createAccountsLab()
})
afterAll(() => lab.remove())

function open(routes: Record<string, RouteModule>): Promise<TestApp> {
  return createTestApp({ routes, db: lab.db as never, auth: defineAuth({ siteName: 'Test' }) })
}

describe('accountRoutes', () => {
  it('names every file of the folder, and no other', () => {
    const files = globSync('routes/**/*.{ts,tsx}', { cwd: import.meta.dirname }).filter((file) => !file.includes('.test.'))

    expect(Object.keys(accountRoutes)).toEqual(files.toSorted())
  })
})

describe('the pages of accounts', () => {
  it('are there in an app with accounts, and in no other', async () => {
    const login = await (await open({})).request('/login')
    expect(login.status).toBe(200)
    expect(await login.text()).toContain('Sign in</h1>')

    expect((await (await createTestApp({ routes: {} })).request('/login')).status).toBe(404)
  })

  it('give way to a page of the app, and have its layouts', async () => {
    const frame = ({ children }: { children?: ReactNode }): ReactNode => createElement('section', null, children)
    const framed = await open({ 'layout.tsx': { default: frame } })
    expect(await (await framed.request('/login')).text()).toContain('<section><section class="hc-account">')

    const own = await open({ '(site)/login.tsx': { default: () => createElement('h1', null, 'Our own') } })
    expect(await (await own.request('/login')).text()).toContain('<h1>Our own</h1>')
  })
})
