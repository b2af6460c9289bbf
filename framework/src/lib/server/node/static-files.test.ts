import { mkdtemp, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { FastResponse } from 'srvx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchangeRaw, startTestServer, type TestServer } from './_test-server.ts'
import { writeStaticIndex } from './static-index.ts'

const script = `console.log(${JSON.stringify('film '.repeat(1_000))})`
const big = Buffer.from(Array.from({ length: 600_000 }, (_, i) => (i * 7 + (i >> 8)) % 251))
const modified = new Date('2026-01-02T03:04:05Z')
let dir = ''

beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'hotclub-static-'))
  dir = join(root, 'client')
  const files: Record<string, string | Buffer> = {
    '_hotclub/assets/entry-B2x.js': script,
    'robots.txt': 'User-agent: *\n',
    'filme/Amélie 2001.txt': 'ein Film',
    'bild.png': big,
    '.vite/manifest.json': '{"secret":true}',
    '.well-known/security.txt': 'Contact: a',
  }
  for (const [name, data] of Object.entries(files)) {
    await mkdir(join(dir, name, '..'), { recursive: true })
    await writeFile(join(dir, name), data)
    await utimes(join(dir, name), modified, modified)
  }
  await writeFile(join(root, 'outside.txt'), 'outside')
  await writeStaticIndex(dir)
})
afterAll(() => rm(join(dir, '..'), { recursive: true, force: true }))

const start = (): Promise<TestServer> =>
  startTestServer((request) => new FastResponse(`app ${new URL(request.url).pathname}`), {}, { clientDir: dir })
const plain = { 'accept-encoding': 'identity' }

describe('writeStaticIndex', () => {
  it('lists what a browser may ask for, and writes copies only where they are smaller', async () => {
    const entries = await writeStaticIndex(dir)
    expect(entries.map(({ path }) => path)).toEqual([
      '/.well-known/security.txt',
      '/_hotclub/assets/entry-B2x.js',
      '/bild.png',
      '/filme/Amélie 2001.txt',
      '/robots.txt',
    ])
    const file = join(dir, '_hotclub/assets/entry-B2x.js')
    expect(brotliDecompressSync(await readFile(`${file}.br`)).toString()).toBe(script)
    expect(zstdDecompressSync(await readFile(`${file}.zst`)).toString()).toBe(script)
    expect(gunzipSync(await readFile(`${file}.gz`)).toString()).toBe(script)
    await expect(readFile(join(dir, 'bild.png.br'))).rejects.toThrow('ENOENT')
    await expect(readFile(join(dir, 'robots.txt.br'))).rejects.toThrow('ENOENT')
  })
})

