import { expect, test } from '@playwright/test'

test('search, filters and pages work without JavaScript', async ({ page }) => {
  await page.goto('/films')
  await page.getByRole('main').getByRole('searchbox').fill('star')
  await page.getByRole('button', { name: 'Show films' }).click()

  await expect(page).toHaveURL(/[?&]q=star/)
  await expect(page.getByRole('main').locator('a[href^="/films/"]').first()).toBeVisible()
  await page.getByRole('navigation', { name: 'Films' }).getByRole('link', { name: /next/i }).click()
  await expect(page).toHaveURL(/q=star/)
  await expect(page).toHaveURL(/page=2/)
})

test('a film shows all it has, what streams included', async ({ page }) => {
  await page.goto('/films/the-godfather')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('The Godfather')
  await expect(page.getByText('Francis Ford Coppola').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /reviews/i }).first()).toBeVisible()
})

test('a page that does not exist leads on', async ({ page }) => {
  const response = await page.goto('/films/no-such-film')
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
})
