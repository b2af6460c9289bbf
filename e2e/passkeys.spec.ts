/** Passkeys, with a device that Chromium plays. */
import { expect, type Locator, type Page, test } from '@playwright/test'

// Passkeys are for names, not for addresses.
test.use({ baseURL: `http://localhost:${process.env['HOTCLUB_E2E_PORT']}` })
// Each begins with a sign-in by password, which takes its time.
test.slow()

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

/** Has the browser offer nothing by itself: the device would take it before anybody can press a button. */
async function offerNothing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })
}

const isAt =
  (path: string) =>
  ({ pathname }: URL): boolean =>
    pathname === path

/** Signs in by password, makes a passkey, and gives its place in the list. */
async function makePasskey(page: Page, member: string, name: string): Promise<Locator> {
  await plugIn(page)
  await page.goto('/login?next=/account/passkeys')
  const main = page.getByRole('main')
  await main.getByLabel('E-mail').fill(`${member}@matinee.example`)
  await main.getByLabel('Password').fill('slow-afternoon')
  await main.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(isAt('/account/passkeys'))
  await main.getByLabel('Name').last().fill(name)
  await main.getByRole('button', { name: 'Add a passkey' }).click()
  const item = main.getByRole('listitem').filter({ hasText: name })
  await expect(item).toBeVisible()
  return item
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/logout')
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(isAt('/'))
}

test('a passkey is made once on a device, and signs in', async ({ page }) => {
  await offerNothing(page)
  const item = await makePasskey(page, 'imani', 'Signs in')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This device has a passkey for your account already.')

  await signOut(page)
  await page.goto('/login?next=/account/passkeys')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(isAt('/account/passkeys'))
  await expect(item).toContainText(/used \d/)
})

test('a passkey confirms who it is, gets another name, and goes', async ({ page }) => {
  await offerNothing(page)
  const item = await makePasskey(page, 'tomas', 'Confirms')
  await page.goto('/account/confirm?next=/account/passkeys')
  await page.getByRole('button', { name: 'Go on with a passkey' }).click()
  await page.waitForURL(isAt('/account/passkeys'))

  await item.getByText('Rename').click()
  await item.getByLabel('Name').fill('Old phone')
  await item.getByRole('button', { name: 'Save' }).click()
  const remove = page.getByRole('button', { name: 'Remove Old phone' })
  await remove.click()
  await expect(remove).toHaveCount(0)
})

test('a passkey is offered where the address is asked for', async ({ page }) => {
  await makePasskey(page, 'vera', 'Offered')
  await signOut(page)

  // The device takes the offer at once, as somebody does who chooses it from the list.
  await page.goto('/login?next=/account/passkeys')
  await page.waitForURL(isAt('/account/passkeys'))
})

test('a passkey that is gone signs in nobody', async ({ page }) => {
  await offerNothing(page)
  await makePasskey(page, 'tomas', 'Gone')
  await page.getByRole('button', { name: 'Remove Gone' }).click()
  await expect(page.getByRole('button', { name: 'Remove Gone' })).toHaveCount(0)
  await signOut(page)

  await page.goto('/login')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('this passkey is none of an account here')
})
