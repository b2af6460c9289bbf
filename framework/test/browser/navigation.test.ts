import { describe, expect, it } from 'vitest'
import { testFixture, type Tab } from './harness.ts'

const fixture = testFixture()
let tab: Tab

describe('hydration', () => {
  it('brings the page to life without a warning', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#count')

    expect(await tab.page.innerText('#count')).toBe('Clicked 1')
    expect(tab.problems).toEqual([])
  })

  it('keeps dates, bigints, decimals, maps, sets and bytes', async () => {
    tab = await fixture.visit('/values')
    const values = ['1970-01-01T00:00:00.000Z', '12345678901234567891', '13.50', 'true', '1,2,255', 'true', '"</script><!--\u2028"'].join(
      '\n',
    )
    expect(await tab.page.innerText('#values')).toBe(values)

    await tab.page.click('nav >> text=Home')
    await tab.page.click('#to-values')
    await tab.showsHeading('Values')

    expect(await tab.page.innerText('#values')).toBe(values)
    expect(await tab.isSameDocument()).toBe(true)
    expect(tab.problems).toEqual([])
  })
})

describe('a folder with a document of its own', () => {
  it('is entered and left by loading a document, and alive inside', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#count')
    await tab.page.click('#to-office')
    await tab.showsHeading('Desk')
    expect(await tab.isSameDocument()).toBe(false)
    await tab.page.click('#office-count')
    await tab.page.click('text=Files')
    await tab.showsHeading('Files')
    expect(await tab.page.innerText('#office-count')).toBe('Office 1')

    await tab.page.click('text=Leave')
    await tab.showsHeading('About')
    expect(await tab.page.innerText('#count')).toBe('Clicked 0')
    await tab.page.goBack()
    await tab.showsHeading('Files')
    expect(tab.problems).toEqual([])
  })
})

describe('a click on a link', () => {
  it('shows the next page with one data request and no new document', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#plain')
    await tab.showsHeading('About')

    expect(fixture.requests).toEqual(['GET /_hotclub/data/about'])
    expect(await tab.isSameDocument()).toBe(true)
    expect(tab.path()).toBe('/about')
    expect(await tab.page.title()).toBe('About · Fixture')
    expect(tab.problems).toEqual([])
  })

  it('keeps the state of layouts and gives the page a new one', async () => {
    tab = await fixture.visit('/items/1')
    await tab.page.click('#layout-count')
    await tab.page.fill('#note', 'typed')
    await tab.page.click('nav >> text=Item 2')
    await tab.showsHeading('Item 2')

    expect(await tab.page.innerText('#layout-count')).toBe('Layout 1')
    expect(await tab.page.inputValue('#note')).toBe('')
  })

  it('replaces the meta elements of the page before', async () => {
    tab = await fixture.visit('/')
    expect(await tab.page.locator('meta[name=description]').count()).toBe(1)

    await tab.page.click('#plain')
    await tab.showsHeading('About')

    expect(await tab.page.locator('meta[name=description]').count()).toBe(0)
    expect(await tab.page.locator('title').count()).toBe(1)
  })

  it('marks the current page', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('nav >> text=Long')
    await tab.showsHeading('Long')

    expect(await tab.page.locator('nav a[aria-current=page]').allInnerTexts()).toEqual(['Long'])
  })

  it('follows redirects and shows the last URL, with the hash of the first', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#to-redirect')
    await tab.showsHeading('Long')

    expect(tab.path()).toBe('/long#part')
    expect(fixture.requests).toEqual(['GET /_hotclub/data/redirect', 'GET /_hotclub/data/long'])
    await tab.page.goBack()
    await tab.showsHeading('Home')
  })

  it('gives up on redirects in circles and asks for the document', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#to-loop')
    await tab.showsHeading('Loop')

    expect(fixture.requests.filter((request) => request === 'GET /_hotclub/data/loop')).toHaveLength(21)
    expect(await tab.isSameDocument()).toBe(false)
  })

  it('to the same page replaces the entry and loads its data again', async () => {
    tab = await fixture.visit('/search?q=x')
    const length = await tab.page.evaluate(() => history.length)
    const runs = Number(await tab.page.innerText('#runs'))
    await tab.page.click('#same')
    await tab.page.locator('#runs', { hasText: String(runs + 1) }).waitFor()

    expect(await tab.page.evaluate(() => history.length)).toBe(length)
    expect(tab.path()).toBe('/search?q=x')
  })

  it('with replace leaves no way back to the page before', async () => {
    tab = await fixture.visit('/long')
    await tab.page.click('nav >> text=Home')
    await tab.showsHeading('Home')
    await tab.page.click('#replacing')
    await tab.showsHeading('About')
    await tab.page.goBack()
    await tab.showsHeading('Long')

    expect(tab.path()).toBe('/long')
  })
})

