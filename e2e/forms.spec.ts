/** Forms with JavaScript. What is the same without it stands in forms.ts. */
import { expect, type Page, test } from '@playwright/test'
import { castOf, expectErrors, expectListToChange, expectNoTelltale, expectSuccess, flows, formOf, messagesOf, png } from './forms.ts'

/** Waits for the page's script: a form is then sent by it. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('networkidle')
}

/** Marks the document, and tells later whether it is still the same. */
async function keepsDocument(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => document.documentElement.setAttribute('data-kept', ''))
  return async () => (await page.locator('html[data-kept]').count()) === 1
}

function countPosts(page: Page): () => number {
  let posts = 0
  page.on('request', (request) => request.method() === 'POST' && posts++)
  return () => posts
}

for (const [name, flow] of Object.entries(flows)) {
  test(`a ${name} is thanked for, once`, ({ page }) => expectSuccess(page, flow))
  test(`a wrong ${name} comes back with what was typed`, ({ page }) => expectErrors(page, flow))

  test(`a ${name} is checked by the browser first`, async ({ page }) => {
    await open(page, flow.path)
    const posts = countPosts(page)
    await formOf(page).getByRole('button', { name: flow.button }).click()

    expect(posts()).toBe(0)
    await expect(formOf(page).locator(':invalid').first()).toBeFocused()
  })

  test(`a ${name} is sent once, without loading a document, however often one clicks`, async ({ page }) => {
    await open(page, flow.path)
    const [posts, isKept] = [countPosts(page), await keepsDocument(page)]
    await flow.fill(formOf(page))
    await formOf(page).getByRole('button', { name: flow.button }).dblclick()

    await expect(messagesOf(page)).toHaveText([flow.message])
    expect(posts()).toBe(1)
    expect(await isKept()).toBe(true)
  })
}

test('people can be added, moved and removed', ({ page }) => expectListToChange(page))

test('people are moved without a request', async ({ page }) => {
  await open(page, '/suggest')
  const [posts, isKept] = [countPosts(page), await keepsDocument(page)]
  await expectListToChangeHere(page)

  expect(posts()).toBe(0)
  expect(await isKept()).toBe(true)
})

async function expectListToChangeHere(page: Page): Promise<void> {
  const form = formOf(page)
  await form.getByRole('button', { name: 'Add a person' }).click()
  // The new person's name has focus.
  await page.keyboard.type('Dennek')
  await form.getByRole('button', { name: 'Move Cast 2 up' }).click()
  expect(await castOf(form)).toEqual(['Dennek as ', ' as '])
}

test('the answer to a subscription does not tell who was on the list', ({ page }) => expectNoTelltale(page))

test('a message goes when it is closed, and focus stays on the page', async ({ page }) => {
  await open(page, '/newsletter')
  await flows.newsletter!.fill(formOf(page))
  await formOf(page).getByRole('button', { name: 'Subscribe' }).click()
  await messagesOf(page).getByRole('button', { name: 'Close' }).click()

  await expect(messagesOf(page)).toHaveCount(0)
  await expect(page.locator('[data-messages]')).toBeFocused()
})

test('a poster is shown before it is sent, and one that is too large is not sent', async ({ page }) => {
  await open(page, '/suggest')
  const posts = countPosts(page)
  const form = formOf(page)
  const poster = form.getByLabel('Poster')
  await flows.suggestion!.fill(form)
  await expect(form.locator('.field-files')).toHaveText('playtime.png, 70 bytes')
  await expect.poll(() => form.locator('.field-files img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)

  await poster.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(600_000) })
  await form.getByRole('button', { name: 'Send suggestion' }).click()
  expect(await poster.evaluate((input: HTMLInputElement) => input.validationMessage)).toContain('at most 500 kB')
  expect(posts()).toBe(0)

  await poster.setInputFiles({ name: 'playtime.png', mimeType: 'image/png', buffer: png })
  await form.getByRole('button', { name: 'Send suggestion' }).click()
  await expect(messagesOf(page)).toHaveText([flows.suggestion!.message])
})

test('what is typed is shown as text, whatever it looks like', async ({ page }) => {
  const attack = '<img src=x onerror="document.title=\'broken\'">'
  await open(page, flows.contact!.path)
  await flows.contact!.fill(formOf(page))
  await formOf(page).getByLabel('Name').fill(attack)
  await formOf(page).getByRole('button', { name: flows.contact!.button }).click()

  await expect(messagesOf(page)).toContainText(attack)
  expect(await page.title()).not.toBe('broken')
})
