import { describe, expect, it } from 'vitest'
import type { AppFile } from './app-files.ts'
import { buildRoutes } from './build-routes.ts'

const view = 'export default function View() { return null }'

/** The app's own files: `routes/` is added. */
function own(...names: string[]): AppFile[] {
  return ['root.tsx', ...names.map((name) => `routes/${name}`)].map((file) => ({ file, source: view }))
}

function mounted(...names: string[]): AppFile[] {
  return names.map((name) => ({ file: `routes/${name}`, source: view, mountedFrom: `/framework/${name}` }))
}

/** Each route with its layouts: `/account <- routes/account/index.tsx in routes/layout.tsx`. */
function listed(files: AppFile[]): string[] {
  const { routes, problems } = buildRoutes(files)
  expect(problems).toEqual([])
  return routes.map(({ id, file, layouts }) => [`${id} <- ${file}`, ...layouts].join(' in '))
}

describe('routes of a battery', () => {
  it('stand beside those of the app, and the scan says where they are', () => {
    const { routes, mounts } = buildRoutes([...own('index.tsx'), ...mounted('login.tsx')])

    expect(routes.map(({ id, file }) => `${id} <- ${file}`)).toEqual(['/ <- routes/index.tsx', '/login <- routes/login.tsx'])
    expect(mounts).toEqual({ 'routes/login.tsx': '/framework/login.tsx' })
  })

  it('have the layouts of the folders whose place they take', () => {
    expect(listed([...own('layout.tsx', 'account/layout.tsx', '(shop)/layout.tsx'), ...mounted('account/index.tsx', 'login.tsx')])).toEqual(
      [
        '/account <- routes/account/index.tsx in routes/layout.tsx in routes/account/layout.tsx',
        '/login <- routes/login.tsx in routes/layout.tsx',
      ],
    )
  })

  it('bring layouts of their own, which wrap the pages that the app puts beside them', () => {
    expect(listed([...own('account/orders.tsx'), ...mounted('account/layout.tsx', 'account/index.tsx')])).toEqual([
      '/account <- routes/account/index.tsx in routes/account/layout.tsx',
      '/account/orders <- routes/account/orders.tsx in routes/account/layout.tsx',
    ])
  })

  it('give way to a file of the app of the same name', () => {
    const files = [...own('login.tsx', 'account/layout.tsx'), ...mounted('login.tsx', 'account/layout.tsx', 'account/index.tsx')]

    expect(listed(files)).toEqual(['/account <- routes/account/index.tsx in routes/account/layout.tsx', '/login <- routes/login.tsx'])
    expect(buildRoutes(files).mounts).toEqual({ 'routes/account/index.tsx': '/framework/account/index.tsx' })
  })

  it('give way to a file of the app that answers the same URL by another name', () => {
    expect(listed([...own('(site)/login.tsx'), ...mounted('login.tsx')])).toEqual(['/login <- routes/(site)/login.tsx'])
    expect(listed([...own('account.tsx'), ...mounted('account/index.tsx')])).toEqual(['/account <- routes/account.tsx'])
    expect(listed([...own('reset/[code].tsx'), ...mounted('reset/[token].tsx')])).toEqual(['/reset/[code] <- routes/reset/[code].tsx'])
    expect(listed([...own('[[lang]]/login.tsx'), ...mounted('login.tsx')])).toEqual(['/[[lang]]/login <- routes/[[lang]]/login.tsx'])
  })

  it('give way to a layout of another ending', () => {
    expect(listed([...own('account/layout.ts'), ...mounted('account/layout.tsx', 'account/index.tsx')])).toEqual([
      '/account <- routes/account/index.tsx in routes/account/layout.ts',
    ])
  })

  it('stay where the app has only helpers, tests and wider routes', () => {
    expect(listed([...own('_login.tsx', 'login.test.tsx', '[...rest].tsx', '[page].tsx'), ...mounted('login.tsx')])).toContain(
      '/login <- routes/login.tsx',
    )
  })
})