describe('the browser is left to itself with', () => {
  it('modified and middle clicks', async () => {
    tab = await fixture.visit('/')
    for (const options of [{ modifiers: ['ControlOrMeta' as const] }, { modifiers: ['Shift' as const] }, { button: 'middle' as const }]) {
      const opened = tab.page.context().waitForEvent('page')
      await tab.page.click('#plain', options)
      const other = await opened
      await other.locator('h1', { hasText: 'About' }).waitFor()
    }

    expect(tab.path()).toBe('/')
  })

  it('links to another window', async () => {
    tab = await fixture.visit('/')
    const opened = tab.page.context().waitForEvent('page')
    await tab.page.click('#blank')
    await (await opened).locator('h1', { hasText: 'About' }).waitFor()

    expect(tab.path()).toBe('/')
  })

  it('downloads', async () => {
    tab = await fixture.visit('/')
    const download = tab.page.waitForEvent('download')
    await tab.page.click('#download')

    expect((await download).suggestedFilename()).toBe('file.txt')
    expect(tab.path()).toBe('/')
  })

  it.each(['#external', '#reload'])('links marked %s', async (selector) => {
    tab = await fixture.visit('/')
    await tab.page.click(selector)
    await tab.showsHeading('About')

    expect(fixture.requests).toEqual(['GET /about'])
  })

  it('clicks that the app has handled', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#prevented')

    expect(fixture.requests).toEqual([])
    expect(tab.path()).toBe('/')
  })

  it('resources, files of public/ and pages that are not there', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#resource')
    await tab.page.locator('text=A resource.').waitFor()
    await tab.goto('/')
    await tab.page.click('#public')
    await tab.page.locator('text=A file of public/.').waitFor()
    await tab.goto('/')
    await tab.page.click('#missing')
    await tab.showsHeading('Error 404: Not Found')

    expect(await tab.isSameDocument()).toBe(false)
  })

  it('pages that ship no script', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#to-static')
    await tab.showsHeading('Static')

    expect(await tab.page.locator('script').count()).toBe(0)
    await tab.page.click('#away')
    await tab.showsHeading('About')
  })
})

describe('history', () => {
  it('goes back and forward through pages, each where it was scrolled to', async () => {
    tab = await fixture.visit('/long')
    await tab.page.evaluate(() => scrollTo(0, 1200))
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')
    expect(await tab.scrollTop()).toBe(0)
    await tab.page.evaluate(() => scrollTo(0, 700))

    await tab.page.goBack()
    await tab.showsHeading('Long')
    expect(await tab.scrollTop()).toBe(1200)
    await tab.page.goForward()
    await tab.showsHeading('About')

    expect(await tab.scrollTop()).toBe(700)
    expect(await tab.isSameDocument()).toBe(true)
  })

  it('keeps the position across a reload', async () => {
    tab = await fixture.visit('/long')
    await tab.page.evaluate(() => scrollTo(0, 900))
    await tab.page.reload()
    await tab.hydrated()

    expect(await tab.scrollTop()).toBe(900)
  })

  it('keeps positions when the visitor leaves the site and comes back', async () => {
    tab = await fixture.visit('/long')
    await tab.page.evaluate(() => scrollTo(0, 800))
    await tab.page.click('nav >> text=Home')
    await tab.showsHeading('Home')
    await tab.page.goto('about:blank')
    await tab.page.goBack()
    await tab.showsHeading('Home')
    await tab.hydrated()
    await tab.page.goBack()
    await tab.showsHeading('Long')

    await expect.poll(() => tab.scrollTop()).toBe(800)
  })

  it('shows the last of several quick steps', async () => {
    tab = await fixture.visit('/')
    for (const name of ['About', 'Long', 'Item 1', 'Item 2']) {
      await tab.page.click(`nav >> text=${name}`)
      await tab.showsHeading(name)
    }
    await tab.page.evaluate(() => {
      history.back()
      history.back()
      history.back()
    })
    await tab.showsHeading('About')
    await tab.page.evaluate(() => {
      history.forward()
      history.forward()
    })
    await tab.showsHeading('Item 1')

    expect(tab.path()).toBe('/items/1')
    expect(await tab.page.title()).toBe('Item 1 · Fixture')
  })

  it('goes back from a page that is still loading', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')
    fixture.gates.close('item 2')
    await tab.page.click('nav >> text=Item 2')
    await tab.page.locator('html[data-navigation=loading]').waitFor()
    await tab.page.goBack()
    await tab.showsHeading('Home')
    fixture.gates.open('item 2')

    await tab.page.locator('html:not([data-navigation])').waitFor()
    expect(await tab.heading()).toBe('Home')
    expect(tab.path()).toBe('/')
  })
})

