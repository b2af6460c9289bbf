/** Forms of `hotclub/forms` in a browser: the same with a script and without. */
import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { testFixture, type Tab } from './harness.ts'

const fixture = testFixture()
let tab: Tab

const NO_SCRIPT = { javaScriptEnabled: false }
const roles = (): Promise<string[]> =>
  tab.page.locator('[name^="cast"][name$=".role"]').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
const sent = async (): Promise<number> => Number((await tab.page.innerText('#sent')).slice('Sent '.length))
const send = (): Promise<void> => tab.page.click('form >> text="Send"')
/** The browser's own checks would keep a wrong form from being sent. */
const trustServer = (): Promise<void> =>
  tab.page
    .locator('form')
    .evaluate((form) => ((form as HTMLFormElement).noValidate = true))
    .then(() => undefined)

async function fill(name: string): Promise<void> {
  await tab.page.getByLabel('Name').fill(name)
  await tab.page.getByLabel('Password').fill('long enough')
}

describe.each([
  ['with a script', {}],
  ['without a script', NO_SCRIPT],
])('a form, %s,', (_, options) => {
  const hasScript = !('javaScriptEnabled' in options)

  it('comes back with what was typed and words beside the fields; passwords stay out', async () => {
    tab = await fixture.visit('/signup', options)
    if (hasScript) await trustServer()
    await fill('taken')
    await tab.page.getByLabel('Age').fill('20')
    await tab.page.getByLabel('News').check()
    await send()
    await tab.page.locator('.form-summary').waitFor()

    expect(await tab.page.locator('.field-error').allInnerTexts()).toEqual(['This name is taken.'])
    expect(await tab.page.locator('.form-summary').innerText()).toContain('Name: This name is taken.')
    const name = tab.page.getByLabel('Name')
    expect(await name.inputValue()).toBe('taken')
    expect(await name.getAttribute('aria-invalid')).toBe('true')
    expect(await tab.page.locator(`[id="${await name.getAttribute('aria-describedby')}"]`).innerText()).toBe('This name is taken.')
    expect(await tab.page.getByLabel('Age').inputValue()).toBe('20')
    expect(await tab.page.getByLabel('News').isChecked()).toBe(true)
    expect(await tab.page.getByLabel('Password').inputValue()).toBe(hasScript ? 'long enough' : '')
    expect(await tab.page.evaluate(() => document.activeElement?.className)).toBe('form-summary')
    await tab.page.click('.form-summary a')
    expect(await name.evaluate((input) => input === document.activeElement)).toBe(true)
  })

  it('adds, removes and moves items of a list, and sends them in their order', async () => {
    tab = await fixture.visit('/signup', options)
    await fill('ok')
    const add = (): Promise<void> => tab.page.click('text="Add a role"')
    const role = (index: number) => tab.page.locator(`[name="cast[${index}].role"]`)
    await add()
    await role(0).fill('first')
    await add()
    await role(1).fill('second')
    await tab.page.locator('[name="cast[1].isLead"]').check()
    await add()
    await role(2).fill('third')

    expect(await tab.page.locator('text="Add a role"').count()).toBe(0)
    await tab.page.getByLabel('Move Cast 2 up').click()
    expect(await roles()).toEqual(['second', 'first', 'third'])
    expect(await tab.page.locator('[name="cast[0].isLead"]').isChecked()).toBe(true)
    await tab.page.getByLabel('Remove Cast 2').click()
    expect(await roles()).toEqual(['second', 'third'])
    expect(await tab.page.getByLabel('Name').inputValue()).toBe('ok')
    const before = await sent()
    if (!hasScript) await tab.page.getByLabel('Password').fill('long enough')
    await send()
    await tab.page.locator('#sent', { hasText: `Sent ${before + 1}` }).waitFor()

    expect(await roles()).toEqual([])
    expect(await tab.page.getByLabel('Name').inputValue()).toBe('')
  })

  it('is checked by the browser first', async () => {
    tab = await fixture.visit('/signup', options)
    await tab.page.getByLabel('Name').fill('x')
    await send()

    expect(fixture.requests.filter((line) => line.startsWith('POST'))).toEqual([])
    expect(await tab.page.getByLabel('Name').evaluate((input: HTMLInputElement) => input.validity.tooShort)).toBe(true)
  })
})

