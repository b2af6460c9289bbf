import { describe, expect, it } from 'vitest'
import { testFixture, type Tab } from './harness.ts'

const fixture = testFixture()
let tab: Tab

const shown = (): Promise<string[]> => tab.page.locator('[data-messages] li').allInnerTexts()

async function save(text: string, button = 'Save'): Promise<void> {
  await tab.page.fill('[name=text]', text)
  await tab.page.click(`text="${button}"`)
}

/** Counts what screen readers announce: elements that appear in the region. */
async function countAnnouncements(): Promise<() => Promise<string[]>> {
  await tab.page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node instanceof HTMLElement && node.isConnected) heard.push(node.innerText)
    }).observe(document.querySelector('[data-messages]')!, { childList: true, subtree: true })
  })
  return () => tab.page.evaluate(() => (window as unknown as { heard: string[] }).heard)
}

describe('Messages', () => {
  it('shows and announces what an action said, after its redirect, once', async () => {
    tab = await fixture.visit('/notes')
    const announced = await countAnnouncements()
    await save('one')
    await tab.showsHeading('Notes')

    expect(await shown()).toEqual(['Noted: one'])
    expect(await announced()).toContain('Noted: one')
    expect(await tab.isSameDocument()).toBe(true)
    await tab.page.reload()
    await tab.hydrated()
    expect(await shown()).toEqual([])
    expect(tab.problems).toEqual([])
  })

  it('announces the same message again', async () => {
    tab = await fixture.visit('/notes')
    const announced = await countAnnouncements()
    for (const times of [1, 2]) {
      await save('same', 'Save and stay')
      await expect.poll(announced).toHaveLength(times)
    }
    expect(await shown()).toEqual(['Noted: same'])
  })

  it('announces what the document brought along', async () => {
    tab = await fixture.visit('/notes', { javaScriptEnabled: false })
    await save('plain')
    expect(await shown()).toEqual(['Noted: plain'])
    const cookies = await tab.page.context().cookies()
    expect(cookies).toEqual([])
  })

  it('is not eaten by a page that is fetched ahead', async () => {
    tab = await fixture.visit('/notes')
    await tab.page.evaluate(() => fetch('/notes', { method: 'POST', body: new URLSearchParams({ text: 'kept' }), redirect: 'manual' }))
    await tab.page.hover('text=List of notes')
    await expect.poll(() => fixture.requests).toContain('GET /_hotclub/data/notes/list')
    await tab.page.reload()
    await tab.hydrated()

    expect(await shown()).toEqual(['Noted: kept'])
  })

  it('stays while the page refreshes its data', async () => {
    tab = await fixture.visit('/notes')
    await save('lasting')
    await tab.showsHeading('Notes')
    fixture.requests.length = 0
    await tab.page.click('text=Refresh')
    await expect.poll(() => fixture.requests).toEqual(['GET /_hotclub/data/notes/list'])
    await tab.page.locator('html:not([data-navigation])').waitFor()

    expect(await shown()).toEqual(['Noted: lasting'])
  })
})
