import { createServer } from 'node:net'
import { request as httpRequest } from 'node:http'
import { expect, test } from './_dev-app.ts'

const schema = `generator client {
  provider = "prisma-client"
  output = "generated/client"
  importFileExtension = "ts"
}
generator hotclub {
  provider = "hotclub-prisma-generator"
  output = "generated/metadata.ts"
}
datasource db {
  provider = "sqlite"
}
model Film {
  id    Int    @id @default(autoincrement())
  title String
}
`

/** Status of a request as it stands, without what a browser or \`fetch\` would put right. */
function rawStatus(url: string, path: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    httpRequest({ hostname, port, path, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

test('a taken port is said, and the next one is used', async ({ app, page }) => {
  const blocker = createServer()
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
  const { port } = blocker.address() as { port: number }
  try {
    await app.start(port)
    const used = Number(new URL(app.url).port)
    expect(used).toBeGreaterThan(port)
    expect(app.terminal).toContain(`Port ${port} is taken`)
    expect((await page.request.get(app.url)).status()).toBe(200)
  } finally {
    blocker.close()
  }
})

test('Ctrl-C ends the server cleanly, an open page notwithstanding', async ({ app, page }) => {
  await app.start()
  await page.goto(app.url)

  expect(await app.stop()).toBe(0)
  expect(app.terminal).not.toContain('Error')
})

test('each request is a line with its status, data requests are marked, modules are not listed', async ({ app, page }) => {
  await app.start()
  await page.goto(app.url)
  await expect(async () => {
    await page.locator('#count').click()
    await expect(page.locator('#count')).toHaveText('count 1', { timeout: 500 })
  }).toPass()
  await page.getByRole('link', { name: 'Other' }).click()
  await expect(page.locator('h1')).toHaveText('other data')

  await expect.poll(() => app.terminal).toMatch(/^GET {4}\/other \(data\) +200 +\d+ ms$/m)
  expect(app.terminal).toMatch(/^GET {4}\/ +200 +\d+ ms$/m)
  expect(app.terminal).not.toMatch(/\/app\/|@vite|@id/)
})

test('files outside the app, secrets and databases are not served, nor are foreign hosts', async ({ app }) => {
  app.write('.env', 'SECRET=1\n')
  app.write('prisma/dev.db', 'SQLite')
  await app.start()

  expect(await rawStatus(app.url, '/@fs/etc/passwd')).toBe(403)
  expect(await rawStatus(app.url, '/@fs/etc/passwd?raw')).toBe(403)
  expect(await rawStatus(app.url, '/@fs/etc/passwd?import&raw??')).toBe(403)
  expect(await rawStatus(app.url, '/../../../../etc/passwd')).not.toBe(200)
  expect(await rawStatus(app.url, '/.env')).not.toBe(200)
  expect(await rawStatus(app.url, '/prisma/dev.db')).not.toBe(200)
  expect(await rawStatus(app.url, '/', { host: 'evil.example' })).toBe(403)
})

test('a page whose client is from before a restart hears of the next edit', async ({ app, page }) => {
  await app.start()
  await page.goto(app.url)
  const client = await (await page.request.get(`${app.url}/@vite/client`)).text()
  app.write('.env', 'ANYTHING=new\n')
  await expect.poll(() => app.terminal).toContain('.env changed')
  await page.route('**/@vite/client', (route) => route.fulfill({ body: client, contentType: 'text/javascript' }))
  const isListening = page.waitForEvent('console', (message) => message.text() === '[vite] connected.')
  await page.goto(app.url)
  await isListening

  // More than one edit: the watcher that the restart brought may still be looking for its files at the first.
  let edit = 0
  await expect(async () => {
    app.edit('app/routes/index.tsx', `<h1>View ${edit || 'one'}</h1>`, `<h1>View ${++edit}</h1>`)
    await expect(page.locator('h1')).toHaveText(`View ${edit}`, { timeout: 2_000 })
  }).toPass()
})

test('a new database is migrated and seeded, and an edited schema gives its field to the next loader', async ({ app, page }) => {
  test.slow()
  app.write('prisma/schema.prisma', schema)
  app.write('prisma/seed.ts', "export default async function seed(db: any) {\n  await db.film.create({ data: { title: 'Alien' } })\n}\n")
  app.write(
    'app/routes/other.tsx',
    `export const loader = async ({ db }: any) => ({ films: await db.film.findMany() })
export default function Films({ data }: any) { return <h1>{data.films.map((film: any) => JSON.stringify(film)).join()}</h1> }
`,
  )
  await app.start()
  await page.goto(`${app.url}/other`)
  await expect(page.locator('h1')).toHaveText('{"id":1,"title":"Alien"}')
  await expect.poll(() => app.terminal).toMatch(/^GET {4}\/other +200 +\d+ ms {3}1 query$/m)
  expect(app.terminal).toContain('Seeded')

  app.edit('prisma/schema.prisma', 'title String', 'title String\n  year  Int @default(1979)')
  await expect(page.locator('h1')).toHaveText('{"id":1,"title":"Alien","year":1979}', { timeout: 40_000 })

  app.edit('prisma/schema.prisma', 'year  Int @default(1979)', 'year  Itn')
  await expect(page.locator('#hotclub-error').locator('.kind').first()).toContainText('HC_SCHEMA')
  await expect(page.locator('h1').first()).toContainText('Alien')
})
