/** The forms of the site that are for everybody, as a visitor fills them in: the same with JavaScript and without. */
import { randomUUID } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'

/** A picture of one pixel. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

/** A form of the site, filled in as it should be. */
export interface Flow {
  path: string
  /** The heading where one is after it was sent. */
  arrival: string
  /** Words on the button. */
  button: string
  /** What thanks for it. */
  message: RegExp
  fill(form: Locator): Promise<void>
  /** A field to be left empty or spoiled, and what is then said of it. */
  broken: { label: string; value: string; error: string }
  /** A field that keeps its value then. */
  kept: { label: string; value: string }
}

const person = `Ada ${randomUUID().slice(0, 8)}`

export const flows: Record<string, Flow> = {
  contact: {
    path: '/contact',
    arrival: 'slow afternoon',
    button: 'Send message',
    message: new RegExp(`Thank you, ${person}`),
    async fill(form) {
      await form.getByLabel('Name').fill(person)
      await form.getByLabel('E-mail').fill('ada@example.com')
      await form.getByLabel('Mistake in the archive').check()
      await form.getByLabel('Message').fill('Metropolis is of 1927, not of 2027.')
    },
    broken: { label: 'Message', value: 'Short', error: 'At least 10 characters.' },
    kept: { label: 'Name', value: person },
  },
  suggestion: {
    path: '/suggest',
    arrival: 'Films',
    button: 'Send suggestion',
    message: /Thank you\. We will watch “Playtime”/,
    async fill(form) {
      await form.getByLabel('Title').fill('Playtime')
      await form.getByLabel('Year').fill('1967')
      await form.getByLabel('Why').fill('Tati builds a whole town and gets lost in it.')
      await form.getByLabel('Comedy', { exact: true }).check()
      await form.getByLabel('Drama').check()
      await fillPerson(form, 0, 'Jacques Tati', 'Monsieur Hulot')
      await form.getByLabel('Poster').setInputFiles({ name: 'playtime.png', mimeType: 'image/png', buffer: png })
    },
    broken: { label: 'Year', value: '1492', error: 'At least 1888.' },
    kept: { label: 'Title', value: 'Playtime' },
  },
  newsletter: {
    path: '/newsletter',
    arrival: 'One film',
    button: 'Subscribe',
    message: /You are on the list/,
    async fill(form) {
      await form.getByLabel('E-mail').fill(`${randomUUID()}@example.com`)
    },
    broken: { label: 'E-mail', value: 'ada@nowhere', error: 'Enter an e-mail address, such as name@example.com.' },
    kept: { label: 'E-mail', value: 'ada@nowhere' },
  },
}

/** The form of a page that has fields of `hotclub/forms`. */
export function formOf(page: Page): Locator {
  return page.locator('form.form')
}

export function messagesOf(page: Page): Locator {
  return page.locator('[data-messages] li')
}

export async function fillPerson(form: Locator, index: number, name: string, role: string): Promise<void> {
  await form.locator(`[name="cast[${index}].name"]`).fill(name)
  await form.locator(`[name="cast[${index}].role"]`).fill(role)
}

/** Whom the list of the cast holds, as `name as role`, leading ones with a star. */
export async function castOf(form: Locator): Promise<string[]> {
  return await form.locator('.field-item').evaluateAll((items) =>
    items.map((item) => {
      const [name, role] = [...item.querySelectorAll<HTMLInputElement>('[type="text"]')].map((input) => input.value)
      return `${name} as ${role}${item.querySelector<HTMLInputElement>('[type="checkbox"]')!.checked ? '*' : ''}`
    }),
  )
}

