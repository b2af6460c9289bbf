import { describe, expect, it } from 'vitest'
import { Await } from '../view/await.tsx'
import { createTestApp } from '../testing/test-app.ts'

class Film {}

describe('a streamed value that cannot travel', () => {
  const routes = {
    'index.tsx': {
      loader: () => ({ film: Promise.resolve(new Film()) }),
      default: ({ data }: { data: { film: Promise<Film> } }) => <Await value={data.film}>{() => 'A film'}</Await>,
    },
  }

  it('is reported with its place, and fails only its own part of the page', async () => {
    const app = await createTestApp({ routes })
    const html = await (await app.request('/')).text()

    expect(html).toContain('A film')
    expect(html).toMatch(/<script type="application\/json" data-hotclub-chunk[^>]*>\{"id":0,"error":\{"status":500/)
    expect(app.errors.map(({ error }) => error)).toEqual([expect.objectContaining({ code: 'HC_SERIALIZE', where: '.value' })])
  })
})
