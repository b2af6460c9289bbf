import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readForm } from './read-form.ts'

const limits = { body: 10_000, fields: 20, files: 2 }

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/', { method: 'POST', body, headers })
}

const urlencoded = (body: BodyInit): Request => post(body, { 'content-type': 'application/x-www-form-urlencoded' })
const multipart = (...lines: string[]): Request =>
  post(Buffer.from(lines.join('\r\n'), 'latin1'), { 'content-type': 'multipart/form-data; boundary=x' })

const entries = async (request: Request): Promise<unknown[]> => [...(await readForm(request, limits))]
const status = (request: Request, own = limits): Promise<unknown> =>
  readForm(request, own).then(
    () => 200,
    (error: { status: number }) => error.status,
  )

describe('readForm of an urlencoded body', () => {
  it('gives names and values in their order, repeated ones too', async () => {
    expect(await entries(urlencoded('a=1&b=x+y%20z&a=%E2%82%AC&empty=&bare&&=unnamed'))).toEqual([
      ['a', '1'],
      ['b', 'x y z'],
      ['a', '€'],
      ['empty', ''],
      ['bare', ''],
      ['', 'unnamed'],
    ])
  })

  it('reads whatever a browser writes', async () => {
    const pair = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { maxLength: 20 }), async (pairs) => {
        expect(await entries(post(new URLSearchParams(pairs)))).toEqual(pairs)
      }),
    )
  })

  it.each(['a=%', 'a=%2', 'a=%zz', 'a=%ff', 'a=%C0%AF', 'a=%ED%A0%80', '%E2%82=1'])('refuses %s', async (body) => {
    expect(await status(urlencoded(body))).toBe(400)
  })

  it('refuses bytes that are no UTF-8', async () => {
    expect(await status(urlencoded(new Uint8Array([97, 61, 0xff])))).toBe(400)
    expect(await entries(urlencoded('a=é'))).toEqual([['a', 'é']])
  })

  it('refuses more fields and more bytes than allowed', async () => {
    expect(await status(urlencoded('a=1&'.repeat(20)))).toBe(200)
    expect(await status(urlencoded('a=1&'.repeat(21)))).toBe(413)
    expect(await status(urlencoded(`a=${'€'.repeat(4_000)}`))).toBe(413)
    expect(await status(post('a=1', { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '10001' }))).toBe(413)
  })

  it('gives names of prototypes as any other', async () => {
    expect(await entries(urlencoded('__proto__=1&constructor.prototype=2'))).toEqual([
      ['__proto__', '1'],
      ['constructor.prototype', '2'],
    ])
    expect(Reflect.get({}, '1')).toBeUndefined()
  })
})

describe('readForm of a multipart body', () => {
  it('gives texts and files in their order', async () => {
    const sent = new FormData()
    sent.append('title', 'Ünïcode 😀')
    sent.append('poster', new File(['bytes'], 'a "poster".png', { type: 'image/png' }))
    sent.append('title', '')
    const form = await readForm(post(sent), limits)
    expect([...form.keys()]).toEqual(['title', 'poster', 'title'])
    expect(form.getAll('title')).toEqual(['Ünïcode 😀', ''])
    const file = form.get('poster') as File
    expect([file.type, file.size, await file.text()]).toEqual(['image/png', 5, 'bytes'])
  })

  it('reads large files whole', async () => {
    const sent = new FormData()
    const bytes = Buffer.alloc(700_000, 'abc\r\n--')
    sent.append('one', new File([bytes], 'one.bin'))
    sent.append('two', new File([bytes], 'two.bin'))
    const form = await readForm(post(sent), { ...limits, body: 2_000_000 })
    for (const name of ['one', 'two']) expect(Buffer.from(await (form.get(name) as File).arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('gives a file a name without folders, and leaves out a field where no file was chosen', async () => {
    const part = (filename: string): string[] => ['--x', `Content-Disposition: form-data; name="f"; filename="${filename}"`, '', 'data']
    const form = await readForm(multipart(...part('../../etc/passwd'), ...part('C:\\temp\\a.txt'), '--x--', ''), limits)
    expect((form.getAll('f') as File[]).map((file) => file.name)).toEqual(['passwd', 'a.txt'])
    expect(await entries(multipart(...part(''), '--x--', ''))).toEqual([])
  })

  it('refuses more fields and more files than allowed', async () => {
    const field = ['--x', 'Content-Disposition: form-data; name="a"', '', '1']
    const file = ['--x', 'Content-Disposition: form-data; name="a"; filename="a"', '', '1']
    const times = (part: string[], count: number): Request => multipart(...Array.from({ length: count }, () => part).flat(), '--x--', '')
    expect([await status(times(field, 20)), await status(times(field, 21))]).toEqual([200, 413])
    expect([await status(times(file, 2)), await status(times(file, 3))]).toEqual([200, 413])
  })

  it.each([
    ['no boundary in the body', ['garbage']],
    ['a body that breaks off', ['--x', 'Content-Disposition: form-data; name="a"', '', '1']],
    ['a part without a name', ['--x', 'Content-Disposition: form-data', '', '1', '--x--', '']],
    ['text that is no UTF-8', ['--x', 'Content-Disposition: form-data; name="a"', '', '\xff', '--x--', '']],
    ['a name that is no UTF-8', ['--x', 'Content-Disposition: form-data; name="\xff"', '', '1', '--x--', '']],
    ['an encoded part', ['--x', 'Content-Disposition: form-data; name="a"', 'Content-Transfer-Encoding: base64', '', 'MQ==', '--x--', '']],
  ])('refuses %s', async (_what, lines) => {
    expect(await status(multipart(...lines))).toBe(400)
  })

  it('refuses a body without a boundary in its type', async () => {
    expect(await status(post('--x--', { 'content-type': 'multipart/form-data' }))).toBe(400)
  })
})

describe('readForm', () => {
  it.each([
    ['application/json', 'a=1'],
    ['text/plain', 'a=1'],
    ['application/x-www-form-urlencodedx', 'a=1'],
    ['application/x-www-form-urlencoded; charset=utf-7', 'a=1'],
    ['application/x-www-form-urlencoded; charset="utf-16"', 'a=1'],
  ])('refuses %s', async (type, body) => {
    expect(await status(post(body, { 'content-type': type }))).toBe(415)
  })

  it('takes UTF-8 by any of its names', async () => {
    for (const charset of ['utf-8', 'UTF-8', '"utf-8"', 'utf8'])
      expect(await status(post('a=1', { 'content-type': `application/x-www-form-urlencoded;charset=${charset}` })), charset).toBe(200)
  })

  it.each(['gzip', 'br', 'deflate', 'identity, gzip'])('refuses a body compressed with %s', async (encoding) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': encoding }
    expect(await status(post('a=1', headers))).toBe(415)
  })
})
