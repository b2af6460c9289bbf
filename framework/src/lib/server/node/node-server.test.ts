import { FastResponse } from 'srvx'
import { describe, expect, it } from 'vitest'
import { requestIdOf } from '../../http/request-id.ts'
import { exchangeRaw, openRaw, startTestServer } from './_test-server.ts'

const html = { 'content-type': 'text/html; charset=utf-8' }
const page = (text: string, init: ResponseInit = {}): Response => new FastResponse(text, { headers: html, ...init })

describe('createNodeServer', () => {
  it('sends a fast response with its length and the id the app saw', async () => {
    let seen = ''
    const { url, line } = await startTestServer((request) => {
      seen = requestIdOf(request)
      return page('<p>Amélie – 2001</p>')
    })

    const response = await fetch(`${url}/films?year=2001`, { headers: { 'accept-encoding': 'identity' } })

    expect(await response.text()).toBe('<p>Amélie – 2001</p>')
    expect(response.headers.get('content-length')).toBe('23')
    expect(response.headers.get('x-request-id')).toBe(seen)
    expect(await line()).toMatchObject({
      method: 'GET',
      target: '/films?year=2001',
      status: 200,
      bytes: 23,
      requestId: seen,
      ip: '127.0.0.1',
      aborted: false,
    })
  })

  it('gives each request its own id, and the app its own when it sets one', async () => {
    const { url } = await startTestServer((request) =>
      page('x', request.url.endsWith('/own') ? { headers: { 'x-request-id': 'mine' } } : {}),
    )
    const ids = await Promise.all(['/1', '/2', '/own'].map(async (path) => (await fetch(url + path)).headers.get('x-request-id')))
    expect(new Set(ids).size).toBe(3)
    expect(ids[2]).toBe('mine')
  })

  it('sends native responses with every cookie', async () => {
    const { url } = await startTestServer(() => {
      const response = Response.json({ title: 'Alien' }, { status: 201, statusText: 'Made' })
      response.headers.append('set-cookie', 'a=1')
      response.headers.append('set-cookie', 'b=2')
      return response
    })
    const response = await fetch(url)
    expect(response.status).toBe(201)
    expect(response.statusText).toBe('Made')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await response.json()).toEqual({ title: 'Alien' })
  })

  it('answers HEAD without a body and keeps the length of what GET gives', async () => {
    const { port } = await startTestServer(() => page('twelve bytes'))
    const answer = await exchangeRaw(port, 'HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/content-length: 12\r\n/)
    expect(answer.endsWith('\r\n\r\n')).toBe(true)
  })

  it('keeps the frame of an answer whose length the app got wrong', async () => {
    const { port } = await startTestServer(() => page('ä€', { headers: { 'content-length': '4' } }))
    const connection = openRaw(port)
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect((await connection.closed()).match(/content-length: 5\r\n/g)).toHaveLength(2)
  })

  it('sends a 204 without length and body', async () => {
    const { port } = await startTestServer(() => new FastResponse('', { status: 204 }))
    const answer = await exchangeRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 204 /)
    expect(answer).not.toMatch(/content-length|transfer-encoding/i)
  })

  it('turns a rejection into a plain 500 and a report, and serves on', async () => {
    let fail = true
    const { url, entry } = await startTestServer(() => {
      if (!fail) return page('fine')
      fail = false
      throw new Error('secret detail')
    })
    const response = await fetch(url)
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('Internal Server Error\n')
    expect((await entry(({ level }) => level === 'error')).fields['requestId']).toBe(response.headers.get('x-request-id'))
    expect((await fetch(url)).status).toBe(200)
  })

  it('turns headers that HTTP cannot carry into a 500', async () => {
    const { url, entries } = await startTestServer(() => page('x', { headers: { location: '/a\r\nset-cookie: b=1' } }))
    const response = await fetch(url)
    expect(response.status).toBe(500)
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(entries.map(({ level }) => level)).toEqual(['error'])
  })

  it('answers requests sent in one go, in their order', async () => {
    const { port } = await startTestServer(async (request) => {
      const { pathname } = new URL(request.url)
      // The first one takes the longest.
      for (let ticks = pathname === '/1' ? 50 : 0; ticks > 0; ticks--) await new Promise((resolve) => setImmediate(resolve))
      return page(`page ${pathname}`)
    })
    const requests = ['/1', '/2', '/3'].map(
      (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n${path === '/3' ? 'Connection: close\r\n' : ''}\r\n`,
    )
    const answer = await exchangeRaw(port, requests.join(''))
    expect(answer.match(/page \/\d/g)).toEqual(['page /1', 'page /2', 'page /3'])
  })

  it('gives the app the body, and leaves trailers out of the headers', async () => {
    const { port } = await startTestServer(async (request) => page(`${await request.text()}|${request.headers.get('x-late')}`))
    const answer = await exchangeRaw(
      port,
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: x-late\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\nx-late: yes\r\n\r\n',
    )
    expect(answer).toMatch(/abc\|null$/)
  })

  it('answers /healthz before the app', async () => {
    const { url } = await startTestServer(() => page('the app'))
    const response = await fetch(`${url}/healthz`)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('ok\n')
  })

  it('says what to do when the port is taken', async () => {
    const { port } = await startTestServer(() => page('x'))
    const { server } = await startTestServer(() => page('y'))
    server.node.close()
    await expect(server.listen(port, '127.0.0.1')).rejects.toMatchObject({
      name: 'HotclubError',
      code: 'HC_PORT',
      hint: expect.stringContaining(String(port + 1)),
    })
  })
})

describe('NodeServer.stop', () => {
  it('finishes what is in flight, closes its connection and takes nothing new', async () => {
    const arrived = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const { port, server } = await startTestServer(async () => {
      arrived.resolve()
      await release.promise
      return page('finished')
    })
    const connection = openRaw(port)
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await arrived.promise
    const stopped = server.stop()
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
    release.resolve()
    const answer = await connection.closed()
    expect(answer).toMatch(/connection: close/i)
    expect(answer).toMatch(/finished$/)
    expect(await stopped).toBe(true)
  })

  it('answers 503 to a health check that was already on its way', async () => {
    const { port, server } = await startTestServer(() => page('first'))
    const connection = openRaw(port)
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n')
    await connection.until('first')
    const stopped = server.stop()
    connection.send('\r\n')
    expect(await connection.closed()).toMatch(/HTTP\/1\.1 503 .*connection: close.*stopping\n$/is)
    expect(await stopped).toBe(true)
  })

  it('cuts off what does not finish in time', async () => {
    const arrived = Promise.withResolvers<void>()
    const { port, server, entry } = await startTestServer(
      () => {
        arrived.resolve()
        return new Promise<Response>(() => {})
      },
      { shutdownTimeout: 50 },
    )
    const connection = openRaw(port)
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await arrived.promise
    expect(await server.stop()).toBe(false)
    expect(await connection.closed()).toBe('')
    await entry(({ level }) => level === 'warn')
  })
})

describe('trustedProxies', () => {
  const seen = (request: Request): Response =>
    page(JSON.stringify({ url: request.url, ip: (request as Request & { ip?: string }).ip, id: requestIdOf(request) }))
  const headers = {
    'x-forwarded-for': '6.6.6.6, 1.2.3.4',
    'x-forwarded-host': 'matinee.example',
    'x-forwarded-proto': 'https',
    'x-request-id': 'from-the-edge:1',
  }
  const ask = async (url: string, more: Record<string, string> = {}): Promise<Record<string, string>> =>
    (await (await fetch(`${url}/a?b=c`, { headers: { ...headers, ...more } })).json()) as Record<string, string>

  it('ignores what a stranger says', async () => {
    const { url } = await startTestServer(seen)
    const answer = await ask(url)
    expect(answer['url']).toBe(`${url}/a?b=c`)
    expect(answer['ip']).toBe('127.0.0.1')
    expect(answer['id']).not.toBe('from-the-edge:1')
  })

  it('takes address, host, protocol and id from a trusted hop', async () => {
    const { url, line } = await startTestServer(seen, { trustedProxies: 1 })
    expect(await ask(url)).toEqual({ url: 'https://matinee.example/a?b=c', ip: '1.2.3.4', id: 'from-the-edge:1' })
    expect((await line()).ip).toBe('1.2.3.4')
  })

  it('takes them from trusted addresses only', async () => {
    const { url } = await startTestServer(seen, { trustedProxies: ['127.0.0.0/8'] })
    expect((await ask(url))['ip']).toBe('1.2.3.4')
    const { url: other } = await startTestServer(seen, { trustedProxies: ['10.0.0.0/8'] })
    expect((await ask(other))['ip']).toBe('127.0.0.1')
  })

  it('keeps its own host and id where the forwarded ones are not safe', async () => {
    const { url } = await startTestServer(seen, { trustedProxies: 1 })
    const answer = await ask(url, { 'x-forwarded-host': 'evil/../', 'x-request-id': 'a b"c' })
    expect(answer['url']).toBe(`${url.replace('http:', 'https:')}/a?b=c`)
    expect(answer['id']).not.toBe('a b"c')
  })
})
