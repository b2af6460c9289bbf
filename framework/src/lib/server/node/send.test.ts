import { PassThrough, Readable } from 'node:stream'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { FastResponse } from 'srvx'
import { describe, expect, it } from 'vitest'
import { openRaw, startTestServer } from './_test-server.ts'

const text = 'Ein Film – und noch einer. '.repeat(200)
const html = { 'content-type': 'text/html; charset=utf-8' }
const bodyOf = (stream: Readable): BodyInit => stream as unknown as BodyInit
const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'

/** The raw answer to one request that closes its connection. */
async function ask(port: number, headers: string, method = 'GET'): Promise<{ head: string; body: Buffer }> {
  const connection = openRaw(port)
  connection.send(`${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`)
  const answer = await connection.closed()
  const end = answer.indexOf('\r\n\r\n')
  return { head: answer.slice(0, end), body: Buffer.from(answer.slice(end + 4), 'latin1') }
}

describe('compression', () => {
  it.each([
    ['zstd', zstdDecompressSync],
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('sends %s to a client that asks for it', async (encoding, decompress) => {
    const { port, line } = await startTestServer(() => new FastResponse(text, { headers: html }))
    const { head, body } = await ask(port, `Accept-Encoding: ${encoding}\r\n`)
    expect(head).toContain(`content-encoding: ${encoding}`)
    expect(head).toContain(`content-length: ${body.length}`)
    expect(head).toContain('vary: Accept-Encoding')
    expect(decompress(body).toString()).toBe(text)
    expect((await line()).bytes).toBe(body.length)
  })

  it('follows q-values', async () => {
    const { port } = await startTestServer(() => new FastResponse(text, { headers: html }))
    expect((await ask(port, 'Accept-Encoding: zstd;q=0.1, gzip;q=0.8, br;q=0\r\n')).head).toContain('content-encoding: gzip')
    expect((await ask(port, 'Accept-Encoding: identity, gzip;q=0.5\r\n')).head).not.toContain('content-encoding')
  })

  it('leaves alone what is small, binary, compressed or must not change', async () => {
    const answers: Record<string, () => Response> = {
      small: () => new FastResponse('short', { headers: html }),
      binary: () => new FastResponse(text, { headers: { 'content-type': 'image/png' } }),
      compressed: () => new FastResponse(text, { headers: { ...html, 'content-encoding': 'gzip' } }),
      fixed: () => new FastResponse(text, { headers: { ...html, 'cache-control': 'public, no-transform' } }),
      part: () => new FastResponse(text, { status: 206, headers: { ...html, 'content-range': 'bytes 0-9/10' } }),
    }
    for (const [name, answer] of Object.entries(answers)) {
      const { port } = await startTestServer(answer)
      const { head, body } = await ask(port, 'Accept-Encoding: br, gzip, zstd\r\n')
      expect.soft(body.toString(), name).toBe(name === 'small' ? 'short' : text)
      expect.soft(head.match(/content-encoding/g)?.length ?? 0, name).toBe(name === 'compressed' ? 1 : 0)
    }
  })

  it('weakens a strong tag and keeps what Vary said', async () => {
    const { port } = await startTestServer(
      () => new FastResponse(text, { headers: { ...html, etag: '"a"', vary: 'Cookie', 'accept-ranges': 'bytes' } }),
    )
    const compressed = (await ask(port, 'Accept-Encoding: gzip\r\n')).head
    expect(compressed).toContain('etag: W/"a"')
    expect(compressed).toContain('vary: Cookie, Accept-Encoding')
    expect(compressed).not.toContain('accept-ranges')
    expect((await ask(port, '')).head).toMatch(/etag: "a"\r\nvary: Cookie, Accept-Encoding/)
  })

  it('lets a page that streams arrive in its parts', async () => {
    const source = new PassThrough()
    const { url } = await startTestServer(() => new FastResponse(bodyOf(source), { headers: html }))
    source.write('<p>first</p>')
    const response = await fetch(url, { headers: { 'accept-encoding': 'br' } })
    expect(response.headers.get('content-encoding')).toBe('br')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toBe('<p>first</p>')
    source.end('<p>second</p>')
    let rest = ''
    for (let part = await reader.read(); !part.done; part = await reader.read()) rest += part.value
    expect(rest).toBe('<p>second</p>')
  })
})

describe('streams', () => {
  it('are sent as they come, Node streams and web streams', async () => {
    for (const body of [bodyOf(Readable.from(['a', 'b'])), new Blob(['a', 'b']).stream()]) {
      const { url, line } = await startTestServer(() => new Response(body, { headers: { 'content-type': 'image/png' } }))
      expect(await (await fetch(url)).text()).toBe('ab')
      expect((await line()).aborted).toBe(false)
    }
  })

  it('that are empty end the answer', async () => {
    const { url } = await startTestServer(() => new FastResponse(bodyOf(Readable.from([]))))
    expect(await (await fetch(url)).text()).toBe('')
  })

  it('are closed unread for HEAD', async () => {
    const source = new PassThrough()
    const { port } = await startTestServer(() => new FastResponse(bodyOf(source), { headers: html }))
    expect((await ask(port, '', 'HEAD')).body.length).toBe(0)
    expect(source.destroyed).toBe(true)
  })

  it('that fail at once give a 500', async () => {
    const { url, entry } = await startTestServer(() => {
      const source = new PassThrough()
      queueMicrotask(() => source.destroy(new Error('no database')))
      return new FastResponse(bodyOf(source))
    })
    expect((await fetch(url)).status).toBe(500)
    expect((await entry(({ level }) => level === 'error')).fields['err']).toMatchObject({ message: 'no database' })
  })

  it('that fail half-way end the connection, so that nobody takes the part for the whole', async () => {
    const source = new PassThrough()
    const server = await startTestServer(() => new FastResponse(bodyOf(source)))
    const connection = openRaw(server.port)
    connection.send(get)
    source.write('half')
    await connection.until('half')
    source.destroy(new Error('lost the rest'))
    expect(await connection.closed()).not.toContain('\r\n0\r\n')
    expect((await server.entry(({ level }) => level === 'error')).fields['err']).toMatchObject({ message: 'lost the rest' })
    expect((await server.line()).aborted).toBe(true)
  })

  it('are destroyed when the client leaves, and that is no error', async () => {
    const source = new PassThrough()
    const server = await startTestServer(() => new FastResponse(bodyOf(source), { headers: html }))
    const closed = new Promise<void>((resolve) => source.once('close', resolve))
    const connection = openRaw(server.port)
    connection.send(get)
    source.write('half')
    await connection.until('half')
    connection.socket.destroy()
    await closed
    expect(await server.line()).toMatchObject({ status: 200, aborted: true })
    expect(server.entries.filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('request.signal', () => {
  it('aborts when the client leaves before the answer', async () => {
    const arrived = Promise.withResolvers<void>()
    const aborted = Promise.withResolvers<void>()
    const server = await startTestServer(async ({ signal }) => {
      arrived.resolve()
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      aborted.resolve()
      return new FastResponse('for nobody')
    })
    const connection = openRaw(server.port)
    connection.send(get)
    await arrived.promise
    connection.socket.destroy()
    await aborted.promise
    expect(await server.line()).toMatchObject({ status: 499, aborted: true, bytes: 0 })
  })

  it('does not abort after a whole answer', async () => {
    let signal: AbortSignal | undefined
    const { url, server } = await startTestServer((request) => {
      signal = request.signal
      return new FastResponse('done')
    })
    await (await fetch(url)).text()
    server.node.closeAllConnections()
    await server.stop()
    expect(signal?.aborted).toBe(false)
  })
})
