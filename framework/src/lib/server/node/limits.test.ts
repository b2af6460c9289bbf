import { FastResponse } from 'srvx'
import { describe, expect, it } from 'vitest'
import { exchangeRaw, openRaw, startTestServer, type TestServer } from './_test-server.ts'

const ok = (): Response => new FastResponse('fine')

async function expectAlive({ url }: TestServer): Promise<void> {
  expect((await fetch(url)).status).toBe(200)
}

describe('requests that cannot be read', () => {
  it.each([
    ['no request line', 'hello\r\n\r\n'],
    ['a method that does not exist', 'FETCH / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a version that does not exist', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost: a\r\nbroken\r\n\r\n'],
    ['a zero byte in a header', 'GET / HTTP/1.1\r\nHost: a\r\nx: a\0b\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a length and chunks', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a TLS greeting', Buffer.from('16030100a5010000a10303', 'hex')],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n'],
    ['a host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n'],
    ['a host that is no address', 'GET / HTTP/1.1\r\nHost: 1.2.3.999\r\nConnection: close\r\n\r\n'],
    ['a host with a port that is none', 'GET / HTTP/1.1\r\nHost: a:99999\r\nConnection: close\r\n\r\n'],
    ['a star for GET', 'GET * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
    ['a target of another protocol', 'GET ftp://a/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
    ['a target with a password', 'GET http://u:p@a/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
    ['a chunk size that is none', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
  ])('get 400 and a log line: %s', async (_, bytes) => {
    const server = await startTestServer(async (request) => {
      await request.text().catch(() => '')
      return ok()
    })
    expect(await exchangeRaw(server.port, bytes)).toMatch(/^HTTP\/1\.1 400 /)
    expect(
      server.entries.filter(({ fields }) => fields['status'] === 400).length + server.lines.filter(({ status }) => status === 400).length,
    ).toBe(1)
    await expectAlive(server)
  })

  it('get 405 for TRACE and CONNECT', async () => {
    const server = await startTestServer(ok)
    expect(await exchangeRaw(server.port, 'TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /)
    expect(await exchangeRaw(server.port, 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /)
    await expectAlive(server)
  })
})

describe('request targets', () => {
  it('in absolute form lead to their path, on the host they name', async () => {
    const { port } = await startTestServer((request) => new FastResponse(`${request.url} ${request.headers.get('host')}`))
    const answer = await exchangeRaw(port, 'GET http://b.example:81/x?y=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/http:\/\/b\.example:81\/x\?y=1 b\.example:81$/)
  })

  it('reach the app without a host from HTTP/1.0', async () => {
    const { port } = await startTestServer((request) => new FastResponse(new URL(request.url).pathname))
    expect(await exchangeRaw(port, 'GET /old HTTP/1.0\r\n\r\n')).toMatch(/\/old$/)
  })

  it('answer OPTIONS * for the server as a whole', async () => {
    const { port } = await startTestServer(() => new FastResponse('the app'))
    expect(await exchangeRaw(port, 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 .*allow: GET/is)
  })
})

describe('limits', () => {
  it('answer a long target with 414', async () => {
    const server = await startTestServer(ok, { limits: { url: 100 } })
    expect((await fetch(`${server.url}/${'a'.repeat(98)}`)).status).toBe(200)
    expect((await fetch(`${server.url}/${'a'.repeat(100)}`)).status).toBe(414)
    expect((await server.line(({ status }) => status === 414)).status).toBe(414)
  })

  it('answer a target beyond all measure with 414', async () => {
    const server = await startTestServer(ok)
    expect(await exchangeRaw(server.port, `GET /${'a'.repeat(30_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)).toMatch(/^HTTP\/1\.1 414 /)
    await server.entry(({ fields }) => fields['status'] === 414)
    await expectAlive(server)
  })

  it('answer large headers with 431', async () => {
    const server = await startTestServer(ok, { limits: { headers: 2_000 } })
    expect(await exchangeRaw(server.port, `GET / HTTP/1.1\r\nHost: a\r\nx: ${'a'.repeat(3_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
    await server.entry(({ fields }) => fields['status'] === 431)
    await expectAlive(server)
  })

  it('refuse a large body by its declared length before the app sees it', async () => {
    let asked = false
    const server = await startTestServer(
      () => {
        asked = true
        return ok()
      },
      { limits: { body: 1_000 } },
    )
    const response = await fetch(server.url, { method: 'POST', body: 'a'.repeat(300_000) })
    expect(response.status).toBe(413)
    expect(asked).toBe(false)
  })

  it('do not ask for a body that would be refused', async () => {
    const { port } = await startTestServer(ok, { limits: { body: 10 } })
    const connection = openRaw(port)
    connection.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n')
    expect(await connection.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('ask for a body that is expected', async () => {
    const { port } = await startTestServer(async (request) => new FastResponse(await request.text()))
    const connection = openRaw(port)
    connection.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n')
    await connection.until('100 Continue')
    connection.send('abc')
    expect(await connection.closed()).toMatch(/abc$/)
  })

  it.each([
    ['text()', (request: Request) => request.text()],
    ['formData()', (request: Request) => request.formData()],
    [
      'body',
      async (request: Request) => {
        for await (const _chunk of request.body!);
      },
    ],
  ])('stop a body that grows too large while it arrives: %s', async (_, read) => {
    const server = await startTestServer(
      async (request) => {
        if (request.method === 'POST') await read(request)
        return ok()
      },
      { limits: { body: 1_000 } },
    )
    const connection = openRaw(server.port)
    connection.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n')
    connection.send(`12\r\n--b\r\nContent-Dispo\r\n`)
    for (let i = 0; i < 20; i++) connection.send(`100\r\n${'a'.repeat(256)}\r\n`)
    expect(await connection.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 413 /)
    expect((await server.line()).status).toBe(413)
    await expectAlive(server)
  })

  it('give up on slow headers with 408', async () => {
    const server = await startTestServer(ok, { limits: { headersTimeout: 100 } })
    expect(await exchangeRaw(server.port, 'GET / HTTP/1.1\r\nHost: a\r\nx-slow: ')).toMatch(/^HTTP\/1\.1 408 /)
    await server.entry(({ fields }) => fields['status'] === 408)
    await expectAlive(server)
  })

  it('give up on headers that drip', async () => {
    const { port } = await startTestServer(ok, { limits: { headersTimeout: 200 } })
    const connection = openRaw(port)
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n')
    const drip = setInterval(() => connection.send('x: y\r\n'), 20)
    expect(await connection.closed().finally(() => clearInterval(drip))).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('give up on a slow body with 408, and the app hears of it', async () => {
    const aborted = Promise.withResolvers<void>()
    const server = await startTestServer(
      async (request) => {
        request.signal.addEventListener('abort', () => aborted.resolve())
        return new FastResponse(await request.text())
      },
      { limits: { headersTimeout: 100, requestTimeout: 150 } },
    )
    expect(await exchangeRaw(server.port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc')).toMatch(/^HTTP\/1\.1 408 /)
    await aborted.promise
    await expectAlive(server)
  })

  it('close a connection that idles', async () => {
    const { port } = await startTestServer(ok, { limits: { keepAliveTimeout: 50 } })
    expect(await exchangeRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/fine$/)
  })

  it('close a connection whose client does not read', async () => {
    const server = await startTestServer(() => new FastResponse('a'.repeat(30_000_000)), {
      limits: { requestTimeout: 200, headersTimeout: 100 },
    })
    const connection = openRaw(server.port)
    connection.socket.pause()
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    expect((await server.entry(({ message }) => message.includes('does not read'))).level).toBe('warn')
  })

  it('wait for an app that takes longer than a client may', async () => {
    const { url } = await startTestServer(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 300))
        return ok()
      },
      { limits: { requestTimeout: 100, headersTimeout: 50 } },
    )
    expect((await fetch(url)).status).toBe(200)
  })

  it('refuse connections beyond their number, and say so', async () => {
    const server = await startTestServer(ok, { limits: { connections: 2 } })
    const first = [openRaw(server.port), openRaw(server.port)]
    for (const connection of first) connection.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await Promise.all(first.map((connection) => connection.until('fine')))
    expect(await openRaw(server.port).closed()).toBe('')
    await server.entry(({ fields }) => fields['dropped'] === 1)
    first[0]!.socket.destroy()
  })
})