describe('browser files', () => {
  it('with a hash in their name are kept for ever', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/_hotclub/assets/entry-B2x.js`, { headers: plain })
    expect(await response.text()).toBe(script)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('vary')).toBe('Accept-Encoding')
  })

  it('of public/ are asked for again each time', async () => {
    const { url } = await start()
    const first = await fetch(`${url}/robots.txt`)
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    expect(first.headers.get('last-modified')).toBe('Fri, 02 Jan 2026 03:04:05 GMT')
    const etag = first.headers.get('etag')!
    expect((await fetch(`${url}/robots.txt`, { headers: { 'if-none-match': `"x", W/${etag}` } })).status).toBe(304)
    expect(
      (await fetch(`${url}/robots.txt`, { headers: { 'if-none-match': '"x"', 'if-modified-since': modified.toUTCString() } })).status,
    ).toBe(200)
    expect((await fetch(`${url}/robots.txt`, { headers: { 'if-modified-since': modified.toUTCString() } })).status).toBe(304)
  })

  it('come in the smallest form the client takes, each with its own tag', async () => {
    const { url } = await start()
    const tags = new Set<string | null>()
    for (const encoding of ['br', 'zstd', 'gzip', 'identity']) {
      const response = await fetch(`${url}/_hotclub/assets/entry-B2x.js`, { headers: { 'accept-encoding': encoding } })
      expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding)
      tags.add(response.headers.get('etag'))
      await response.arrayBuffer()
    }
    expect(tags.size).toBe(4)
  })

  it('answer HEAD with the headers of GET', async () => {
    const { port } = await start()
    const answer = await exchangeRaw(port, 'HEAD /bild.png HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/content-length: 600000\r\n/)
    expect(answer.endsWith('\r\n\r\n')).toBe(true)
  })

  it('refuse other methods', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/robots.txt`, { method: 'POST', body: 'x' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
  })

  it('are found by an encoded name', async () => {
    const { url } = await start()
    expect(await (await fetch(`${url}/filme/Am%C3%A9lie%202001.txt`)).text()).toBe('ein Film')
    expect(await (await fetch(`${url}/%72obots.txt`)).text()).toBe('User-agent: *\n')
  })

  it('of an older build are a plain 404', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/_hotclub/assets/entry-old.js`)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('Not Found\n')
  })

  it.each([
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/filme/..%5c..%5coutside.txt',
    '/_hotclub/../../outside.txt',
    '//outside.txt',
    '/%00robots.txt',
    '/robots.txt%00',
    '/%c0%ae%c0%ae/outside.txt',
    '/%',
    '/static.json',
    '/.vite/manifest.json',
    '/robots.txt/',
    '/filme',
    '/__proto__',
  ])('are not found by %s', async (path) => {
    const { port } = await start()
    const answer = await exchangeRaw(port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/\r\n\r\napp /)
  })

  it('that have changed on disk are not sent with a wrong length', async () => {
    const server = await start()
    await writeFile(join(dir, 'bild.png'), 'shorter')
    try {
      expect((await fetch(`${server.url}/bild.png`)).status).toBe(500)
    } finally {
      await writeFile(join(dir, 'bild.png'), big)
    }
    await server.entry(({ level }) => level === 'error')
    expect((await fetch(`${server.url}/bild.png`)).status).toBe(200)
  })
})

describe('ranges', () => {
  it('give one part, or say that there is none', async () => {
    const { url } = await start()
    const part = await fetch(`${url}/bild.png`, { headers: { range: 'bytes=100-199' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe('bytes 100-199/600000')
    expect(Buffer.from(await part.arrayBuffer()).equals(big.subarray(100, 200))).toBe(true)
    const none = await fetch(`${url}/bild.png`, { headers: { range: 'bytes=600000-' } })
    expect(none.status).toBe(416)
    expect(none.headers.get('content-range')).toBe('bytes */600000')
  })

  it('give several parts in one answer, of big files and small ones', async () => {
    const { url } = await start()
    for (const [path, data] of [
      ['/bild.png', big],
      ['/robots.txt', Buffer.from('User-agent: *\n')],
    ] as const) {
      const response = await fetch(url + path, { headers: { range: 'bytes=0-2,-3', ...plain } })
      expect(response.status).toBe(206)
      const boundary = /boundary=(.+)$/.exec(response.headers.get('content-type')!)![1]!
      const body = Buffer.from(await response.arrayBuffer())
      expect(body.length).toBe(Number(response.headers.get('content-length')))
      const parts = body.toString('latin1').split(`\r\n--${boundary}`).slice(1, -1)
      expect(parts.map((text) => text.slice(text.indexOf('\r\n\r\n') + 4))).toEqual([
        data.toString('latin1', 0, 3),
        data.toString('latin1', data.length - 3),
      ])
    }
  })

  it('are parts of the file as it is, never of a compressed form', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/_hotclub/assets/entry-B2x.js`, { headers: { range: 'bytes=0-6', 'accept-encoding': 'br' } })
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await response.text()).toBe('console')
  })

  it('hold only while If-Range fits', async () => {
    const { url } = await start()
    const etag = (await fetch(`${url}/bild.png`, { method: 'HEAD' })).headers.get('etag')!
    const status = async (condition: string): Promise<number> => {
      const response = await fetch(`${url}/bild.png`, { headers: { range: 'bytes=0-9', 'if-range': condition } })
      await response.arrayBuffer()
      return response.status
    }
    expect(await status(etag)).toBe(206)
    expect(await status(modified.toUTCString())).toBe(206)
    expect(await status(`W/${etag}`)).toBe(200)
    expect(await status('"other"')).toBe(200)
  })

  it('give the bytes that a slice gives, for any pair of numbers', async () => {
    const { url } = await start()
    await fc.assert(
      fc.asyncProperty(fc.nat(700_000), fc.nat(700_000), async (first, last) => {
        const response = await fetch(`${url}/bild.png`, { headers: { range: `bytes=${first}-${last}` } })
        const body = Buffer.from(await response.arrayBuffer())
        const [status, bytes] = last < first ? [200, big] : first < big.length ? [206, big.subarray(first, last + 1)] : [416, body]
        expect(response.status).toBe(status)
        expect(body.equals(bytes)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})
