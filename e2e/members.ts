/** Members of the site, and what they do with reviews and lists: the same with JavaScript and without. */
import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { formOf, messagesOf } from './forms.ts'

/** Those that the seed brings; Vera moderates. */
export type Member = 'vera' | 'tomas' | 'imani'

export async function fillSignIn(page: Page, member: Member): Promise<void> {
  const main = page.getByRole('main')
  await main.getByLabel('E-mail').fill(`${member}@matinee.example`)
  await main.getByLabel('Password').fill('slow-afternoon')
  await main.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Your account' })).toBeVisible()
}

/** A page of a browser of their own, signed in. */
export async function pageOf(browser: Browser, member: Member, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  await page.goto('/login')
  await fillSignIn(page, member)
  return page
}

/** Sends what a page would not offer, as somebody does who writes their own forms. @returns The status of the answer */
export async function postByHand(page: Page, path: string, form: Record<string, string>): Promise<number> {
  const { origin } = new URL(page.url())
  return (await page.request.post(path, { form, headers: { origin, 'sec-fetch-site': 'same-origin' }, maxRedirects: 0 })).status()
}

function reviewOf(page: Page, words: string): Locator {
  return page.locator('.review', { hasText: words })
}

export async function writeReview(page: Page, stars: string, words: string): Promise<void> {
  const form = formOf(page)
  await form.getByRole('radio', { name: stars, exact: true }).check()
  await form.getByRole('textbox', { name: 'Review' }).fill(words)
  await form.getByRole('button').last().click()
}

/** A review from the first word to the last: written, refused, changed, published, deleted. */
export async function expectReviewFlow(page: Page, browser: Browser, slug: string): Promise<void> {
  const path = `/films/${slug}`
  const words = `I sat in the last row and would do so again (${slug}).`

  await page.goto(path)
  await page.getByRole('link', { name: 'Sign in to review' }).click()
  await fillSignIn(page, 'imani')
  await expect(page).toHaveURL(`${path}#write-review`)
  const second = await page.context().newPage()
  await second.goto(path)
  await writeReview(page, '9', words)
  await expect(messagesOf(page)).toHaveText([/Thank you, Imani Okafor/])
  await expect(page.locator('#your-review')).toContainText(words)
  await expect(formOf(page)).toHaveCount(0)

  await writeReview(second, '2', 'Once more, with less feeling and fewer stars.')
  await expect(second.getByRole('alert')).toContainText('You have reviewed this film before.')
  await second.close()

  // It waits: nobody else sees it, or can reach for it.
  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(path)
  await expect(reviewOf(stranger, words)).toHaveCount(0)
  const edit = await page.locator('#your-review').getByRole('link', { name: 'Edit' }).getAttribute('href')
  const id = edit!.split('/')[2]!
  const other = await pageOf(browser, 'tomas')
  expect((await other.goto(edit!))?.status()).toBe(404)
  expect(await postByHand(other, path, { _action: 'remove', id })).toBe(404)
  expect(await postByHand(other, path, { _action: 'moderate', id, status: 'PUBLISHED' })).toBe(403)
  expect(await postByHand(other, edit!, { _action: 'save', stars: '1', body: 'I am somebody else and should not be here.' })).toBe(404)
  expect(await postByHand(stranger, path, { _action: 'remove', id })).toBe(401)

  const moderator = await pageOf(browser, 'vera')
  await moderator.goto('/moderation')
  const item = moderator.getByRole('listitem').filter({ hasText: words })
  await item.getByRole('button', { name: 'Publish' }).click()
  await expect(messagesOf(moderator)).toHaveText([/^Published: Imani Okafor on/])
  await expect(item).toHaveCount(0)
  await stranger.reload()
  await expect(reviewOf(stranger, words)).toBeVisible()
  expect((await other.goto(edit!))?.status()).toBe(403)

  await page.goto(edit!)
  await expect(formOf(page).getByRole('radio', { name: '9' })).toBeChecked()
  await writeReview(page, '10', `${words} Twice.`)
  await expect(page).toHaveURL(path)
  await expect(page.locator('#your-review')).toContainText(`${words} Twice.`)
  // What was published is not what stands there now.
  await stranger.reload()
  await expect(reviewOf(stranger, words)).toHaveCount(0)

  const own = page.locator('#your-review')
  await own.getByText('Delete review …').click()
  await own.getByRole('button', { name: 'Delete review' }).click()
  await expect(messagesOf(page)).toHaveText([/^The review has been deleted\./])
  await expect(own).toHaveCount(0)
  await expect(formOf(page)).toHaveCount(1)
}