describe('hashes', () => {
  it('move within the page without a request, and back', async () => {
    tab = await fixture.visit('/long')
    await tab.page.evaluate(() => scrollTo(0, 20))
    await tab.page.click('#jump')
    await expect.poll(() => tab.scrollTop()).toBeGreaterThan(2500)

    await tab.page.goBack()
    await expect.poll(() => tab.scrollTop()).toBe(20)
    await tab.page.goForward()
    await expect.poll(() => tab.scrollTop()).toBeGreaterThan(2500)

    expect(fixture.requests).toEqual([])
    expect(tab.path()).toBe('/long#middle')
  })

  it('of another page are scrolled to when it is there', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#to-hash')
    await tab.showsHeading('Long')

    expect(await tab.scrollTop()).toBeGreaterThan(2500)
    expect(await tab.page.evaluate(() => document.activeElement?.id)).toBe('middle')
  })

  it('are come back to from another page', async () => {
    tab = await fixture.visit('/long')
    await tab.page.click('#jump')
    await expect.poll(() => tab.scrollTop()).toBeGreaterThan(2500)
    const top = await tab.scrollTop()
    await tab.page.click('#from-middle')
    await tab.showsHeading('About')
    await tab.page.goBack()
    await tab.showsHeading('Long')

    expect(await tab.scrollTop()).toBe(top)
    expect(tab.path()).toBe('/long#middle')
  })
})

describe('for people who do not see the change', () => {
  it('focus moves to the heading, and the title is announced', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#plain')
    await tab.showsHeading('About')

    expect(await tab.page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    expect(await tab.page.innerText('[aria-live=polite]')).toBe('About · Fixture')
    await tab.page.keyboard.press('Tab')
    expect(await tab.page.locator('h1').getAttribute('tabindex')).toBe(null)
  })

  it('focus stays with what the page focuses itself', async () => {
    tab = await fixture.visit('/items/1')
    await tab.page.click('#to-three')
    await tab.showsHeading('Item 3')

    expect(await tab.page.evaluate(() => document.activeElement?.id)).toBe('note')
  })
})

