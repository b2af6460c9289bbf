import { expect, test } from '@playwright/test'

test('the home page comes alive without a complaint from the browser', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))

  page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`))

  const response = await page.goto('/')
  await page.waitForLoadState('networkidle')

  expect(response?.status()).toBe(200)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(complaints).toEqual([])
})
