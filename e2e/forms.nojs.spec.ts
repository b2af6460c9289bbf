/** Forms without JavaScript. What is the same with it stands in forms.ts. */
import { expect, test } from '@playwright/test'
import { expectErrors, expectListToChange, expectNoTelltale, expectSuccess, fillPerson, flows, formOf, messagesOf, png } from './forms.ts'

for (const [name, flow] of Object.entries(flows)) {
  test(`a ${name} is thanked for, once`, ({ page }) => expectSuccess(page, flow))
  test(`a wrong ${name} comes back with what was typed`, ({ page }) => expectErrors(page, flow))
}

test('people can be added, moved and removed', ({ page }) => expectListToChange(page))

test('the answer to a subscription does not tell who was on the list', ({ page }) => expectNoTelltale(page))

test('a message stands in the page, above the heading', async ({ page }) => {
  await page.goto('/newsletter')
  await flows.newsletter!.fill(formOf(page))
  await formOf(page).getByRole('button').last().click()

  const [message, heading] = await Promise.all([messagesOf(page).boundingBox(), page.getByRole('heading', { level: 1 }).boundingBox()])
  expect(message!.y + message!.height).toBeLessThanOrEqual(heading!.y)
  await expect(messagesOf(page).getByRole('button')).toHaveCount(0)
})

test('a poster that is too large, or none at all, is refused with the rest kept', async ({ page }) => {
  await page.goto('/suggest')
  const form = formOf(page)
  const poster = form.getByLabel('Poster')
  await flows.suggestion!.fill(form)
  for (const [buffer, words] of [
    [Buffer.concat([png, Buffer.alloc(600_000)]), 'The file may have 500 kB at most.'],
    [Buffer.from('<script>alert(1)</script>'), 'Its name says picture, its content does not.'],
  ] as const) {
    await poster.setInputFiles({ name: 'poster.png', mimeType: 'image/png', buffer })
    await form.getByRole('button', { name: 'Send suggestion' }).click()
    await expect(poster).toHaveAccessibleDescription(new RegExp(words))
    await expect(form.getByLabel('Title')).toHaveValue('Playtime')
  }
  await poster.setInputFiles({ name: 'poster.png', mimeType: 'image/png', buffer: png })
  await fillPerson(form, 0, 'Jacques Tati', 'Monsieur Hulot')
  await form.getByRole('button', { name: 'Send suggestion' }).click()
  await expect(messagesOf(page)).toHaveText([flows.suggestion!.message])
})
