import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type DevApp } from './_dev-app.ts'

/** Opens the home page once it answers clicks, with a count of 1 as its state. */
async function open(app: DevApp, page: Page, path = '/'): Promise<void> {
  await page.goto(app.url + path)
  await expect(async () => {
    await page.locator('#count').click()
    await expect(page.locator('#count')).toHaveText('count 1', { timeout: 500 })
  }).toPass()
}

const overlay = (page: Page) => page.locator('#hotclub-error')

test('a loader that throws shows its line in the browser and the terminal, and recovers', async ({ app, page }) => {
  app.edit('app/routes/index.tsx', 'return { text', "throw new TypeError('No films today')\n  return { text")
  await app.start()
  const response = await page.goto(app.url)

  expect(response?.status()).toBe(500)
  await expect(page.locator('h1')).toHaveText('No films today')
  await expect(page.locator('.kind')).toContainText('TypeError')
  await expect(page.locator('.kind .place')).toHaveText('app/routes/index.tsx:7:9')
  await expect(page.locator('.marked')).toContainText("throw new TypeError('No films today')")
  await expect(page.locator('.request')).toContainText('GET /')
  expect(app.terminal).toContain('✗ TypeError  app/routes/index.tsx:7:9')
  expect(app.terminal).toMatch(/> 7 \|\s+throw new TypeError\('No films today'\)/)

  app.edit('app/routes/index.tsx', "throw new TypeError('No films today')\n", '')
  await expect(page.locator('h1')).toHaveText('View one')
})

test('a loader that breaks under an open page leaves the page and its state, below an overlay', async ({ app, page }) => {
  await app.start()
  await open(app, page)
  app.edit('app/routes/index.tsx', 'return { text', "throw new Error('Broken now')\n  return { text")
  await expect(overlay(page).getByRole('heading', { level: 1 })).toHaveText('Broken now')
  await expect(overlay(page).locator('.place').first()).toHaveText('app/routes/index.tsx:7:9')
  await expect(page.locator('#count')).toHaveText('count 1')

  app.edit('app/routes/index.tsx', "throw new Error('Broken now')\n", '')
  await expect(overlay(page)).toHaveCount(0)
  await expect(page.locator('#count')).toHaveText('count 1')
})

test('a syntax error shows file, line and frame in both places; mending it brings the page back with its state', async ({ app, page }) => {
  await app.start()
  await open(app, page)
  app.edit('app/routes/index.tsx', '<h1>View one</h1>', '<h1>View one</h2>')
  await expect(overlay(page).locator('.kind').first()).toContainText('Syntax error')
  await expect(overlay(page).locator('.place').first()).toContainText('app/routes/index.tsx:14')
  await expect(overlay(page).locator('.marked')).toContainText('<h1>View one</h2>')
  await expect.poll(() => app.terminal).toMatch(/✗ Syntax error {2}app\/routes\/index\.tsx:14/)

  app.edit('app/routes/index.tsx', '<h1>View one</h2>', '<h1>View three</h1>')
  await expect(page.locator('section h1')).toHaveText('View three')
  await expect(overlay(page)).toHaveCount(0)
  await expect(page.locator('#count')).toHaveText('count 1')
})

test('a syntax error at the first visit is a page of its own that recovers', async ({ app, page }) => {
  app.edit('app/routes/index.tsx', '<h1>View one</h1>', '<h1>View one</h2>')
  await app.start()
  expect((await page.goto(app.url))?.status()).toBe(500)
  await expect(page.locator('.kind').first()).toContainText('Syntax error')
  await expect(page.locator('.marked')).toContainText('<h1>View one</h2>')

  app.edit('app/routes/index.tsx', '</h2>', '</h1>')
  await expect(page.locator('h1')).toHaveText('View one')
})

