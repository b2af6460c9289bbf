import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'

const pages = [
  '/',
  '/films',
  '/films?q=star&sort=newest',
  '/films?q=no-such-film-anywhere',
  '/films/the-godfather',
  '/films/decades/1970s',
  '/people',
  '/people/steven-spielberg',
  '/distributors',
  '/lists',
  '/lists/1',
  '/about',
  '/contact',
  '/suggest',
  '/newsletter',
  '/login',
  '/signup',
  '/password',
  '/no/such/page',
]

for (const path of pages)
  for (const colorScheme of ['light', 'dark'] as const)
    test(`${path} is accessible and silent, ${colorScheme}`, async ({ page }) => {
      const complaints: string[] = []
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(String(error)))
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })

      const response = await page.goto(path)
      await page.waitForLoadState('networkidle')

      const isError = path === '/no/such/page'
      expect(response?.status()).toBe(isError ? 404 : 200)
      // The browser itself reports the status of the document.
      expect(complaints.filter((text) => !(isError && text.includes('404')))).toEqual([])
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    })

for (const path of ['/contact', '/suggest', '/newsletter', '/login'])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`${path} is accessible with errors, and fits a phone, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 800 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(path)
      const form = page.getByRole('main').locator('form').first()
      await form.evaluate((element: HTMLFormElement) => (element.noValidate = true))
      await form.getByRole('button').last().click()
      await page.getByRole('alert').waitFor()

      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    })

test('a message is accessible', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/newsletter')
    const form = page.locator('form.form')
    await form.getByLabel('E-mail').fill('axe@example.com')
    await form.locator('.button').click()
    await page.locator('[data-messages] li').waitFor()

    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
})

test('no page is wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 })
  for (const path of pages) {
    await page.goto(path)
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360)
  }
})
