/** Passkeys, with a device that Chromium plays. */
import { expect, type Page, test } from '@playwright/test'

/** Passkeys are for names, not for addresses. */
test.use({ baseURL: `http://localhost:${process.env['HOTCLUB_E2E_PORT']}` })

/** Plugs a device into the browser that makes passkeys, and touches it for whoever asks. */
async function plugIn(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options })
}

async function signIn(page: Page, name: string, path: string): Promise<void> {
  await page.goto(`/login?next=${path}`)
  await page.getByRole('main').getByLabel('E-mail').fill(`${name}@matinee.example`)
  await page.getByLabel('Password').fill('slow-afternoon')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(({ pathname }) => pathname === path)
}

test('a passkey is made, signs in, confirms who it is, gets another name, and goes', async ({ page }) => {
  // The device would take it before anybody can press the button.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })
  await plugIn(page)
  await signIn(page, 'imani', '/account/passkeys')

  await page.getByRole('main').getByLabel('Name').last().fill('Test device')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Test device' })).toBeVisible()

  // The device has one by now, and says so.
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByRole('alert')).toContainText('This device has a passkey for your account already.')

  await page.goto('/logout')
  await page.getByRole('button', { name: 'Sign out' }).last().click()
  await page.goto('/login?next=/account/passkeys')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/account/passkeys')
  const item = page.getByRole('listitem').filter({ hasText: 'Test device' })
  await expect(item).toContainText('used')

  await page.goto('/account/confirm?next=/account/passkeys')
  await page.getByRole('button', { name: 'Go on with a passkey' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/account/passkeys')

  await item.getByText('Rename').click()
  await item.getByLabel('Name').fill('Old phone')
  await item.getByRole('button', { name: 'Save' }).click()
  const renamed = page.getByRole('listitem').filter({ hasText: 'Old phone' })
  await expect(renamed).toBeVisible()
  await renamed.getByRole('button', { name: 'Remove Old phone' }).click()
  await expect(renamed).toHaveCount(0)
})

test('a passkey is offered where the address is asked for', async ({ page }) => {
  await plugIn(page)
  await signIn(page, 'tomas', '/account/passkeys')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText(/can sign in with this passkey/)).toBeVisible()
  await page.goto('/logout')
  await page.getByRole('button', { name: 'Sign out' }).last().click()

  // The device of the test takes the offer at once, as somebody does who chooses it from the list.
  await page.goto('/login?next=/account/passkeys')
  await page.waitForURL(({ pathname }) => pathname === '/account/passkeys')
  await page
    .getByRole('button', { name: /^Remove / })
    .first()
    .click()
})
