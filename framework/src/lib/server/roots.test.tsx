import type { ReactNode } from 'react'
import { expect, it } from 'vitest'
import { notFound } from '../core/results.ts'
import { createTestApp } from '../testing/test-app.ts'
import { Head, Scripts } from '../view/document.tsx'

const Office = ({ children }: { children?: ReactNode }): ReactNode => (
  <html lang="en" data-office="">
    <head>
      <Head />
    </head>
    <body>
      {children}
      <Scripts />
    </body>
  </html>
)
const named = (name: string) => ({
  default: ({ children }: { children?: ReactNode }): ReactNode => <section id={name}>{children}</section>,
})

const routes = {
  'layout.tsx': named('outer'),
  'index.tsx': { default: () => <h1>Site</h1> },
  'office/root.tsx': { default: Office, ErrorView: () => <p>Not in this office</p> },
  'office/layout.tsx': named('inner'),
  'office/index.tsx': { default: () => <h1>Desk</h1> },
  'office/gone.tsx': { loader: () => notFound(), default: () => null },
  'office/list.json.ts': { GET: () => ({ ok: true }) },
  'root/index.tsx': { default: () => <h1>The page of that name</h1> },
}

it('a folder has a document of its own, with the layouts below it and none above', async () => {
  const app = await createTestApp({ routes })
  const body = async (path: string): Promise<string> => (await (await app.request(path)).text()).replace(/<script[\s\S]*/, '')

  expect(await body('/')).toMatch(/<section id="outer"><h1>Site/)
  expect(await body('/office')).toMatch(/data-office.*<body><section id="inner"><h1>Desk<\/h1><\/section>$/)
  expect(await body('/office/gone')).toMatch(/data-office.*Not in this office/)
  expect(await body('/office/nowhere')).not.toMatch(/data-office/)
  expect(await body('/root')).toContain('The page of that name')
  expect(await (await app.request('/office/list.json')).json()).toEqual({ ok: true })
  expect(app.errors).toEqual([])
})

it('a route whose id is that of a root is a conflict that names both', async () => {
  const clash = createTestApp({ routes: { ...routes, 'office/root/index.tsx': { default: () => null } } })
  await expect(clash).rejects.toMatchObject({
    code: 'HC_ROUTE_CONFLICT',
    message: expect.stringContaining('as the root app/routes/office/root.tsx'),
  })
})