test('a misspelt export says what was meant', async ({ app, page }) => {
  app.edit('app/routes/other.tsx', 'loader', 'laoder')
  await app.start()
  expect((await page.goto(app.url))?.status()).toBe(500)
  await expect(page.locator('.kind').first()).toContainText('HC_ROUTE_EXPORT')
  await expect(page.locator('.place').first()).toHaveText('app/routes/other.tsx:1')
  await expect(page.locator('.hint')).toContainText("Did you mean 'loader'?")
  await expect(page.locator('.docs')).toHaveText('docs/errors.md#hc_route_export')
  expect(app.terminal).toContain('✗ HC_ROUTE_EXPORT  app/routes/other.tsx:1')

  app.edit('app/routes/other.tsx', 'laoder', 'loader')
  await expect(page.locator('h1')).toHaveText('View one')
})

test('every mistake of the route files is shown at once', async ({ app, page }) => {
  app.write('app/routes/a/[id].tsx', 'export const laoder = 1\nexport default function A() { return null }')
  app.write('app/routes/a/[name].tsx', 'export default function B() { return null }')
  await app.start()
  await page.goto(app.url)

  await expect(page.locator('main')).toContainText('HC_ROUTE_EXPORT')
  await expect(page.locator('main')).toContainText('HC_ROUTE_CONFLICT')
})

test('a view that fails on the server is an error page; one that fails after an edit is an overlay', async ({ app, page }) => {
  await app.start()
  await open(app, page)
  app.edit('app/components/badge.tsx', 'return <b id="badge">Badge one</b>', "throw new Error('Badge fell off')")
  await expect(overlay(page).getByRole('heading', { level: 1 })).toHaveText('Badge fell off')
  await expect(overlay(page).locator('.place').first()).toContainText('app/components/badge.tsx:2')
  await expect.poll(() => app.terminal).toContain('Badge fell off')
  await page.reload()
  await expect(page.locator('h1')).toHaveText('Badge fell off')
  await expect(page.locator('.place').first()).toHaveText('app/components/badge.tsx:2:9')

  app.edit('app/components/badge.tsx', "throw new Error('Badge fell off')", 'return <b id="badge">Badge back</b>')
  await expect(page.locator('#badge')).toHaveText('Badge back')
})

test('an action that throws shows its line, and the page comes back by itself', async ({ app, page }) => {
  app.write(
    'app/routes/form.tsx',
    `export async function action() {
  throw new RangeError('Cannot save')
}

export default function Form() {
  return <form method="post"><button>Send</button></form>
}
`,
  )
  await app.start()
  await page.goto(`${app.url}/form`)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.locator('h1')).toHaveText('Cannot save')
  await expect(page.locator('.place').first()).toHaveText('app/routes/form.tsx:2:9')
  await expect(page.locator('.request')).toContainText('POST /form')

  app.edit('app/routes/form.tsx', "throw new RangeError('Cannot save')", 'return { ok: true }')
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible()
})

test('errors of middleware and settings show, and recover', async ({ app, page }) => {
  app.write('app/middleware.ts', "export default [() => {\n  throw new Error('Middle trouble')\n}]\n")
  await app.start()
  await page.goto(app.url)
  await expect(page.locator('h1')).toHaveText('Middle trouble')
  await expect(page.locator('.place').first()).toContainText('app/middleware.ts:2')
  app.write('app/middleware.ts', 'export default []\n')
  await expect(page.locator('h1')).toHaveText('View one')

  app.write(
    'app/settings.ts',
    "import { defineSettings } from 'hotclub'\nimport { z } from 'zod'\nexport default defineSettings({ DEV_TEST_KEY: z.string() })\n",
  )
  await expect.poll(async () => (await page.request.get(app.url)).status()).toBe(500)
  await page.goto(app.url)
  await expect(page.locator('.kind').first()).toContainText('HC_SETTINGS')
  await expect(page.locator('h1')).toContainText('DEV_TEST_KEY')
  app.write('.env', 'DEV_TEST_KEY=here\n')
  await expect(page.locator('h1')).toHaveText('View one')
})

test('server code in a view is refused with the chain and a way out', async ({ app, page }) => {
  await app.start()
  await open(app, page)
  app.edit('app/routes/index.tsx', '{data.text}', '{greeting()}')
  await expect(overlay(page).locator('.kind').first()).toContainText('HC_CLIENT_IMPORT')
  await expect(overlay(page).getByRole('heading', { level: 1 })).toContainText('greeting.server.ts')
  await expect.poll(() => app.terminal).toContain('HC_CLIENT_IMPORT')

  app.edit('app/routes/index.tsx', '{greeting()}', '{data.text}')
  await expect(overlay(page)).toHaveCount(0)
  await expect(page.locator('#count')).toHaveText('count 1')
})

