import { expect, test } from '@playwright/test'

test('the sitemap names every film, and robots.txt the sitemap', async ({ request }) => {
  const sitemap = await request.get('/sitemap.xml')
  expect(sitemap.headers()['content-type']).toContain('xml')
  const urls = [...(await sitemap.text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => new URL(match[1]!).pathname)
  expect(urls.filter((path) => /^\/films\/[^/]+$/.test(path))).toHaveLength(3201)
  expect(new Set(urls).size).toBe(urls.length)
  expect(await (await request.get('/robots.txt')).text()).toMatch(/^Sitemap: http.*\/sitemap\.xml$/m)
})

test('hashed files are cached for good, documents are asked again', async ({ request }) => {
  const page = await request.get('/')
  expect(page.headers()['cache-control']).toContain('private')
  const script = /<script type="module" src="([^"]+)"/.exec(await page.text())![1]!
  const file = await request.get(script)
  expect(file.headers()['cache-control']).toBe('public, max-age=31536000, immutable')
  const again = await request.get(script, { headers: { 'if-none-match': file.headers()['etag']! } })
  expect(again.status()).toBe(304)
})

test('pages and files come compressed', async ({ request }) => {
  for (const encoding of ['br', 'gzip', 'zstd']) {
    const page = await request.head('/films', { headers: { 'accept-encoding': encoding } })
    expect(page.headers()['vary'], encoding).toMatch(/accept-encoding/i)
  }
})

test('every answer has a request id, errors too', async ({ request }) => {
  for (const path of ['/', '/robots.txt', '/nope', '/%zz'])
    expect((await request.get(path)).headers()['x-request-id'], path).toMatch(/^[\w-]+$/)
})

test('methods that a page does not take are refused by name', async ({ request }) => {
  const response = await request.delete('/films', { headers: { 'sec-fetch-site': 'same-origin' } })
  expect(response.status()).toBe(405)
  expect(response.headers()['allow']).toBe('GET, HEAD, OPTIONS')
})
