import { expect, test } from '@playwright/test'

test('the home page leads to a film without JavaScript', async ({ page }) => {
  await page.goto('/')
  const film = page.locator('main a[href^="/films/"]').first()
  await film.click()

  await expect(page).toHaveURL(/\/films\/[^/]+$/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
