import { expect, test } from '@playwright/test'
import { expectRowFlow, openAdmin, titles } from './admin.ts'

test('a row is added, found, changed and deleted', ({ page }) => expectRowFlow(page, 'Holiday'))

test('a list is filtered and turned over', async ({ page }) => {
  await openAdmin(page, '/admin/movie')
  const first = await titles(page)
  await page.getByRole('link', { name: 'Next' }).click()
  expect(await titles(page)).not.toEqual(first)
  await page.getByText('MPAA rating').first().click()
  await page.getByLabel('PG-13').check()
  await page.getByRole('button', { name: 'Apply' }).first().click()
  await expect(page).toHaveURL(/f\.rating=PG/)
  expect((await titles(page)).length).toBe(50)
})

test('relations are chosen from the first few, ticks are kept', async ({ page }) => {
  await openAdmin(page, '/admin/movie?q=Zodiac')
  await page.locator('.ha-open').first().click()
  await page.getByLabel('Thriller').check()
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await expect(page.getByLabel('Thriller')).toBeChecked()
  await expect(page.getByLabel('Director')).toContainText('David Fincher')
})
