/** Members with JavaScript. What is the same without it stands in members.ts. */
import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, expect, test } from '@playwright/test'
import { formOf, messagesOf } from './forms.ts'
import { expectListFlow, expectMembersOnly, expectReviewFlow, pageOf, writeReview } from './members.ts'

test('a review is written once, moderated, changed and deleted', async ({ page, browser }) => {
  test.slow()
  await expectReviewFlow(page, browser, 'spellbound')
})

test('a list is begun, put in order, shown and deleted', async ({ page, browser }) => {
  test.slow()
  await expectListFlow(page, browser, 'With a script')
})

test('members come in by the sign-in page, and go by the menu', ({ page }) => expectMembersOnly(page))

test('a review takes the place of its form, without loading a document', async ({ browser }) => {
  const page = await pageOf(browser, 'vera')
  await page.goto('/films/fargo')
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.documentElement.setAttribute('data-kept', ''))
  await writeReview(page, '7', 'Snow as far as one can see, and nobody is warm but her.')

  await expect(messagesOf(page)).toBeInViewport()
  await expect(page.locator('#your-review')).toBeInViewport()
  await expect(page.locator('#your-review')).toBeFocused()
  await expect(formOf(page)).toHaveCount(0)
  await expect(page.locator('html[data-kept]')).toHaveCount(1)
})

test('a review that is wrong comes back with what was typed', async ({ browser }) => {
  const page = await pageOf(browser, 'vera')
  await page.goto('/films/up')
  const form = formOf(page)
  await form.evaluate((element: HTMLFormElement) => (element.noValidate = true))
  await writeReview(page, '8', 'Short.')

  await expect(page.getByRole('alert')).toContainText('Review: At least 20 characters.')
  await expect(form.getByRole('radio', { name: '8' })).toBeChecked()
  await expect(form.getByRole('textbox', { name: 'Review' })).toHaveValue('Short.')
})

test('films of a list are moved without a request', async ({ browser }) => {
  const page = await pageOf(browser, 'imani')
  await page.goto('/account/lists')
  await page.getByRole('link', { name: 'With my grandmother' }).click()
  await page.getByRole('link', { name: 'Edit list' }).click()
  const form = formOf(page)
  await expect(form.locator('.chosen-film').first()).toHaveText(/^Casablanca/)
  await page.waitForLoadState('networkidle')
  let posts = 0
  page.on('request', (request) => request.method() === 'POST' && posts++)
  await form.getByRole('button', { name: 'Move Film 2 up' }).click()

  await expect(form.locator('.chosen-film').first()).toHaveText(/^Singin/)
  expect(posts).toBe(0)
})

test.describe('as a moderator', () => {
  let storageState: Awaited<ReturnType<BrowserContext['storageState']>>
  test.beforeAll(async ({ browser }) => {
    storageState = await (await pageOf(browser, 'vera')).context().storageState()
  })

  const complain = ({ violations }: { violations: Array<{ id: string; nodes: Array<{ html: string }> }> }) =>
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)

  for (const path of ['/members', '/moderation', '/lists/1', '/lists/1/edit', '/lists/new', '/account/lists', '/account', '/films/avatar'])
    for (const colorScheme of ['light', 'dark'] as const)
      test(`${path} is accessible, silent and fits a phone, ${colorScheme}`, async ({ browser }) => {
        const page = await (await browser.newContext({ storageState, colorScheme, reducedMotion: 'reduce' })).newPage()
        const complaints: string[] = []
        page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
        page.on('pageerror', (error) => complaints.push(String(error)))
        await page.goto(path)
        await page.waitForLoadState('networkidle')

        await page.getByRole('button', { name: 'Your account' }).click()
        await expect(page.locator('#account-menu')).toContainText('Vera Lindqvist')
        expect(complain(await new AxeBuilder({ page }).analyze())).toEqual([])
        await page.keyboard.press('Escape')
        await page.setViewportSize({ width: 360, height: 800 })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
        expect(complaints).toEqual([])
      })
})
