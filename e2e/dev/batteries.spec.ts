import { expect, test } from './_dev-app.ts'

const auth = 'export default {}\n'

test('a page of Hotclub stands in the app that asks for it: styled, hydrated, with its form', async ({ app, page }) => {
  app.write('app/auth.ts', auth)
  await app.start()
  await page.goto(`${app.url}/login`)

  expect(await (await page.request.get(`${app.url}/login`)).text()).toContain('.hc-account')
  await expect(page.locator('header')).toHaveCSS('color', 'rgb(0, 0, 255)')
  await expect(page.locator('.hc-account')).toHaveCSS('max-width', '384px')
  await expect(async () => {
    await page.locator('main > button').click()
    await expect(page.locator('main > button')).toHaveText('open', { timeout: 500 })
  }).toPass()
  await page.getByLabel('Email').fill('ada@example.org')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Log in' }).click()

  await expect(page.getByText('E-mail or password is wrong.')).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue('ada@example.org')
  // No document was loaded: the layout around the page is still open.
  await expect(page.locator('main > button')).toHaveText('open')
})

test('it comes and goes with the file that asks for it, and gives way to the app', async ({ app, page }) => {
  await app.start()
  const status = async (): Promise<number> => (await page.request.get(`${app.url}/login`)).status()
  expect(await status()).toBe(404)

  app.write('app/auth.ts', auth)
  await expect.poll(status).toBe(200)
  expect(app.read('.hotclub/types/routes.d.ts')).toContain(`'/login':`)

  app.write('app/routes/(site)/login.tsx', 'export default function Login() {\n  return <h1>Our own</h1>\n}\n')
  await page.goto(`${app.url}/login`)
  await expect(page.locator('h1')).toHaveText('Our own')

  app.remove('app/routes/(site)/login.tsx')
  await expect(page.locator('h1')).toHaveText('Log in')

  app.remove('app/auth.ts')
  await expect.poll(status).toBe(404)
})

test('server code of its pages does not reach the browser', async ({ app, page }) => {
  app.write('app/auth.ts', auth)
  await app.start()
  const html = await (await page.request.get(`${app.url}/login`)).text()
  const [, url] = /"([^"]*\/accounts\/routes\/login\.tsx)"/.exec(html)!
  const code = await (await page.request.get(app.url + url)).text()

  expect(code).toContain('LoginPage')
  expect(code).not.toMatch(/loader|formAction|E-mail or password is wrong/)
})
