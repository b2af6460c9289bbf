import type { Page } from '@playwright/test'
import { expect, test, type DevApp } from './_dev-app.ts'

/** Opens the home page and gives it state: the count, the open layout, and a mark that a reload would remove. */
async function openWithState(app: DevApp, page: Page): Promise<void> {
  await app.start()
  await page.goto(app.url)
  await expect(async () => {
    await page.locator('#count').click()
    await expect(page.locator('#count')).toHaveText('count 1', { timeout: 500 })
  }).toPass()
  await page.getByRole('button', { name: 'closed' }).click()
  await page.evaluate(() => Object.assign(window, { kept: true }))
}

async function expectState(page: Page): Promise<void> {
  await expect(page.locator('#count')).toHaveText('count 1')
  await expect(page.getByRole('button', { name: 'open' })).toBeVisible()
  expect(await page.evaluate(() => 'kept' in window)).toBe(true)
}

test('an edited view appears and keeps its state', async ({ app, page }) => {
  await openWithState(app, page)
  app.edit('app/routes/index.tsx', 'View one', 'View two')

  await expect(page.locator('h1')).toHaveText('View two')
  await expectState(page)
})

test('an edited layout, root and component appear and keep the state', async ({ app, page }) => {
  await openWithState(app, page)
  app.edit('app/routes/layout.tsx', '<main>', '<main data-edited>')
  await expect(page.locator('main[data-edited]')).toBeVisible()
  app.edit('app/root.tsx', '>Site<', '>Another site<')
  await expect(page.locator('header')).toHaveText('Another site')
  app.edit('app/components/badge.tsx', 'Badge one', 'Badge two')
  await expect(page.locator('b')).toHaveText('Badge two')

  await expectState(page)
})

test('an edited loader brings its data and keeps the state', async ({ app, page }) => {
  await openWithState(app, page)
  app.edit('app/routes/index.tsx', 'loader one', 'loader two')

  await expect(page.locator('#from')).toHaveText('loader two')
  await expectState(page)
})

test('an edited server file brings its data and keeps the state', async ({ app, page }) => {
  await openWithState(app, page)
  app.edit('app/lib/greeting.server.ts', 'Hello from', 'Greetings from')

  await expect(page.locator('#text')).toHaveText('Greetings from the server')
  await expectState(page)
})

test('a view and its loader edited together never meet the other version', async ({ app, page }) => {
  await openWithState(app, page)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  const text = app.read('app/routes/index.tsx')
  app.write(
    'app/routes/index.tsx',
    text.replace("from: 'loader one'", "from: 'loader one', films: ['Alien']").replace('View one', '{data.films.join()}'),
  )

  await expect(page.locator('h1')).toHaveText('Alien')
  await expectState(page)
  expect(errors).toEqual([])
})

test('an edited stylesheet applies and keeps the state', async ({ app, page }) => {
  await openWithState(app, page)
  app.edit('app/root.css', 'rgb(0, 0, 255)', 'rgb(255, 0, 0)')

  await expect(page.locator('header')).toHaveCSS('color', 'rgb(255, 0, 0)')
  await expectState(page)
})

test('a page without hydration reloads after an edit', async ({ app, page }) => {
  await app.start()
  await page.goto(`${app.url}/plain`)
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/@vite/client')))
  app.edit('app/routes/plain.tsx', 'Plain one', 'Plain two')

  await expect(page.locator('h1')).toHaveText('Plain two')
})

test('a new route answers at once, a removed one no longer, and nothing restarts', async ({ app, page }) => {
  await openWithState(app, page)
  app.write('app/routes/new.tsx', 'export default function New() { return <h1>New page</h1> }')
  await expect.poll(async () => (await page.request.get(`${app.url}/new`)).status()).toBe(200)
  app.remove('app/routes/new.tsx')
  await expect.poll(async () => (await page.request.get(`${app.url}/new`)).status()).toBe(404)

  await expectState(page)
  await expect.poll(() => app.read('.hotclub/types/routes.d.ts')).not.toContain("'/new'")
})

