import { expect, test } from '@playwright/test'

test('a reader finds a film by search and filter, and the URL says it all', async ({ page }) => {
  const documents: string[] = []
  page.on('request', (request) => request.resourceType() === 'document' && documents.push(request.url()))
  await page.goto('/films')

  await page.getByRole('main').getByRole('searchbox').fill('godfather')
  await page.getByRole('main').getByRole('searchbox').press('Enter')
  await expect(page).toHaveURL(/[?&]q=godfather/)
  await expect(page).toHaveTitle(/godfather/)
  await page
    .getByRole('link', { name: /^The Godfather\b/ })
    .first()
    .click()

  await expect(page).toHaveURL('/films/the-godfather')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('The Godfather')
  expect(documents).toHaveLength(1)

  await page.goBack()
  await expect(page).toHaveURL(/[?&]q=godfather/)
  await expect(page.getByRole('main').getByRole('searchbox')).toHaveValue('godfather')
})

test('pages of the list keep the filters', async ({ page }) => {
  await page.goto('/films?genre=drama&sort=title')
  await page.getByRole('navigation', { name: 'Films' }).getByRole('link', { name: /next/i }).click()
  await expect(page).toHaveURL(/genre=drama/)
  await expect(page).toHaveURL(/page=2/)
  await expect(page).toHaveURL(/sort=title/)
})

test('one data request brings a page', async ({ page }) => {
  await page.goto('/about')
  await page.goto('/people')
  const requests: string[] = []
  page.on('request', (request) => request.url().includes('/_hotclub/data/') && requests.push(new URL(request.url()).pathname))

  await page.getByRole('banner').getByRole('link', { name: 'Distributors' }).click()

  await expect(page).toHaveURL('/distributors')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(requests.filter((path) => path.endsWith('/distributors'))).toHaveLength(1)
})

test('what is related streams in after the film', async ({ page }) => {
  await page.goto('/')
  await page.goto('/films/the-godfather')
  await expect(page.getByRole('main').locator('a[href^="/films/"]').first()).toBeVisible()
})

test('about ships no script', async ({ request }) => {
  const html = await (await request.get('/about')).text()
  expect(html).not.toContain('<script type="module"')
  expect(html).not.toContain('__hotclub')
})
