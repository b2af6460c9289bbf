import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { expectRowFlow, openAdmin, titles } from './admin.ts'

const violations = async (page: Page): Promise<unknown> =>
  (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()).violations.map(
    ({ id, nodes }) => [id, nodes.map(({ html }) => html)],
  )

test('a row is added, found, changed and deleted', ({ page }) => expectRowFlow(page, 'Weekday'))

test('a list is searched, filtered, sorted and turned over, all of it in the address', async ({ page }) => {
  await openAdmin(page, '/admin/movie')
  await page.locator('summary', { hasText: 'MPAA rating' }).click()
  await page.getByLabel('NC-17').check()
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page).toHaveURL(/f\.rating=NC_?17/i)
  await page.getByRole('link', { name: 'Title' }).click()
  await expect(page).toHaveURL(/sort=title/)
  await expect.poll(() => titles(page)).not.toEqual([])
  const shown = await titles(page)
  expect(shown).toEqual(shown.toSorted((a, b) => (a < b ? -1 : 1)))

  await page.goto('/admin/movie?sort=title')
  const first = await titles(page)
  expect(first).toHaveLength(50)
  await page.getByRole('link', { name: 'Next' }).click()
  await expect.poll(() => titles(page)).not.toEqual(first)
  expect((await titles(page)).filter((title) => first.includes(title) && title !== '')).toEqual([])
  await page.getByRole('link', { name: 'Previous' }).click()
  await expect.poll(() => titles(page)).toEqual(first)
})

test('a relation is chosen by typing, with the keyboard alone', async ({ page }) => {
  await openAdmin(page, '/admin/movie?q=Metropolis')
  await page.locator('.ha-open').first().click()
  const director = page.getByRole('combobox', { name: 'Director' })
  await director.fill('spielb')
  await expect(page.getByRole('option', { name: 'Steven Spielberg' })).toBeVisible()
  await director.press('Enter')
  await expect(director).toHaveValue('Steven Spielberg')
  await expect(page.getByText('Unsaved changes')).toBeVisible()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await expect(page.getByText('is saved.')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Director' })).toHaveValue('Steven Spielberg')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Director' })).toHaveValue('Steven Spielberg')
})

test('unsaved changes are not left without a question', async ({ page }) => {
  await openAdmin(page, '/admin/genre')
  await page.locator('.ha-open').first().click()
  await page.getByLabel('Name').fill('Half')
  await expect(page.getByText('Unsaved changes')).toBeVisible()
  const asked: string[] = []
  page.once('dialog', (dialog) => {
    asked.push(dialog.message())
    void dialog.dismiss()
  })
  await page.getByRole('link', { name: 'People' }).click()
  expect(asked).toEqual(['Leave without saving? What you changed is lost.'])
  await expect(page.getByLabel('Name')).toHaveValue('Half')
})

test('rows are ticked and deleted together, after a page that says which', async ({ page }) => {
  await openAdmin(page, '/admin/genre/new')
  for (const name of ['First to go', 'Second to go']) {
    await page.getByLabel('Name').fill(name)
    await page.getByLabel('Address').fill(name.toLowerCase().replaceAll(' ', '-'))
    await page.getByRole('button', { name: 'Save and add another' }).click()
    await expect(page.getByText(`Genre “${name}” is added.`)).toBeVisible()
  }
  await page.goto(`/admin/genre?q=${encodeURIComponent('"to go"')}`)
  await page.getByRole('checkbox', { name: 'Select every row of this page' }).check()
  await expect(page.getByText('2 of 2 on this page selected')).toBeVisible()
  await page.getByRole('button', { name: 'Delete selected …' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete 2 genres?')
  await page.getByRole('button', { name: 'Delete 2 genres' }).click()
  await expect(page.getByText('2 genres are deleted.')).toBeVisible()
})

for (const [scheme, width] of [
  ['light', 1280],
  ['dark', 360],
] as const)
  test(`its pages are accessible and fit (${scheme}, ${width} px)`, async ({ page }) => {
    test.slow()
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme: scheme })
    const problems: string[] = []
    await openAdmin(page)
    page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())))
    page.on('pageerror', (error) => problems.push(error.message))
    for (const path of [
      '/admin',
      '/admin/movie',
      '/admin/movie?q=nothing-at-all',
      '/admin/movie/1',
      '/admin/movie/new',
      '/admin/movie/1/delete',
      '/admin/user',
    ]) {
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      expect([path, await violations(page)]).toEqual([path, []])
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width])
    }
    expect(problems).toEqual([])
  })

test('the admin is for the staff alone', async ({ page }) => {
  expect((await page.goto('/admin/movie'))!.url()).toContain('/login?next=%2Fadmin%2Fmovie')
  const main = page.getByRole('main')
  await main.getByLabel('E-mail').fill('vera@matinee.example')
  await main.getByLabel('Password').fill('slow-afternoon')
  await main.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is not open to you')
})
