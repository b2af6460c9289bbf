import { describe, expect, it } from 'vitest'
import { testFixture, type Tab } from './harness.ts'

const fixture = testFixture()
let tab: Tab

const GATES = ['slow', 'inner', 'refused', 'broken']

describe('a streamed page', () => {
  it('answers clicks before its slow parts are there, and shows them as they come', async () => {
    fixture.gates.close(...GATES)
    tab = await fixture.visit('/stream')
    await tab.page.click('#count')
    expect(await tab.page.innerText('#count')).toBe('Clicked 1')
    await tab.page.locator('#fast', { hasText: 'Got fast' }).waitFor()
    expect(await tab.page.innerText('#slow')).toBe('Waiting for slow')

    fixture.gates.open('slow')
    await tab.page.locator('#slow button').click()
    await tab.page.locator('#slow button', { hasText: 'alive' }).waitFor()
    expect(await tab.page.innerText('#inner')).toBe('Waiting for inner')

    fixture.gates.open('inner')
    await tab.page.locator('#inner', { hasText: 'Got inner' }).waitFor()
    fixture.gates.openAll()
    await tab.page.waitForLoadState()

    expect(tab.problems).toEqual([])
  })

  it('shows what each rejected promise came to, without the reason of unexpected ones', async () => {
    tab = await fixture.visit('/stream')
    await tab.page.waitForLoadState()

    await tab.page.locator('#refused', { hasText: '403 Not for you' }).waitFor()
    await tab.page.locator('#broken', { hasText: 'View of 500' }).waitFor()
    expect(await tab.page.content()).not.toContain('secret reason')
    expect(tab.problems).toEqual([])
  })

  it('shows values and rejections without JavaScript', async () => {
    fixture.gates.close(...GATES)
    tab = await fixture.visit('/stream', { javaScriptEnabled: false })
    await tab.page.locator('text=Waiting for slow').waitFor()
    fixture.gates.openAll()
    await tab.page.waitForLoadState()

    for (const text of ['Got slow', 'Got inner', '403 Not for you', 'View of 500'])
      expect(await tab.page.locator(`text=${text}`).isVisible()).toBe(true)
  })

  it('that ships no script is sent complete, with each part in its place', async () => {
    fixture.gates.close('slow')
    const answer = fetch(`${fixture.origin}/still`)
    await expect.poll(() => fixture.requests).toContain('GET /still')
    fixture.gates.open('slow')
    const html = await (await answer).text()

    expect(html).not.toContain('<script')
    expect(html).not.toContain('Waiting')
    expect(html).toMatch(/<p id="slow">(<!--.*?-->)?slowslow/)
    tab = await fixture.visit('/still', { unhydrated: true })
  })

  it('is scrolled to where it was left as soon as it has grown enough', async () => {
    tab = await fixture.visit('/stream')
    await tab.page.locator('#inner', { hasText: 'Got inner' }).waitFor()
    await tab.page.evaluate(() => scrollTo(0, 1500))
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')
    fixture.gates.close('slow')
    await tab.page.goBack()
    await tab.showsHeading('Stream')
    expect(await tab.scrollTop()).toBeLessThan(1500)
    fixture.gates.open('slow')

    await expect.poll(() => tab.scrollTop()).toBe(1500)
  })

  it('keeps its old values while it loads again', async () => {
    tab = await fixture.visit('/stream')
    await tab.page.locator('#slow button', { hasText: 'Got slow' }).click()
    fixture.gates.close('slow')
    await tab.page.click('#again')
    await expect.poll(() => fixture.requests).toEqual(['GET /_hotclub/data/stream'])
    await tab.page.locator('html:not([data-navigation])').waitFor()
    expect(await tab.page.innerText('#slow button')).toBe('alive')

    fixture.gates.open('slow')
    await tab.page.locator('#inner', { hasText: 'Got inner' }).waitFor()
    expect(tab.problems).toEqual([])
  })
})

describe('navigating to a streamed page', () => {
  it('shows it with its fallbacks, then each part as it comes', async () => {
    tab = await fixture.visit('/')
    fixture.gates.close(...GATES)
    await tab.page.click('#to-stream')
    await tab.showsHeading('Stream')
    expect(await tab.page.innerText('#slow')).toBe('Waiting for slow')

    fixture.gates.open('slow')
    await tab.page.locator('#slow button', { hasText: 'Got slow' }).waitFor()
    fixture.gates.openAll()
    await tab.page.locator('#inner', { hasText: 'Got inner' }).waitFor()
    await tab.page.locator('#refused', { hasText: '403 Not for you' }).waitFor()
    await tab.page.locator('#broken', { hasText: 'View of 500' }).waitFor()

    expect(fixture.requests).toEqual(['GET /_hotclub/data/stream'])
    expect(tab.problems).toEqual([])
  })

  it('and away again while it streams leaves nothing behind', async () => {
    tab = await fixture.visit('/')
    fixture.gates.close(...GATES)
    await tab.page.click('#to-stream')
    await tab.showsHeading('Stream')
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')
    fixture.gates.openAll()
    await tab.page.goBack()
    await tab.page.locator('#inner', { hasText: 'Got inner' }).waitFor()

    expect(tab.problems).toEqual([])
  })
})