describe('a form, with a script,', () => {
  it('stays on its page, begins anew once it was sent, and says nothing in the console', async () => {
    tab = await fixture.visit('/signup')
    await fill('ok')
    const before = await sent()
    await send()
    await tab.page.locator('#sent', { hasText: `Sent ${before + 1}` }).waitFor()

    expect(await tab.page.getByLabel('Name').inputValue()).toBe('')
    expect(await tab.page.evaluate(() => document.activeElement?.tagName)).toBe('FORM')
    expect(await tab.isSameDocument()).toBe(true)
    expect(tab.problems).toEqual([])
  })

  it('is sent once, however often it is clicked, and shows what is being sent', async () => {
    tab = await fixture.visit('/signup')
    fixture.gates.close('signup')
    await fill('Ada')
    await tab.page.click('text="Add a role"')
    await tab.page.locator('[name="cast[0].role"]').fill('Countess')
    await tab.page.dblclick('form >> text="Send"')
    await tab.page.keyboard.press('Enter')
    await tab.page.locator('#optimistic', { hasText: 'Ada, no age, 1 roles' }).waitFor()
    expect(await tab.page.locator('form').getAttribute('aria-busy')).toBe('true')
    expect(await tab.page.innerText('form >> button:has-text("Sending")')).toBe('Sending …')
    fixture.gates.open('signup')
    await tab.page.locator('#optimistic', { hasText: 'idle' }).waitFor()

    expect(fixture.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  })

  it('keeps focus where the work is, while a list changes', async () => {
    tab = await fixture.visit('/signup')
    const focused = (): Promise<string | null> =>
      tab.page.evaluate(() => document.activeElement!.getAttribute('aria-label') ?? document.activeElement!.getAttribute('name'))
    for (const index of [0, 1, 2]) {
      await tab.page.click('text="Add a role"')
      expect(await focused()).toBe(`cast[${index}].role`)
    }
    await tab.page.getByLabel('Move Cast 3 up').click()
    expect(await focused()).toBe('Move Cast 2 up')
    await tab.page.keyboard.press('Enter')
    expect(await focused()).toBe('Move Cast 1 down')
    await tab.page.getByLabel('Remove Cast 3').click()
    expect(await focused()).toBe('Remove Cast 2')
    await tab.page.keyboard.press('Enter')
    await tab.page.keyboard.press('Enter')
    expect(await tab.page.evaluate(() => document.activeElement?.tagName)).toBe('FIELDSET')
  })

  it('keeps errors with their items when the items are moved', async () => {
    tab = await fixture.visit('/signup')
    await trustServer()
    await fill('Ada')
    for (const role of ['a', '']) {
      await tab.page.click('text="Add a role"')
      await tab.page.locator('[name$=".role"]').last().fill(role)
    }
    await send()
    await tab.page.locator('.form-summary', { hasText: 'Cast 2, role: Fill this in.' }).waitFor()
    await tab.page.getByLabel('Move Cast 2 up').click()

    expect(await roles()).toEqual(['', 'a'])
    expect(await tab.page.locator('[name="cast[0].role"]').getAttribute('aria-invalid')).toBe('true')
    expect(await tab.page.locator('[name="cast[1].role"]').getAttribute('aria-invalid')).toBe(null)
  })

  it('shows a chosen file, and refuses one that is too large before it is sent', async () => {
    tab = await fixture.visit('/signup')
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    await tab.page.getByLabel('Picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png })
    expect(await tab.page.locator('.field-files').innerText()).toContain('me.png, 70 bytes')
    expect(
      await tab.page.locator('.field-files img').evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
    ).toBe(1)
    await tab.page.getByLabel('Picture').setInputFiles({ name: 'big.png', mimeType: 'image/png', buffer: Buffer.alloc(3_000) })
    await fill('Ada')
    await send()

    expect(await tab.page.getByLabel('Picture').evaluate((input: HTMLInputElement) => input.validationMessage)).toBe(
      'big.png has 3 kB; at most 2 kB can be sent.',
    )
    expect(fixture.requests.filter((line) => line.startsWith('POST'))).toEqual([])
  })

  it('sends a file with the rest', async () => {
    tab = await fixture.visit('/signup')
    await trustServer()
    await fill('Ada')
    await tab.page.getByLabel('Picture').setInputFiles({ name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('text') })
    await send()
    await tab.page.locator('.form-summary').waitFor()

    expect(await tab.page.innerText('.form-summary')).toContain('Picture: Choose a file of type image/png')
  })

  it('is accessible, errors and lists included', async () => {
    tab = await fixture.visit('/signup')
    await trustServer()
    await tab.page.click('text="Add a role"')
    await send()
    await tab.page.locator('.form-summary').waitFor()

    expect((await new AxeBuilder({ page: tab.page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  })
})

describe('a form that asks for validation in the browser', () => {
  it('is refused there with the words of the schema, and mended as one types', async () => {
    tab = await fixture.visit('/checked')
    await tab.page.getByLabel('Email').fill('ada@example.com')
    await tab.page.getByLabel('Again').fill('other')
    await send()
    await tab.page.locator('.field-error', { hasText: 'Both have to be the same.' }).waitFor()
    expect(fixture.requests).toEqual([])
    await tab.page.getByLabel('Again').fill('ada@example.com')
    await tab.page.locator('.field-error').waitFor({ state: 'detached' })
    await send()
    await tab.showsHeading('About')

    expect(fixture.requests).toEqual(['POST /_hotclub/data/checked', 'GET /_hotclub/data/about'])
  })

  it('works without a script all the same', async () => {
    tab = await fixture.visit('/checked', NO_SCRIPT)
    await tab.page.getByLabel('Email').fill('ada@example.com')
    await tab.page.getByLabel('Again').fill('other')
    await send()
    await tab.page.locator('.form-summary').waitFor()

    expect(await tab.page.innerText('.field-error')).toBe('Both have to be the same.')
  })
})

describe('the script of a page with a form', () => {
  it('holds the schema and zod only where the form asks for it', async () => {
    const scripts = async (path: string): Promise<string> => {
      const html = await (await fixture.answer(new Request(fixture.origin + path))).text()
      const files = [...html.matchAll(/(?:href|src)="(\/[^"]+\.js)"/g)].map((match) => match[1]!)
      return (await Promise.all(files.map(async (file) => (await fetch(fixture.origin + file)).text()))).join('\n')
    }

    expect(await scripts('/signup')).not.toMatch(/ZodError|This name is taken/)
    expect(await scripts('/checked')).toMatch(/ZodError/)
  })
})
