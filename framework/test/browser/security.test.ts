import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testFixture, type Tab } from './harness.ts'

const fixture = testFixture()
let tab: Tab
/** A site of somebody else's, on another host and port. */
let evil: Server
let evilOrigin = ''
let evilPage = ''

beforeAll(async () => {
  evil = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(evilPage))
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
  evilOrigin = `http://localhost:${(evil.address() as AddressInfo).port}`
})
afterAll(async () => {
  evil.closeAllConnections()
  await new Promise((resolve) => evil.close(resolve))
})

const ran = (): Promise<boolean> => tab.page.evaluate(() => 'injected' in window)

describe('the policy, in a browser', () => {
  it.each([
    '<script>window.injected = true</script>',
    '<img src="/missing.png" onerror="window.injected = true">',
    '<svg onload="window.injected = true"></svg>',
    '<iframe srcdoc="<script>parent.injected = true</script>"></iframe>',
    '<script src="data:text/javascript,window.injected=true"></script>',
    '<base href="https://evil.example/"><a href="javascript:window.injected=true" id="link">x</a>',
  ])('lets no injected code run: %s', async (html) => {
    tab = await fixture.visit(`/inject?html=${encodeURIComponent(html)}`)
    const link = tab.page.locator('#link')
    if ((await link.count()) > 0) await link.click()
    await tab.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))

    expect(await ran()).toBe(false)
    expect(await tab.page.evaluate(() => document.baseURI)).toContain(fixture.origin)
  })

  it('lets run and style what carries the nonce, without a word of complaint from hydration', async () => {
    tab = await fixture.visit('/inject')

    expect(await tab.page.evaluate(() => 'own' in window)).toBe(true)
    expect(await tab.page.locator('#styled').evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)')
    expect(tab.problems).toEqual([])
  })

  it('lets streamed pages show their late parts', async () => {
    tab = await fixture.visit('/stream')
    await tab.hydrated()

    expect(tab.problems).toEqual([])
  })
})

describe('another site, in a browser', () => {
  it('cannot send a form here', async () => {
    tab = await fixture.visit('/form')
    evilPage = `<form method="post" action="${fixture.origin}/form"><input name="name" value="stay"></form><script>document.forms[0].submit()</script>`
    const answered = tab.page.waitForResponse((response) => response.request().method() === 'POST')
    await tab.page.goto(evilOrigin)

    expect((await answered).status()).toBe(403)
  })

  it('cannot show this one in a frame', async () => {
    tab = await fixture.visit('/about')
    evilPage = `<iframe src="${fixture.origin}/about"></iframe>`
    const failed = tab.page.waitForEvent('console', (message) => /frame-ancestors|X-Frame-Options/.test(message.text()))
    await tab.page.goto(evilOrigin)

    expect((await failed).text()).toContain('fram')
  })
})
