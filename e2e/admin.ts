/** The admin, with JavaScript and without. */
import { expect, type Page } from '@playwright/test'

/** Signs in as somebody who may do everything, and opens the admin. */
export async function openAdmin(page: Page, path = '/admin'): Promise<void> {
  await page.goto(`/login?next=${encodeURIComponent(path)}`)
  const main = page.getByRole('main')
  await main.getByLabel('E-mail').fill('root@matinee.example')
  await main.getByLabel('Password').fill('slow-afternoon')
  await main.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(path)
}

/** The titles on a page of films. */
export async function titles(page: Page): Promise<string[]> {
  return (await page.locator('.ha-open').allInnerTexts()).map((text) => text.trim())
}

/** Adds a genre, finds it, renames it and deletes it. */
export async function expectRowFlow(page: Page, name: string): Promise<void> {
  await openAdmin(page, '/admin/genre')
  await page.getByRole('link', { name: 'Add genre' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Address').fill(name.toLowerCase())
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await expect(page.getByText(`Genre “${name}” is added.`)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)

  await page.getByLabel('Name').fill('')
  await page
    .locator('.ha-form')
    .evaluate((form: HTMLFormElement) => (form.noValidate = true))
    .catch(() => undefined)
  await page.getByLabel('Name').fill(`${name} again`)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page).toHaveURL('/admin/genre')
  await expect(page.getByText(`Genre “${name} again” is saved.`)).toBeVisible()

  await page.getByRole('searchbox', { name: 'Search genres' }).fill(`"${name} again"`)
  await page.getByRole('searchbox', { name: 'Search genres' }).press('Enter')
  await expect(page.locator('.ha-open')).toHaveText([`${name} again`])
  await page.getByRole('link', { name: `${name} again` }).click()
  await page.getByRole('link', { name: 'Delete …' }).click()
  await expect(page.getByText('Nothing else refers to it.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete genre' }).click()
  await expect(page.getByText(`Genre “${name} again” is deleted.`)).toBeVisible()
}
