/** The life of an account, as its owner goes through it, with a script and without. Mails are read where the server has put them. */
import { createHmac } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, expect, type Page, test } from '@playwright/test'

const mailFolder = join(import.meta.dirname, '../.cache/e2e/mail')
const first = 'a long walk by the sea'
const second = 'seven green bottles of ink'

/** Signs up, changes all that can be changed, loses what can be lost, and goes. */
export async function expectWholeLife(page: Page, browser: Browser, javaScriptEnabled: boolean): Promise<void> {
  const email = `life-${javaScriptEnabled ? 'script' : 'plain'}-${Date.now()}@example.com`
  const moved = `moved-${email}`
  let codes: string[] = []

  await test.step('an address is proved before there is an account', async () => {
    await page.goto('/signup')
    await fill(page, { 'E-mail': email }, 'Send me a link')
    await expectTitle(page, 'Look at your mail')
    await page.goto(await linkFor(email))
    await fill(page, { Name: 'Ada', Password: 'password' }, 'Create the account')
    await expect(main(page)).toContainText('too short')
    await fill(page, { Password: first }, 'Create the account')
    await expect(page).toHaveURL('/account')
    await expect(main(page)).toContainText(email)
  })

  await test.step('a device is signed out from another one', async () => {
    const context = await browser.newContext({ javaScriptEnabled })
    const other = await context.newPage()
    await signIn(other, email, first)
    await expect(other).toHaveURL('/account')
    await page.goto('/account/sessions')
    await main(page).getByRole('button', { name: 'Sign out everywhere else' }).click()
    await expect(main(page)).toContainText('All other devices are signed out.')
    await other.goto('/account')
    await expect(other).toHaveURL(/\/login\?next=/)
    await context.close()
  })

  await test.step('a new address counts once it is proved', async () => {
    await page.goto('/account/email')
    await fill(page, { 'New address': moved }, 'Send a link')
    await expectTitle(page, 'Look at your mail')
    await page.goto(await linkFor(moved))
    await main(page).getByRole('button', { name: 'Use this address' }).click()
    await expect(page).toHaveURL('/account')
    await expect(main(page)).toContainText(moved)
  })

  await test.step('a second factor is set up, and asked for', async () => {
    await page.goto('/account/second-factor')
    const secret = (await main(page).locator('.hc-account-code').innerText()).replaceAll(' ', '')
    await fill(page, { Code: totp(secret) }, 'Turn it on')
    await expectTitle(page, 'Your recovery codes')
    codes = await main(page).locator('.hc-account-codes code').allInnerTexts()
    expect(codes).toHaveLength(10)
    await signOut(page)
    await signIn(page, moved, first)
    await expectTitle(page, 'Enter a code')
    await fill(page, { Code: '000000' }, 'Sign in')
    await expect(main(page)).toContainText('This code is wrong')
    await fill(page, { Code: codes[0]! }, 'Sign in')
    await expect(page).toHaveURL('/account')
  })

  await test.step('a forgotten password is chosen anew, by a link that works once', async () => {
    await signOut(page)
    await page.goto('/password')
    await fill(page, { 'E-mail': moved }, 'Send me a link')
    await expectTitle(page, 'Look at your mail')
    const link = await linkFor(moved, 'choose a new password')
    await page.goto(link)
    await fill(page, { 'New password': second }, 'Change the password')
    await expect(page).toHaveURL('/login')
    await page.goto(link)
    await expectTitle(page, 'This link works no more')
    await signIn(page, moved, first)
    await expect(main(page)).toContainText('The e-mail address or the password is wrong.')
    await signIn(page, moved, second)
    await fill(page, { Code: codes[1]! }, 'Sign in')
    await expect(page).toHaveURL('/account')
  })

  await test.step('the account is deleted by who types its address', async () => {
    await page.goto('/account/delete')
    await fill(page, { 'Your address, to be sure': email }, 'Delete my account')
    await expect(main(page)).toContainText('This is not the address of your account.')
    await fill(page, { 'Your address, to be sure': moved }, 'Delete my account')
    await expect(page).toHaveURL('/')
    await signIn(page, moved, second)
    await expect(main(page)).toContainText('The e-mail address or the password is wrong.')
  })
}

const main = (page: Page) => page.getByRole('main')

async function fill(page: Page, fields: Record<string, string>, button: string): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await main(page).getByLabel(label, { exact: true }).fill(value)
  await main(page).getByRole('button', { name: button, exact: true }).click()
}

async function expectTitle(page: Page, title: string): Promise<void> {
  await expect(main(page).getByRole('heading', { level: 1 })).toHaveText(title)
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/login?next=/account')
  await fill(page, { 'E-mail': email, Password: password }, 'Sign in')
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/logout')
  await main(page).getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/')
}

/** The link in the newest mail to an address. @param words What it says (default: anything) */
async function linkFor(email: string, words = ''): Promise<string> {
  let link: string | undefined
  await expect.poll(() => (link = newestLink(email, words)), { message: `a mail to ${email}` }).toBeDefined()
  return link!
}

function newestLink(email: string, words: string): string | undefined {
  if (!existsSync(mailFolder)) return undefined
  const mail = readdirSync(mailFolder)
    .toSorted()
    .map((file) => readFileSync(join(mailFolder, file), 'utf8'))
    // Quoted-printable: long lines go on after `=`, and `=3D` is an equals sign.
    .map((text) => text.replace(/=\r?\n/g, '').replaceAll('=3D', '='))
    .findLast((text) => text.includes(`To: ${email}`) && text.includes(words))
  return /https?:\/\/\S+/.exec(mail ?? '')?.[0]
}

/** The code that an authenticator app shows now (RFC 6238). @param secret In base32 */
function totp(secret: string): string {
  const bits = Array.from(secret, (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  return String((mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