/** Sends a form of which one field is wrong, past the browser's own checks, and looks at what comes back. */
export async function expectErrors(page: Page, { path, fill, button, broken, kept }: Flow): Promise<void> {
  await page.goto(path)
  const form = formOf(page)
  await fill(form)
  await form.getByLabel(broken.label).fill(broken.value)
  await form.evaluate((element: HTMLFormElement) => (element.noValidate = true))
  await form.getByRole('button', { name: button }).click()

  const summary = page.getByRole('alert')
  await expect(summary).toContainText(`${broken.label}: ${broken.error}`)
  await expect(summary).toBeFocused()
  const field = form.getByLabel(broken.label)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(broken.error)
  await expect(field).toHaveValue(broken.value)
  await expect(form.getByLabel(kept.label)).toHaveValue(kept.value)
  await expect(messagesOf(page)).toHaveCount(0)
  await summary.getByRole('link', { name: broken.label }).click()
  await expect(field).toBeFocused()
}

/** Sends a form as it should be and sees it thanked for, once. */
export async function expectSuccess(page: Page, { path, fill, button, message, arrival }: Flow): Promise<void> {
  await page.goto(path)
  const form = formOf(page)
  await fill(form)
  await form.getByRole('button', { name: button }).click()

  await expect(messagesOf(page)).toHaveText([message])
  await expect(page.getByRole('heading', { level: 1 })).toContainText(arrival)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(arrival)
  await expect(messagesOf(page)).toHaveCount(0)
}

/** Adds, moves and removes people of a suggestion, each with what was typed. */
export async function expectListToChange(page: Page): Promise<void> {
  await page.goto('/suggest')
  const form = formOf(page)
  const add = form.getByRole('button', { name: 'Add a person' })
  await form.getByLabel('Title').fill('Playtime')
  await form.getByLabel('Comedy', { exact: true }).check()
  await fillPerson(form, 0, 'Tati', 'Hulot')
  await form.locator('[name="cast[0].isLead"]').check()
  await add.click()
  await fillPerson(form, 1, 'Dennek', 'Barbara')
  await add.click()
  await fillPerson(form, 2, 'Lecourt', 'Barfly')

  await form.getByRole('button', { name: 'Move Cast 3 up' }).click()
  await expect.poll(() => castOf(form)).toEqual(['Tati as Hulot*', 'Lecourt as Barfly', 'Dennek as Barbara'])
  await form.getByRole('button', { name: 'Move Cast 1 down' }).click()
  await expect.poll(() => castOf(form)).toEqual(['Lecourt as Barfly', 'Tati as Hulot*', 'Dennek as Barbara'])
  await form.getByRole('button', { name: 'Remove Cast 1' }).click()
  await expect.poll(() => castOf(form)).toEqual(['Tati as Hulot*', 'Dennek as Barbara'])
  await form.getByRole('button', { name: 'Remove Cast 2' }).click()
  await form.getByRole('button', { name: 'Remove Cast 1' }).click()
  // There has to be one.
  await expect.poll(() => castOf(form)).toEqual([' as '])
  for (let people = 2; people <= 12; people++) {
    await add.click()
    await expect(form.locator('.field-item')).toHaveCount(people)
  }
  await expect(add).toHaveCount(0)
  await expect(form.getByLabel('Title')).toHaveValue('Playtime')
  await expect(form.getByLabel('Comedy', { exact: true })).toBeChecked()
  await expect(page.getByRole('alert')).toHaveCount(0)
}

/** Subscribes from the foot of any page, twice: nobody can tell from the answer who was there before. */
export async function expectNoTelltale(page: Page): Promise<void> {
  const email = `${randomUUID()}@example.com`
  const answers: string[] = []
  for (const spelling of [email, email.toUpperCase()]) {
    await page.goto('/people')
    const footer = page.getByRole('contentinfo')
    await footer.getByLabel(/every Friday/).fill(spelling)
    await footer.getByRole('button', { name: 'Subscribe' }).click()
    await expect(page).toHaveURL('/newsletter')
    answers.push(await page.getByRole('main').innerText())
  }
  expect(answers[0]).toContain('You are on the list')
  expect(answers[1]).toBe(answers[0])
}