test('a renamed route moves, and the id it names follows', async ({ app, page }) => {
  app.write(
    'app/routes/films.tsx',
    `import type { LoaderArgs, ViewProps } from 'hotclub'
export const loader = ({}: LoaderArgs<'/films'>) => ({ title: 'Films' })
export default function Films({ data }: ViewProps<typeof loader>) { return <h1>{data.title}</h1> }
`,
  )
  await app.start()
  expect((await page.request.get(`${app.url}/films`)).status()).toBe(200)
  // A second file in the same instant: whichever is noticed first, the renamed one is put right.
  app.write('app/routes/a.tsx', 'export default function A() { return <h1>A</h1> }')
  app.rename('app/routes/films.tsx', 'app/routes/movies/[year=int].tsx')

  await expect.poll(async () => (await page.request.get(`${app.url}/movies/1979`)).status()).toBe(200)
  expect((await page.request.get(`${app.url}/films`)).status()).toBe(404)
  await expect.poll(() => app.read('app/routes/movies/[year=int].tsx')).toContain("LoaderArgs<'/movies/[year=int]'>")
  expect(app.read('.hotclub/types/routes.d.ts')).toContain("'/movies/[year=int]'")
})

test('a page that did not exist appears where its 404 was', async ({ app, page }) => {
  await openWithState(app, page)
  await page.goto(`${app.url}/later`)
  await expect(page.locator('h1')).toContainText('404')
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('client-entry')))
  app.write('app/routes/later.tsx', 'export default function Later() { return <h1>Here now</h1> }')

  await expect(page.locator('h1')).toHaveText('Here now')
})

test('an edit of middleware or settings takes effect without a restart of the process', async ({ app, page }) => {
  app.write(
    'app/settings.ts',
    "import { defineSettings } from 'hotclub'\nexport default defineSettings({}, () => ({ trailingSlash: 'never' }))\n",
  )
  app.write(
    'app/middleware.ts',
    "export default [async (context: any, next: any) => { const response = await next(); response.headers.set('x-mark', 'one'); return response }]\n",
  )
  await app.start()
  const header = async (): Promise<string | undefined> => (await page.request.get(app.url)).headers()['x-mark']
  expect(await header()).toBe('one')
  app.edit('app/middleware.ts', "'one'", "'two'")
  await expect.poll(header).toBe('two')

  const slash = async (): Promise<number> => (await page.request.get(`${app.url}/other/`, { maxRedirects: 0 })).status()
  expect(await slash()).toBe(308)
  app.edit('app/settings.ts', 'never', 'ignore')
  await expect.poll(slash).toBe(200)
  expect(app.terminal).toContain('app/settings.ts changed')
})

test('an edit of .env restarts the app with the new value', async ({ app, page }) => {
  app.write('.env', 'GREETING=from env one\n')
  app.write('app/lib/greeting.server.ts', 'export const greeting = () => process.env.GREETING\n')
  await app.start()
  await page.goto(app.url)
  await expect(page.locator('#text')).toHaveText('from env one')
  app.write('.env', 'GREETING=from env two\n')

  await expect.poll(async () => await (await page.request.get(app.url)).text()).toContain('from env two')
  await expect(page.locator('#text')).toHaveText('from env two')
  expect(app.terminal).toContain('.env changed')
})

test('an edit of vite.config.ts restarts Vite under the same server', async ({ app, page }) => {
  await app.start()
  await page.goto(app.url)
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/@vite/client')))
  app.edit('vite.config.ts', 'plugins', 'define: { __MARK__: \'"marked"\' }, plugins')
  app.edit('app/components/badge.tsx', 'Badge one', '{(globalThis as any).nothing ?? (__MARK__ as any)}')

  await expect.poll(() => app.terminal).toContain('vite.config.ts changed')
  await expect.poll(async () => await (await page.request.get(app.url)).text()).toContain('marked')
  await expect(page.locator('#badge')).toHaveText('marked')
})
