import { describe, expect, it } from 'vitest'
import { testFixture, type Tab } from './harness.ts'

const fixture = testFixture()
let tab: Tab

const NAME = '#enhanced [name=name]'

describe('a posted Form', () => {
  it('follows the redirect of its action, in a new history entry', async () => {
    tab = await fixture.visit('/form')
    await tab.page.fill(NAME, 'Ada')
    await tab.page.click('text=Send otherwise')
    await tab.showsHeading('About')

    expect(fixture.requests).toEqual(['POST /_hotclub/data/form', 'GET /_hotclub/data/about?name=Ada'])
    expect(tab.path()).toBe('/about?name=Ada')
    expect(await tab.isSameDocument()).toBe(true)
    await tab.page.goBack()
    await tab.showsHeading('Form')
  })

  it('shows refused input with the button that sent it, and keeps what was typed', async () => {
    tab = await fixture.visit('/form')
    await tab.page.fill('#enhanced [name=text]', 'A long text')
    await tab.page.click('text=Send otherwise')
    await tab.page.locator('#result', { hasText: 'Enter a name. second' }).waitFor()

    expect(await tab.page.inputValue('#enhanced [name=text]')).toBe('A long text')
    expect(tab.path()).toBe('/form')
    expect(await tab.isSameDocument()).toBe(true)
  })

  it('shows action data with fresh loader data', async () => {
    tab = await fixture.visit('/form')
    const saved = Number((await tab.page.innerText('#saved')).slice('Saved '.length))
    await tab.page.fill(NAME, 'here')
    await tab.page.click('#enhanced >> text="Send"')
    await tab.page.locator('#saved', { hasText: `Saved ${saved + 1}` }).waitFor()
    const length = await tab.page.evaluate(() => history.length)
    await tab.page.fill(NAME, 'stay')
    await tab.page.click('#enhanced >> text="Send"')
    await tab.page.locator('#result', { hasText: 'Hello stay via first' }).waitFor()

    expect(await tab.page.evaluate(() => history.length)).toBe(length)
  })

  it('leaves one where one is, unless its redirect names a part of the page', async () => {
    tab = await fixture.visit('/form')
    const focused = (): Promise<string | undefined> => tab.page.evaluate(() => document.activeElement?.id)
    for (const name of ['here', 'part', 'here', 'part']) {
      const saved = Number((await tab.page.innerText('#saved')).slice('Saved '.length))
      await tab.page.fill(NAME, name)
      await tab.page.press(NAME, 'Enter')
      await tab.page.locator('#saved', { hasText: `Saved ${saved + 1}` }).waitFor()
      await tab.page.locator('html:not([data-navigation])').waitFor()

      expect(await focused(), name).toBe(name === 'part' ? 'saved' : '')
    }
    expect(await tab.isSameDocument()).toBe(true)
  })

  it('is sent once, however often it is clicked, and says what it sends', async () => {
    tab = await fixture.visit('/form')
    fixture.gates.close('action')
    await tab.page.fill(NAME, 'Ada')
    await tab.page.dblclick('#enhanced >> text="Send"')
    await tab.page.locator('html[data-navigation=submitting]').waitFor()
    expect(await tab.page.innerText('#state')).toBe('submitting /form Ada')
    await tab.page.press(NAME, 'Enter')
    fixture.gates.open('action')
    await tab.showsHeading('About')

    expect(fixture.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1)
  })

  it('goes where its button says', async () => {
    tab = await fixture.visit('/form')
    await tab.page.fill(NAME, 'Ada')
    await tab.page.click('text=Search instead')
    await tab.showsHeading('Search')

    expect(tab.path()).toBe('/search?name=Ada&text=&q=button')
    expect(await tab.isSameDocument()).toBe(true)
  })

  it('shows the ErrorView when its action fails', async () => {
    tab = await fixture.visit('/form')
    await tab.page.fill(NAME, 'crash')
    await tab.page.click('#enhanced >> text="Send"')
    await tab.showsHeading('Error 500: Internal Server Error')
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')

    expect(await tab.isSameDocument()).toBe(true)
  })

  it('says so when the server cannot be reached, and is not sent again', async () => {
    tab = await fixture.visit('/form')
    await tab.page.route('**/_hotclub/data/form', (route) => route.abort())
    await tab.page.fill(NAME, 'Ada')
    await tab.page.click('#enhanced >> text="Send"')

    await tab.showsHeading('Error 503: The server could not be reached.')
    expect(fixture.requests).toEqual([])
  })

  it('shows the status when something before the app refuses it', async () => {
    tab = await fixture.visit('/form')
    fixture.intercept = (request) =>
      request.method === 'POST' ? new Response('too much', { status: 413, statusText: 'Content Too Large' }) : undefined
    await tab.page.fill(NAME, 'Ada')
    await tab.page.click('#enhanced >> text="Send"')

    await tab.page.locator('#root-error').waitFor()

    expect(await tab.heading()).toBe('Error 413: Content Too Large')
  })
})

describe('a get Form', () => {
  it('navigates with its fields as the query, in place of that of its action', async () => {
    tab = await fixture.visit('/search')
    await tab.page.fill('[name=q]', 'a b&c')
    await tab.page.press('[name=q]', 'Enter')
    await tab.page.locator('#query', { hasText: '{"q":"a b&c"}' }).waitFor()

    expect(fixture.requests).toEqual(['GET /_hotclub/data/search?q=a+b%26c'])
    expect(await tab.page.inputValue('[name=q]')).toBe('a b&c')
    await tab.page.goBack()
    await tab.page.locator('#query', { hasText: '{}' }).waitFor()
  })
})

describe('a plain form', () => {
  it('is the browser’s', async () => {
    tab = await fixture.visit('/form')
    await tab.page.fill('#native [name=name]', 'Ada')
    await tab.page.click('text=Native send')
    await tab.showsHeading('About')

    expect(fixture.requests).toEqual(['POST /form', 'GET /about?name=Ada'])
  })
})