test('a missing import is named', async ({ app, page }) => {
  await app.start()
  await open(app, page)
  app.edit('app/routes/index.tsx', "'../components/badge.tsx'", "'../components/bagde.tsx'")
  await expect(overlay(page).getByRole('heading', { level: 1 })).toContainText("'../components/bagde.tsx'")

  app.edit('app/routes/index.tsx', 'bagde', 'badge')
  await expect(overlay(page)).toHaveCount(0)
})

test('the error page hides secrets and is reachable by keyboard', async ({ app, page }) => {
  app.edit('app/routes/index.tsx', 'return { text', "throw new Error('Oh')\n  return { text")
  await app.start()
  await page.setExtraHTTPHeaders({ authorization: 'Bearer hunter2' })
  await page.goto(`${app.url}/?token=hunter2&page=2`)
  await page.getByText('Route and headers').click()

  await expect(page.getByRole('cell', { name: '[hidden]' }).first()).toBeVisible()
  expect(await page.content()).not.toContain('hunter2')
  expect(app.terminal).not.toContain('hunter2')
})

test('a link to a broken page stays quiet until it is followed; then the page waits for the repair', async ({ app, page }) => {
  app.edit('app/routes/other.tsx', "({ word: 'other data' })", "{ throw new Error('Other is broken') }")
  await app.start()
  await open(app, page)
  const fetched = page.waitForResponse((response) => response.url().endsWith('/_hotclub/data/other'))
  await page.getByRole('link', { name: 'Other' }).hover()
  await fetched
  await expect(overlay(page)).toHaveCount(0)
  await page.getByRole('link', { name: 'Other' }).click()
  await expect(overlay(page).getByRole('heading', { level: 1 })).toHaveText('Other is broken')
  await expect(page.locator('#count')).toHaveText('count 1')

  app.edit('app/routes/other.tsx', "{ throw new Error('Other is broken') }", "({ word: 'mended' })")
  await expect(overlay(page)).toHaveCount(0)
  await expect(page.locator('h1')).toHaveText('mended')
  expect(new URL(page.url()).pathname).toBe('/other')
})

test('a promise that nobody waits for is reported, and the server lives on', async ({ app, page }) => {
  app.edit('app/routes/other.tsx', '() => (', "() => (void Promise.reject(new Error('Forgotten')), ")
  await app.start()
  expect((await page.request.get(`${app.url}/other`)).status()).toBe(200)

  await expect.poll(() => app.terminal).toContain('✗ Error  app/routes/other.tsx:1')
  expect(app.terminal).toContain('Forgotten')
  expect((await page.request.get(`${app.url}/other`)).status()).toBe(200)
})

test('an app without its root says what to create, and goes on once it is there', async ({ app, page }) => {
  const root = app.read('app/root.tsx')
  app.remove('app/root.tsx')
  await app.start()
  await page.goto(app.url)
  await expect(page.locator('.kind').first()).toContainText('HC_ROUTE_ROOT')
  app.write('app/root.tsx', root)

  await expect(page.locator('h1')).toHaveText('View one')
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`the error page and the overlay are accessible (${colorScheme})`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme })
    await app.start()
    await open(app, page)
    app.edit(
      'app/routes/index.tsx',
      'return { text',
      "const found = [] // 'none'\n  throw new TypeError(`No ${found.length} films`)\n  return { text",
    )
    await expect(overlay(page).getByRole('dialog')).toBeVisible()
    const onOverlay = await new AxeBuilder({ page }).include('#hotclub-error').analyze()
    await page.keyboard.press('Escape')
    await expect(overlay(page)).toHaveCount(0)
    await page.goto(app.url)
    await expect(page.locator('h1')).toHaveText('No 0 films')
    const onPage = await new AxeBuilder({ page }).analyze()

    expect([...onOverlay.violations, ...onPage.violations].map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
