import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import workspace from '../../package.json' with { type: 'json' }
import { launchBrowser } from './browser/harness.ts'

/** What a user has: an empty folder outside this repository, the packed framework, and what the framework asks for beside it. */
let folder: string
const minutes = 60_000
const env: NodeJS.ProcessEnv = {
  ...process.env,
  DATABASE_URL: 'file:./prisma/fresh.db',
  GREETING: 'hello',
  SUPERUSER_PASSWORD: 'a long walk by the sea',
}
delete env['NODE_ENV']
delete env['VITEST']

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotclub fresh '))
  cpSync(join(import.meta.dirname, 'fresh-app'), folder, { recursive: true })
  npm(['pack', '--pack-destination', folder], join(import.meta.dirname, '..'))
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!
  const version = { ...workspace.dependencies, ...workspace.devDependencies }
  const peers = Object.keys(manifest.peerDependencies) as Array<keyof typeof manifest.peerDependencies>
  const types = ['@types/node', '@types/react', '@types/react-dom', 'typescript'] as const
  const dependencies = Object.fromEntries([...peers, ...types, 'better-sqlite3' as const].map((name) => [name, version[name]]))
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: { hotclub: `file:./${tarball}`, ...dependencies },
      overrides: { 'better-sqlite3': '$better-sqlite3' },
    }),
  )
  npm(['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder)
}, 5 * minutes)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function npm(args: string[], cwd: string) {
  succeed(spawnSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' }))
}

function hotclub(...args: string[]) {
  succeed(
    spawnSync(process.execPath, [join(folder, 'node_modules/hotclub/bin/hotclub.js'), ...args], { cwd: folder, env, encoding: 'utf8' }),
  )
}

function succeed({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }) {
  expect(status, `${stdout}\n${stderr}`).toBe(0)
}

describe('a fresh app with the packed framework', () => {
  it(
    'generates, migrates, type-checks, builds and serves a page whose script loads',
    async () => {
      hotclub('add', 'accounts')
      hotclub('generate')
      hotclub('migrate', 'create', 'first')
      hotclub('migrate', 'apply')
      hotclub('createsuperuser', '--email', credentials.email, '--name', 'Ada')
      succeed(spawnSync(process.execPath, [join(folder, 'node_modules/typescript/bin/tsc')], { cwd: folder, encoding: 'utf8' }))
      hotclub('build')
      const { server, origin } = await startServer()
      try {
        const page = await fetch(`${origin}/`)
        const html = await page.text()
        expect(page.status).toBe(200)
        expect(html).toContain('<title>A fresh app</title>')
        expect(html.replaceAll('<!-- -->', '')).toContain(`Visit 1 of ${new Date().getUTCFullYear()}`)

        const source = /<script[^>]* type="module"[^>]* src="([^"]+)"|<script[^>]* src="([^"]+)"[^>]* type="module"/.exec(html)
        const script = await fetch(new URL(source?.[1] ?? source?.[2] ?? 'no module script', origin))
        expect(script.status).toBe(200)
        expect(script.headers.get('content-type')).toMatch(/javascript/)

        await expectLogin(origin)
        const [stylesheet] = stylesheetsIn(await (await fetch(`${origin}/login`)).text())
        expect(await (await fetch(new URL(stylesheet!, origin))).text()).toContain('.hc-account')
        expect(await post(`${origin}/login`)).toContain(refusal)
        expect(await post(`${origin}/login`, credentials)).toContain('Your account')
      } finally {
        await stop(server)
      }
    },
    5 * minutes,
  )

  it('keeps the server code of its own pages out of the browser', () => {
    const files = globSync('dist/client/**/*.js', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'))

    expect(files.filter((text) => text.includes('hc-account'))).not.toEqual([])
    expect(files.filter((text) => text.includes(refusal))).toEqual([])
  })

  it(
    'serves its own pages in development too, from the same modules as the app',
    async () => {
      const { server, origin } = await startServer('dev')
      try {
        await expectLogin(origin)
        expect(await post(`${origin}/login`)).toContain(refusal)

        const html = await (await fetch(`${origin}/login`)).text()
        expect(html).toContain('.hc-account')
        const [, url] = /"([^"]*\/accounts\/routes\/login\.js)"/.exec(html)!
        const code = await (await fetch(origin + url)).text()
        expect(code).toContain('hc-account')
        expect(code).not.toContain(refusal)
        await expectHydrated(origin)
      } finally {
        await stop(server)
      }
    },
    3 * minutes,
  )
})

/** The superuser of the app. */
const credentials = { email: 'ada@example.com', password: env['SUPERUSER_PASSWORD']! }

/** What only the action of the login page says. */
const refusal = 'The e-mail address or the password is wrong.'

async function expectLogin(origin: string) {
  const page = await fetch(`${origin}/login`)
  const html = await page.text()
  expect(page.status, html).toBe(200)
  expect(html).toContain('<title>Sign in</title>')
  expect(html).toContain('name="password"')
}

/** Sends the login form in a browser, which stays on the document: the page's script and that of the app share their modules. */
async function expectHydrated(origin: string) {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    await page.goto(origin)
    await page.waitForFunction(() => history.scrollRestoration === 'manual')
    await page.evaluate(() => Object.assign(window, { sameDocument: true }))
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByLabel('E-mail').fill(credentials.email)
    await page.getByLabel('Password').fill('guess')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText(refusal).waitFor()
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
    expect(problems).toEqual([])
  } finally {
    await browser.close()
  }
}

/** Signs in, or tries to, and gives the page that comes after. */
async function post(url: string, { email, password } = { email: 'ada@example.org', password: 'guess' }): Promise<string> {
  const headers = { 'sec-fetch-site': 'same-origin' }
  const body = new URLSearchParams({ _action: 'login', email, password })
  const answer = await fetch(`${url}?next=/account`, { method: 'POST', headers, body, redirect: 'manual' })
  if (answer.status !== 303) return await answer.text()
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  return await (await fetch(new URL(answer.headers.get('location')!, url), { headers: { cookie } })).text()
}

function stylesheetsIn(html: string): string[] {
  return [...html.matchAll(/<link[^>]* rel="stylesheet"[^>]* href="([^"]+)"|<link[^>]* href="([^"]+)"[^>]* rel="stylesheet"/g)].map(
    ([, first, second]) => first ?? second!,
  )
}

async function startServer(command = 'start'): Promise<{ server: ChildProcess; origin: string }> {
  const port = await freePort()
  const server = spawn(process.execPath, [join(folder, 'node_modules/hotclub/bin/hotclub.js'), command], {
    cwd: folder,
    env: { ...env, PORT: String(port), HOST: '127.0.0.1' },
  })
  let output = ''
  server.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
  server.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()))
  const origin = `http://127.0.0.1:${port}`
  while (server.exitCode === null) {
    const answer = await fetch(`${origin}/healthz`).catch(() => undefined)
    if (answer?.ok) return { server, origin }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`hotclub ${command} ended with ${server.exitCode}:\n${output}`)
}

async function stop(server: ChildProcess) {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}
