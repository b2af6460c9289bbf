/** Signing in with an account of another site, which runs beside the app and lets everybody in: the same with JavaScript and without. */
import { expect, type Page } from '@playwright/test'

export async function expectSignIn(page: Page): Promise<void> {
  await page.goto('/login?next=/account/providers')
  await page.getByRole('button', { name: 'Sign in with 127.0.0.1' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/account/providers')
  await expect(page.getByRole('listitem').filter({ hasText: 'alice@example.com' })).toBeVisible()
}

export async function expectLastWayToStay(page: Page): Promise<void> {
  await expectSignIn(page)
  await page.getByRole('button', { name: 'Unlink 127.0.0.1 alice@example.com' }).click()
  await expect(page.getByRole('alert')).toContainText('This is the only way you sign in.')
}

export async function expectLinkToBeKnown(page: Page): Promise<void> {
  await expectSignIn(page)
  await page.getByRole('button', { name: 'Link an account at 127.0.0.1' }).click()
  await expect(page.getByText('You can sign in with 127.0.0.1 now.')).toBeVisible()
}

export async function expectStrangerToBeTold(page: Page): Promise<void> {
  await page.goto('/login/with/oidc/callback?code=1&state=2')
  await expect(page.getByText('did not begin in this browser')).toBeVisible()
}
