import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { typeErrors, withApp } from '../routing/_fixture.ts'
import { createTestApp } from '../testing/test-app.ts'
import { Link } from './link.tsx'

/** What a page at `/films/7?tab=cast` makes of a link. */
async function render(link: ReactNode): Promise<string> {
  const app = await createTestApp({ routes: { 'films/[id=int].tsx': { default: () => link } } })
  const html = await (await app.request('/films/7?tab=cast')).text()
  if (app.errors[0]) throw app.errors[0].error
  return /<a [^]*<\/a>/.exec(html)![0]
}

describe('Link', () => {
  it('is a plain anchor to the route, its params and query encoded', async () => {
    const link = (
      <Link to="/films/[id=int]" params={{ id: 8 }} search={{ q: 'a&b' }} hash="cast" className="quiet">
        Film
      </Link>
    )

    expect(await render(link)).toBe(
      renderToStaticMarkup(
        <a className="quiet" href="/films/8?q=a%26b#cast" data-prefetch="">
          Film
        </a>,
      ),
    )
  })

  it('marks the current page, whatever its hash', async () => {
    expect(await render(<Link href="/films/7?tab=cast#top">Here</Link>)).toContain('aria-current="page"')
    expect(await render(<Link href="/films/7">There</Link>)).not.toContain('aria-current')
  })

  it('tells the router how to follow it', async () => {
    const html = await render(
      <Link href="/" prefetch="none" replace keepScroll transition="none">
        Home
      </Link>,
    )

    expect(html).toBe('<a href="/" data-replace="" data-keep-scroll="" data-transition="none">Home</a>')
  })

  it('refuses params that do not fit while rendering on the server', async () => {
    await expect(
      render(
        <Link to="/films/[id=int]" params={{ id: 'x' }}>
          Film
        </Link>,
      ),
    ).rejects.toThrow("'x' does not fit the parameter 'id'")
  })

  it('accepts only routes that exist, with their params', async () => {
    const page = 'export default function Page() { return null }\n'
    const files = {
      'app/root.tsx': page,
      'app/routes/index.tsx': page,
      'app/routes/films/layout.tsx': page,
      'app/routes/films/[id=int].tsx': page,
      'app/links.tsx': `
import { Link } from 'hotclub/client'
export const good = [
  <Link to="/">a</Link>,
  <Link to="/films/[id=int]" params={{ id: 7 }} search={{ q: 'x' }} hash="y" prefetch="view">a</Link>,
  <Link href="/anything" target="_blank">a</Link>,
]
export const bad = [
  // @ts-expect-error -- there is no such route
  <Link to="/flims">a</Link>,
  // @ts-expect-error -- a layout has no URL
  <Link to="/films/layout">a</Link>,
  // @ts-expect-error -- its params are missing
  <Link to="/films/[id=int]">a</Link>,
  // @ts-expect-error -- 'id' is a number
  <Link to="/films/[id=int]" params={{ id: 'seven' }}>a</Link>,
  // @ts-expect-error -- one target, not two
  <Link to="/" href="/">a</Link>,
  // @ts-expect-error -- no target at all
  <Link>a</Link>,
]
`,
    }

    expect(await withApp(files, typeErrors)).toEqual([])
  })
})
