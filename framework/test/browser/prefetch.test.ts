import { describe, expect, it } from 'vitest'
import { testFixture, type Tab } from './harness.ts'

const fixture = testFixture()
let tab: Tab

const ABOUT = 'GET /_hotclub/data/about'

describe('a Link', () => {
  it('fetches its page ahead when the pointer rests on it, and a click uses that', async () => {
    tab = await fixture.visit('/')
    await tab.page.hover('nav >> text=About')
    await expect.poll(() => fixture.requests).toEqual([ABOUT])
    await expect.poll(() => tab.page.locator('link[rel=modulepreload][href*="/m"]').count()).toBeGreaterThan(0)
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')

    expect(fixture.requests).toEqual([ABOUT])
  })

  it('uses a page that is still on its way', async () => {
    tab = await fixture.visit('/')
    fixture.gates.close('item 1')
    await tab.page.hover('nav >> text=Item 1')
    await expect.poll(() => fixture.requests).toEqual(['GET /_hotclub/data/items/1'])
    await tab.page.click('nav >> text=Item 1')
    await tab.page.locator('html[data-navigation=loading]').waitFor()
    fixture.gates.open('item 1')
    await tab.showsHeading('Item 1')

    expect(fixture.requests).toEqual(['GET /_hotclub/data/items/1'])
  })

  it('fetches its page once, and again only after it was used', async () => {
    tab = await fixture.visit('/')
    await tab.page.focus('nav >> text=About')
    await expect.poll(() => fixture.requests).toEqual([ABOUT])
    await tab.page.focus('nav >> text=Long')
    await expect.poll(() => fixture.requests).toEqual([ABOUT, 'GET /_hotclub/data/long'])
    await tab.page.focus('nav >> text=About')
    await tab.page.focus('nav >> text=Item 1')
    await expect.poll(() => fixture.requests.length).toBe(3)

    expect(fixture.requests).toEqual([ABOUT, 'GET /_hotclub/data/long', 'GET /_hotclub/data/items/1'])
  })

  it('with prefetch="view" fetches its page when it scrolls into view', async () => {
    tab = await fixture.visit('/')
    expect(fixture.requests).toEqual([])
    await tab.page.evaluate(() => document.querySelector('#in-view')?.scrollIntoView())

    await expect.poll(() => fixture.requests).toEqual(['GET /_hotclub/data/about?from=view'])
  })

  it('with prefetch="none", and a plain link, fetches nothing before the click', async () => {
    tab = await fixture.visit('/')
    await tab.page.focus('#no-prefetch')
    await tab.page.focus('#plain')
    await tab.page.focus('nav >> text=Long')
    await expect.poll(() => fixture.requests).toEqual(['GET /_hotclub/data/long'])
  })

  it('fetches nothing ahead for visitors who save data', async () => {
    tab = await fixture.visit('/')
    await tab.page.evaluate(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
    await tab.page.focus('nav >> text=About')
    await tab.page.click('nav >> text=Long')
    await tab.showsHeading('Long')

    expect(fixture.requests).toEqual(['GET /_hotclub/data/long'])
  })
})

describe('a navigation', () => {
  it('cross-fades the pages', async () => {
    tab = await fixture.visit('/', { reducedMotion: 'no-preference' })
    await countTransitions(tab)
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')

    expect(await transitions(tab)).toBe(1)
  })

  it('moves nothing for visitors who ask for less motion', async () => {
    tab = await fixture.visit('/', { reducedMotion: 'reduce' })
    await countTransitions(tab)
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')

    expect(await transitions(tab)).toBe(0)
  })

  it('moves nothing when only data is loaded again', async () => {
    tab = await fixture.visit('/search', { reducedMotion: 'no-preference' })
    await countTransitions(tab)
    const runs = Number(await tab.page.innerText('#runs'))
    await tab.page.click('#again')
    await tab.page.locator('#runs', { hasText: String(runs + 1) }).waitFor()

    expect(await transitions(tab)).toBe(0)
  })
})

async function countTransitions({ page }: Tab) {
  await page.evaluate(() => {
    const start = document.startViewTransition.bind(document)
    Object.assign(window, { transitions: 0 })
    document.startViewTransition = (options) => {
      Object.assign(window, { transitions: (window as Window & { transitions?: number }).transitions! + 1 })
      return start(options)
    }
  })
}

function transitions({ page }: Tab): Promise<number> {
  return page.evaluate(() => (window as Window & { transitions?: number }).transitions!)
}