describe('a page on its way', () => {
  it('is told by useNavigation and on the document', async () => {
    tab = await fixture.visit('/')
    fixture.gates.close('item 1')
    await tab.page.click('nav >> text=Item 1')
    await tab.page.locator('html[data-navigation=loading]').waitFor()
    expect(await tab.page.innerText('#state')).toBe('loading /items/1')
    fixture.gates.open('item 1')
    await tab.showsHeading('Item 1')

    expect(await tab.page.innerText('#state')).toBe('idle')
    expect(await tab.page.locator('html').getAttribute('data-navigation')).toBe(null)
  })

  it('gives way to a newer one, whichever arrives first', async () => {
    tab = await fixture.visit('/')
    fixture.gates.close('item 1')
    await tab.page.click('nav >> text=Item 1')
    await tab.page.locator('#state', { hasText: '/items/1' }).waitFor()
    await tab.page.click('nav >> text=Item 2')
    await tab.showsHeading('Item 2')
    fixture.gates.open('item 1')
    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')
    await tab.page.goBack()
    await tab.showsHeading('Item 2')
    await tab.page.goBack()
    await tab.showsHeading('Home')

    expect(tab.path()).toBe('/')
  })

  it('is loaded as a document when the answer is something else', async () => {
    tab = await fixture.visit('/')
    fixture.intercept = (request) => (request.url.includes('/_hotclub/data/') ? new Response('<p>proxy</p>', { status: 502 }) : undefined)
    await tab.page.click('#plain')
    await tab.showsHeading('About')

    expect(await tab.isSameDocument()).toBe(false)
  })

  it('is loaded as a document when its module is gone', async () => {
    tab = await fixture.visit('/')
    await tab.page.route('**/_hotclub/assets/m*.js', (route) => route.abort())
    await tab.page.click('#plain')
    await tab.page.waitForFunction(() => !('sameDocument' in window) && document.querySelector('h1')?.textContent === 'About')

    expect(fixture.requests).toEqual(['GET /_hotclub/data/about', 'GET /about'])
  })

  it('is loaded as a document when another build answers', async () => {
    tab = await fixture.visit('/')
    fixture.intercept = async (request) => {
      if (!request.url.includes('/_hotclub/data/')) return undefined
      const answer = await fixture.answer(request)
      return new Response((await answer.text()).replace(/"build":"[^"]*"/, '"build":"newer"'), answer)
    }
    await tab.page.click('#plain')
    await tab.showsHeading('About')

    expect(fixture.requests).toEqual(['GET /_hotclub/data/about', 'GET /about'])
    expect(await tab.isSameDocument()).toBe(false)
  })
})

describe('errors', () => {
  it('of a loader show the nearest ErrorView, the layouts kept', async () => {
    tab = await fixture.visit('/items/1')
    await tab.page.click('#layout-count')
    await tab.page.evaluate(() => {
      document.querySelector('#to-three')?.setAttribute('href', '/items/404')
    })
    await tab.page.click('#to-three')
    await tab.page.locator('#item-error').waitFor()

    expect(await tab.page.innerText('#item-error')).toBe('404 No such item')
    expect(await tab.page.innerText('#layout-count')).toBe('Layout 1')
    expect(await tab.page.title()).toBe('No such item · Fixture')
    expect(await tab.isSameDocument()).toBe(true)
  })

  it('that were not expected keep their reason to themselves', async () => {
    tab = await fixture.visit('/')
    await tab.page.click('#to-broken-item')
    await tab.page.locator('#item-error').waitFor()

    expect(await tab.page.innerText('#item-error')).toBe('500 Internal Server Error')
  })

  it('of rendering in the browser show the ErrorView, and the next page is fine', async () => {
    tab = await fixture.visit('/crash')
    await tab.page.click('#count')
    await tab.page.click('#break')
    await tab.page.locator('#crash-error').waitFor()
    expect(tab.problems.join()).toContain('Broken in the browser')
    expect(await tab.page.innerText('#count')).toBe('Clicked 1')

    await tab.page.click('nav >> text=About')
    await tab.showsHeading('About')
    await tab.page.goBack()
    await tab.showsHeading('Crash')
    expect(await tab.isSameDocument()).toBe(true)
  })
})

describe('revalidate', () => {
  it('loads the data again and keeps everything else', async () => {
    tab = await fixture.visit('/search')
    const runs = Number(await tab.page.innerText('#runs'))
    await tab.page.fill('[name=q]', 'typed')
    await tab.page.click('#again')
    await tab.page.locator('#runs', { hasText: String(runs + 1) }).waitFor()

    expect(await tab.page.inputValue('[name=q]')).toBe('typed')
    expect(await tab.page.evaluate(() => document.activeElement?.id)).toBe('again')
    expect(fixture.requests).toEqual(['GET /_hotclub/data/search'])
  })
})

describe('without JavaScript', () => {
  it('links, redirects, errors and forms work as documents', async () => {
    tab = await fixture.visit('/', { javaScriptEnabled: false })
    await tab.page.click('#to-redirect')
    await tab.showsHeading('Long')
    await tab.goto('/items/404', { javaScriptEnabled: false })
    await tab.page.locator('#item-error', { hasText: '404 No such item' }).waitFor()
    await tab.goto('/form', { javaScriptEnabled: false })
    await tab.page.click('#enhanced >> text=Send otherwise')
    await tab.page.locator('#result', { hasText: 'Enter a name. second' }).waitFor()
    await tab.page.fill('#enhanced [name=name]', 'Ada')
    await tab.page.click('#enhanced >> text=Send otherwise')
    await tab.showsHeading('About')

    expect(tab.path()).toBe('/about?name=Ada')
  })
})
