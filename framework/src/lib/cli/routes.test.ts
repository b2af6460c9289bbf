import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const bin = join(import.meta.dirname, '../../../bin/hotclub.js')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotclub routes '))
  write('root.tsx', 'export default function Root() { return null }')
  write('routes/index.tsx', 'export default function Home() { return null }')
  write('routes/films/layout.tsx', 'export default function Films() { return null }')
  write('routes/films/[slug].tsx', 'export default function Film() { return null }')
  write('routes/robots.txt.ts', "export const GET = () => new Response('')")
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string) {
  const path = join(folder, 'app', file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const hotclub = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })

describe('hotclub routes', () => {
  it('lists each route with its kind, file and layouts', () => {
    const { status, stdout } = hotclub('routes')

    expect(stdout).toBe(
      [
        '/              page      app/routes/index.tsx',
        '/films/[slug]  page      app/routes/films/[slug].tsx in app/routes/films/layout.tsx',
        '/robots.txt    resource  app/routes/robots.txt.ts',
        '',
      ].join('\n'),
    )
    expect(status).toBe(0)
  })

  it('lists the pages that Hotclub brings as its own, until the app replaces them', () => {
    write('auth.ts', 'export default {}')
    write('routes/layout.tsx', 'export default function Layout() { return null }')
    expect(hotclub('routes').stdout).toMatch(/^\/login +page +hotclub\/routes\/login\.tsx in app\/routes\/layout\.tsx$/m)

    write('routes/login.tsx', 'export default function Login() { return null }')
    expect(hotclub('routes').stdout).toMatch(/^\/login +page +app\/routes\/login\.tsx in app\/routes\/layout\.tsx$/m)
  })

  it('gives them as JSON', () => {
    write('auth.ts', 'export default {}')
    const routes = JSON.parse(hotclub('routes', '--json').stdout) as Array<{ id: string; owner: string }>

    expect(routes.filter(({ owner }) => owner === 'app').map(({ id }) => id)).toEqual(['/', '/films/[slug]', '/robots.txt'])
    expect(routes.find(({ id }) => id === '/login')?.owner).toBe('hotclub')
  })

  it('shows every mistake by its code and ends with 1', () => {
    write('routes/one.tsx', 'export const laoder = () => ({})\nexport default function One() { return null }')
    write('routes/two.tsx', 'export default function Two() { return null }\nexport const [x] = [1]')
    write('routes/[id=nmber].tsx', 'export default function Three() { return null }')
    const { status, stderr } = hotclub('routes')

    expect(stderr).toMatch(/^HC_ROUTE_EXPORT {2}app\/routes\/one.tsx/m)
    expect(stderr).toMatch(/^HC_ROUTE_PARAM {2}app\/routes\/\[id=nmber\].tsx/m)
    expect(stderr).not.toMatch(/^ {4}at /m)
    expect(status).toBe(1)
  })
})

describe('hotclub', () => {
  it('knows what it does not know', () => {
    const { status, stderr } = hotclub('ruotes')

    expect(stderr).toMatch(/unknown command 'ruotes'/)
    expect(status).toBe(1)
  })
})
