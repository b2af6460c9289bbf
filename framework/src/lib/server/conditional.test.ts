import { expect, it } from 'vitest'
import conditional from '../../../test/vectors/conditional_get.json' with { type: 'json' }
import type { Context } from '../core/context.ts'
import { createTestApp } from '../testing/test-app.ts'

interface Vector {
  method: string
  request_headers: Record<string, string>
  etag: string | null
  last_modified: number | null
  view_status: number | null
  expected_status: 304 | 412 | null
}

const vectors = conditional.cases as unknown as Vector[]

it.each(vectors.filter(({ view_status }) => view_status !== null))(
  'an answer with $view_status, $etag, $last_modified to $request_headers: $expected_status',
  async ({ method, request_headers, etag, last_modified, view_status, expected_status }) => {
    const headers = {
      ...(etag === null ? {} : { etag }),
      ...(last_modified === null ? {} : { 'last-modified': new Date(last_modified * 1_000).toUTCString() }),
      'content-type': 'text/plain',
    }
    const app = await createTestApp({ routes: { 'file.ts': { GET: () => new Response('all of it', { status: view_status!, headers }) } } })
    const response = await app.request('/file', { method, headers: request_headers })
    expect(response.status).toBe(expected_status ?? view_status)
    expect(await response.text()).toBe(expected_status === null ? 'all of it' : '')
    expect(response.headers.get('etag')).toBe(etag)
    expect(response.headers.has('content-type')).toBe(expected_status !== 304)
  },
)

const named = vectors.filter(({ view_status, etag, last_modified }) => view_status === null && (etag ?? last_modified) !== null)

it.each(named.filter(({ etag }) => !etag?.startsWith('W/')))(
  'a version that is named first, $etag, $last_modified, to $method with $request_headers: $expected_status',
  async ({ method, request_headers, etag, last_modified, expected_status }) => {
    let wasDone = false
    const handle = (context: Context): string => {
      context.checkPreconditions({
        ...(etag === null ? {} : { etag: etag.slice(1, -1) }),
        ...(last_modified === null ? {} : { lastModified: new Date(last_modified * 1_000) }),
      })
      wasDone = true
      return 'done'
    }
    const app = await createTestApp({ routes: { 'file.ts': { GET: handle, PUT: handle } } })
    const response = await app.request('/file', { method, headers: request_headers })
    expect(response.status).toBe(expected_status ?? 200)
    expect(wasDone).toBe(expected_status === null)
    expect(response.headers.get('etag')).toBe(expected_status === 412 ? null : etag)
  },
)

it('tells the pages of two builds apart, and keeps the headers of a page that the client has', async () => {
  const loader = (context: Context): void => context.checkPreconditions({ etag: 'v1' })
  const app = await createTestApp({
    routes: { 'index.tsx': { loader, default: () => 'Hello', headers: () => ({ 'cache-control': 'max-age=9' }) } },
  })
  const first = await app.request('/')
  expect(first.headers.get('etag')).toBe('"v1.test"')
  const again = await app.request('/', { headers: { 'if-none-match': 'W/"v1.test"' } })
  expect([again.status, again.headers.get('etag')]).toEqual([304, '"v1.test"'])
  expect((await app.request('/', { headers: { 'if-none-match': '"v1.before"' } })).status).toBe(200)
})
