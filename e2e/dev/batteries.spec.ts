import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type DevApp } from './_dev-app.ts'

const schema = `generator client {
  provider = "prisma-client"
  output = "generated/client"
  importFileExtension = "ts"
}
generator hotclub {
  provider = "hotclub-prisma-generator"
  output = "generated/metadata.ts"
}
datasource db {
  provider = "sqlite"
}
`
const models = readFileSync(join(import.meta.dirname, '../../framework/templates/auth.prisma'), 'utf8')
const auth = `import { defineAuth } from 'hotclub/auth'\n\nexport default defineAuth({ siteName: 'Dev' })\n`

/** Gives the app the models of accounts; `app/auth.ts` is left to the test. */
function addModels(app: DevApp): void {
  app.write('prisma/schema.prisma', schema)
  app.write('prisma/auth.prisma', models)
}

// Each makes a client for the models of accounts first.
test.slow()

test('a page of Hotclub stands in the app that asks for it: styled, hydrated, with its form', async ({ app, page }) => {
  addModels(app)
  app.write('app/auth.ts', auth)
  await app.start()
  await page.goto(`${app.url}/login`)

  const html = await (await page.request.get(`${app.url}/login`)).text()
  expect(html).toContain('.hc-account')
  await expect(page.locator('header')).toHaveCSS('color', 'rgb(0, 0, 255)')
  await expect(page.locator('.hc-account')).toHaveCSS('max-width', '448px')
  await expect(async () => {
    await page.locator('main > button').click()
    await expect(page.locator('main > button')).toHaveText('open', { timeout: 500 })
  }).toPass()
  await page.getByLabel('E-mail').fill('ada@example.org')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()

  await expect(page.getByText('The e-mail address or the password is wrong.')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue('ada@example.org')
  // No document was loaded: the layout around the page is still open.
  await expect(page.locator('main > button')).toHaveText('open')

  const [, module] = /"([^"]*\/accounts\/routes\/login\.tsx)"/.exec(html)!
  const code = await (await page.request.get(app.url + module)).text()
  expect(code).toContain('LoginPage')
  expect(code).not.toMatch(/loader|formAction|the password is wrong/)
})

test('it comes and goes with the file that asks for it, and gives way to the app', async ({ app, page }) => {
  addModels(app)
  await app.start()
  const status = async (): Promise<number> => (await fetch(`${app.url}/login`)).status
  expect(await status()).toBe(404)

  app.write('app/auth.ts', auth)
  await expect.poll(status).toBe(200)
  expect(app.read('.hotclub/types/routes.d.ts')).toContain(`'/login':`)

  app.write('app/routes/(site)/login.tsx', 'export default function Login() {\n  return <h1>Our own</h1>\n}\n')
  // Asked for anew each time: the first answer may come before the file was noticed, and its page too late to be told.
  const expectTitle = (title: string): Promise<void> =>
    expect(async () => {
      await page.goto(`${app.url}/login`)
      await expect(page.locator('h1')).toHaveText(title, { timeout: 1_000 })
    }).toPass({ timeout: 20_000 })
  await expectTitle('Our own')

  app.remove('app/routes/(site)/login.tsx')
  await expectTitle('Sign in')

  app.remove('app/auth.ts')
  await expect.poll(status).toBe(404)
  await expect(page.locator('h1')).toHaveText('404 Not Found')
})

test('an edit of what the app stands on makes a new app: policies and signals, new ones and old', async ({ app, page }) => {
  const sets = (name: string, value: string): string => `Object.assign(globalThis, { ${name}: '${value}' })\nexport default {}\n`
  app.write('app/signals/first.ts', sets('first', 'one'))
  app.write('app/routes/seen.ts', 'export const GET = () => [globalThis.first, globalThis.second, globalThis.policy].join()\n')
  await app.start()
  const seen = async (): Promise<string> => (await page.request.get(`${app.url}/seen`)).text()
  expect(await seen()).toBe('"one,,"')

  app.edit('app/signals/first.ts', 'one', 'two')
  await expect.poll(seen).toBe('"two,,"')

  app.write('app/signals/second.ts', sets('second', 'new'))
  app.write('app/signals/_helper.ts', sets('second', 'helper'))
  app.write('app/policies/film.ts', sets('policy', 'film'))
  await expect.poll(seen).toBe('"two,new,film"')

  app.remove('app/signals/second.ts')
  app.edit('app/signals/first.ts', 'two', 'three')
  await expect.poll(seen).toBe('"three,new,film"')
  expect(app.terminal).toContain('app/signals/second.ts changed.')
})