/** A list from its first film to its last: begun, filled, put in order, shown to others, deleted. */
export async function expectListFlow(page: Page, browser: Browser, title: string): Promise<void> {
  await page.goto('/films/the-sting')
  await page.getByRole('link', { name: /^Begin a/ }).click()
  // Whoever is not signed in comes back to where they wanted to be.
  await fillSignIn(page, 'tomas')
  await expect(page.getByText('“The Sting” is the first film on it.')).toBeVisible()
  await formOf(page).getByLabel('Title').fill(title)
  await formOf(page).getByRole('button', { name: 'Make the list' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  const path = new URL(page.url()).pathname

  for (const slug of ['fargo', 'up']) {
    await page.goto(`/films/${slug}`)
    await page.getByLabel('Add to a list').selectOption(title)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(messagesOf(page)).toHaveText([new RegExp(`^It is on “${title}”`)])
    await expect(page.getByRole('main').getByRole('link', { name: title })).toBeVisible()
  }

  const stranger = await (await browser.newContext()).newPage()
  const moderator = await pageOf(browser, 'vera')
  for (const other of [stranger, moderator]) {
    expect((await other.goto(path))?.status()).toBe(404)
    await other.goto('/lists')
    await expect(other.getByRole('link', { name: title })).toHaveCount(0)
  }
  const id = path.split('/')[2]!
  expect(await postByHand(moderator, `${path}/edit`, { _action: 'remove', id })).toBe(404)

  await page.goto(`${path}/edit`)
  const form = formOf(page)
  const titles = () => form.locator('.chosen-film').allTextContents()
  await expect.poll(titles).toEqual(['The Sting, 1973', 'Fargo, 1996', 'Up, 2009'])
  await form.getByRole('button', { name: 'Move Film 3 up' }).click()
  await expect.poll(titles).toEqual(['The Sting, 1973', 'Up, 2009', 'Fargo, 1996'])
  await form.getByRole('button', { name: 'Remove Film 1' }).click()
  await expect.poll(titles).toEqual(['Up, 2009', 'Fargo, 1996'])
  await form.getByLabel('Note').first().fill('The first ten minutes.')
  await form.getByLabel('Public').check()
  await form.getByRole('button', { name: 'Save list' }).click()
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveText(['Up', 'Fargo'])
  await expect(page.getByText('The first ten minutes.')).toBeVisible()

  await stranger.goto('/lists')
  await stranger.getByRole('link', { name: title }).click()
  await expect(stranger.locator('.list-byline')).toContainText('By Tomás Arce')
  await expect(stranger.getByRole('link', { name: 'Edit list' })).toHaveCount(0)
  expect((await moderator.goto(`${path}/edit`))?.status()).toBe(404)

  await page.goto(`${path}/edit`)
  await page.getByText('Delete list …').click()
  await page.getByRole('button', { name: 'Delete list' }).click()
  await expect(page).toHaveURL('/account/lists')
  await expect(messagesOf(page)).toHaveText([/^The list has been deleted\./])
  expect((await stranger.goto(path))?.status()).toBe(404)
}

/** From a page that is for members, by way of the sign-in page, to the sign-out in the menu. */
export async function expectMembersOnly(page: Page): Promise<void> {
  await page.goto('/members')
  await expect(page).toHaveURL('/login?next=%2Fmembers')
  await fillSignIn(page, 'imani')
  await expect(page).toHaveURL('/members')
  await expect(page.getByRole('heading', { name: 'Latest reviews' })).toBeVisible()
  await expect(page.locator('.review').first()).toBeVisible()

  await page.getByRole('button', { name: 'Your account' }).click()
  const menu = page.locator('#account-menu')
  await expect(menu).toContainText('Imani Okafor')
  await expect(menu.getByRole('link', { name: 'Moderation' })).toHaveCount(0)
  expect((await page.request.get('/moderation')).status()).toBe(403)
  await menu.getByRole('link', { name: 'Your lists' }).click()
  await expect(page).toHaveURL('/account/lists')
  await expect(menu).toBeHidden()
  await page.getByRole('button', { name: 'Your account' }).click()
  await menu.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in', exact: true })).toBeVisible()
  await page.goto('/members')
  await expect(page).toHaveURL('/login?next=%2Fmembers')
}
