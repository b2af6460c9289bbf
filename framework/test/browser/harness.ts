/** Builds the fixture app, serves it from this process, and opens it in a real Chromium. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { getLogger } from '../../src/lib/core/log.ts'
import { createNodeServer, type NodeServer } from '../../src/lib/server/node/node-server.ts'
import type { App } from '../../src/lib/server/types.ts'

const folder = import.meta.dirname
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Playwright's own Chromium, else one of the system. */
function findBrowser(): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((path) => ['chromium', 'google-chrome', 'chrome'].map((name) => join(path, name)))
  return [chromium.executablePath(), ...onPath].find((file) => existsSync(file))
}

/** Starts a Chromium; whoever does closes it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ args: FLAGS, executablePath: findBrowser() ?? chromium.executablePath() })
}

/** Lets loaders of the fixture wait for the test. A gate is open unless it was closed. */
export class Gates {
  #closed = new Map<string, PromiseWithResolvers<string>>()

  wait(name: string): Promise<string> {
    return this.#closed.get(name)?.promise ?? Promise.resolve(name)
  }

  close(...names: string[]): void {
    for (const name of names) this.#closed.set(name, Promise.withResolvers<string>())
  }

  open(name: string): void {
    this.#closed.get(name)?.resolve(name)
    this.#closed.delete(name)
  }

  openAll(): void {
    for (const name of this.#closed.keys()) this.open(name)
  }
}

/** The fixture of a test file: built before its tests, closed after them, and after each as it was before. */
export function testFixture(): Fixture {
  const fixture = new Fixture()
  beforeAll(() => fixture.open())
  afterAll(() => fixture.close())
  afterEach(() => fixture.reset())
  return fixture
}

export class Fixture {
  readonly gates: Gates = new Gates()
  /** Method, path and query of every request so far, static files apart. */
  readonly requests: string[] = []
  /** Replaces the answer to requests for which it gives one. */
  intercept: ((request: Request) => Promise<Response | undefined> | Response | undefined) | undefined
  origin = ''
  #app: App | undefined
  #server: NodeServer | undefined
  #browser: Browser | undefined
  #root = ''
  #tabs: Tab[] = []

  async open(): Promise<void> {
    // Beside the sources, so that the copy finds the framework and React as every app does.
    this.#root = mkdtempSync(join(folder, '.cache-'))
    cpSync(join(folder, 'fixture'), this.#root, { recursive: true, filter: (file) => !file.endsWith('/dist') })
    const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' }
    execFileSync(process.execPath, [join(folder, '../../bin/hotclub.js'), 'build'], { cwd: this.#root, env })
    Object.assign(globalThis, { gates: this.gates })
    const app = ((await import(/* @vite-ignore */ pathToFileURL(join(this.#root, 'dist/server/index.js')).href)) as { default: App })
      .default
    app.onError(() => undefined)
    this.#app = app
    const answer = async (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url)
      this.requests.push(`${request.method} ${pathname}${search}`)
      return (await this.intercept?.(request)) ?? (await this.answer(request))
    }
    const clientDir = join(this.#root, 'dist/client')
    this.#server = createNodeServer({ settings: app.settings, fetch: answer }, { logger: getLogger(), clientDir })
    const { port } = await this.#server.listen(0, '127.0.0.1')
    this.origin = `http://127.0.0.1:${port}`
    this.#browser = await launchBrowser()
  }

  /** What the app itself answers. */
  answer(request: Request): Promise<Response> {
    return this.#app!.fetch(request)
  }

  /** Opens the gates, forgets the intercept and closes the tabs of a test. */
  async reset(): Promise<void> {
    this.gates.openAll()
    this.intercept = undefined
    await Promise.all(this.#tabs.splice(0).map((tab) => tab.close()))
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    await this.#server?.stop()
    rmSync(this.#root, { recursive: true, force: true })
  }

  /** Opens a page in a fresh browser profile. */
  async visit(path: string, options: BrowserContextOptions & { unhydrated?: boolean } = {}): Promise<Tab> {
    const context = await this.#browser!.newContext({ viewport: { width: 800, height: 600 }, reducedMotion: 'reduce', ...options })
    context.setDefaultTimeout(10_000)
    const tab = new Tab(await context.newPage(), this)
    this.#tabs.push(tab)
    await tab.goto(path, options)
    return tab
  }
}

/** A page of the fixture, with what went wrong on it. */
export class Tab {
  readonly page: Page
  readonly problems: string[] = []
  readonly #fixture: Fixture

  constructor(page: Page, fixture: Fixture) {
    this.page = page
    this.#fixture = fixture
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.problems.push(message.text())
    })
    page.on('pageerror', (error) => this.problems.push(String(error)))
  }

  async goto(
    path: string,
    { unhydrated = false, javaScriptEnabled = true }: { unhydrated?: boolean; javaScriptEnabled?: boolean } = {},
  ): Promise<void> {
    await this.page.goto(this.#fixture.origin + path, { waitUntil: 'commit' })
    if (!unhydrated && javaScriptEnabled) await this.hydrated()
    // Survives client navigation and nothing else.
    if (javaScriptEnabled) await this.page.evaluate(() => Object.assign(window, { sameDocument: true }))
    this.#fixture.requests.length = 0
  }

  /** Waits until the page answers clicks. */
  async hydrated(): Promise<void> {
    await this.page.waitForFunction(() => history.scrollRestoration === 'manual')
  }

  /** Whether no document was loaded since `goto`. */
  isSameDocument(): Promise<boolean> {
    return this.page.evaluate(() => 'sameDocument' in window)
  }

  heading(): Promise<string> {
    return this.page.locator('h1').innerText()
  }

  async showsHeading(text: string): Promise<void> {
    await this.page.locator('h1', { hasText: new RegExp(`^${text}$`) }).waitFor()
  }

  path(): string {
    return this.page.url().slice(this.#fixture.origin.length)
  }

  scrollTop(): Promise<number> {
    return this.page.evaluate(() => Math.round(scrollY))
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}
