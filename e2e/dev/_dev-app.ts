/** For browser tests of `hotclub dev`: an app in a folder of its own, served by a real dev server. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect as plainExpect, test as base } from '@playwright/test'

/** A busy machine may take its time; a condition that holds is seen at once. */
export const expect = plainExpect.configure({ timeout: 15_000 })

const repository = join(import.meta.dirname, '../..')

/** An app under test; paths are relative to its folder. */
export class DevApp {
  readonly root: string
  url = ''
  #process: ChildProcess | undefined
  #output = ''

  constructor() {
    const parent = join(repository, '.cache/e2e-dev')
    mkdirSync(parent, { recursive: true })
    this.root = mkdtempSync(join(parent, 'app-'))
  }

  write(file: string, text: string): void {
    const path = join(this.root, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8')
  }

  edit(file: string, from: string, to: string): void {
    const text = this.read(file)
    if (!text.includes(from)) throw new Error(`${file} does not hold '${from}'.`)
    this.write(file, text.replace(from, to))
  }

  rename(from: string, to: string): void {
    mkdirSync(dirname(join(this.root, to)), { recursive: true })
    renameSync(join(this.root, from), join(this.root, to))
  }

  remove(file: string): void {
    rmSync(join(this.root, file))
  }

  /** What the terminal shows so far, without colours. */
  get terminal(): string {
    return stripVTControlCharacters(this.#output)
  }

  async start(port = 20_000 + Math.floor(Math.random() * 30_000), env: Record<string, string> = {}): Promise<void> {
    const bin = join(repository, 'framework/bin/hotclub.js')
    const child = spawn(process.execPath, ['--conditions=hotclub-source', bin, 'dev', '--port', String(port)], {
      cwd: this.root,
      env: { ...process.env, DATABASE_URL: '', NODE_ENV: 'development', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()))
    const isUp = (): boolean => /http:\/\/localhost:\d+/.test(this.terminal)
    await expect.poll(() => isUp() || child.exitCode !== null, { timeout: 60_000 }).toBe(true)
    if (!isUp()) throw new Error(`hotclub dev ended: ${this.terminal}`)
    this.url = /http:\/\/localhost:\d+/.exec(this.terminal)![0].replace('localhost', '127.0.0.1')
  }

  /** Ends the server as Ctrl-C does, and gives its exit code. */
  async stop(): Promise<number | null> {
    const child = this.#process
    if (!child || child.exitCode !== null) return child?.exitCode ?? null
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    return await ended
  }

  async dispose(): Promise<void> {
    await this.stop()
    rmSync(this.root, { recursive: true, force: true })
  }
}

const files: Record<string, string> = {
  'package.json': '{ "name": "dev-test", "type": "module", "private": true }',
  'vite.config.ts': `import { hotclub } from 'hotclub/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [hotclub()] })
`,
  'app/root.tsx': `import type { ReactNode } from 'react'
import { Head, Link, Scripts } from 'hotclub/client'
import './root.css'

export default function Root({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <Head />
      </head>
      <body>
        <header>Site</header>
        <Link to="/">Home</Link> <Link to="/other">Other</Link>
        {children}
        <Scripts />
      </body>
    </html>
  )
}

export function ErrorView({ error }: { error: { status: number; message: string } }) {
  return <h1>{error.status} {error.message}</h1>
}
`,
  'app/root.css': 'header { color: rgb(0, 0, 255) }\n',
  'app/routes/layout.tsx': `import { useState, type ReactNode } from 'react'

export default function Layout({ children }: { children?: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <main>
      <button onClick={() => setOpen(!open)}>{open ? 'open' : 'closed'}</button>
      {children}
    </main>
  )
}
`,
  'app/routes/index.tsx': `import { useState } from 'react'
import type { LoaderArgs, ViewProps } from 'hotclub'
import { Badge } from '../components/badge.tsx'
import { greeting } from '../lib/greeting.server.ts'

export async function loader({}: LoaderArgs<'/'>) {
  return { text: greeting(), from: 'loader one' }
}

export default function Home({ data }: ViewProps<typeof loader>) {
  const [count, setCount] = useState(0)
  return (
    <section>
      <h1>View one</h1>
      <p id="text">{data.text}</p>
      <p id="from">{data.from}</p>
      <Badge />
      <button id="count" onClick={() => setCount(count + 1)}>
        count {count}
      </button>
    </section>
  )
}
`,
  'app/routes/other.tsx': `export const loader = () => ({ word: 'other data' })

export default function Other({ data }: { data: { word: string } }) {
  return <h1>{data.word}</h1>
}
`,
  'app/routes/plain.tsx': `export const hydrate = false

export default function Plain() {
  return <h1>Plain one</h1>
}
`,
  'app/components/badge.tsx': `export function Badge() {
  return <b id="badge">Badge one</b>
}
`,
  'app/lib/greeting.server.ts': `export function greeting() {
  return 'Hello from the server'
}
`,
}

/** `test` with an app of its own for each test; call `app.start()` after changing its files. */
export const test = base.extend<{ app: DevApp }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern
  app: async ({}, use, info) => {
    const app = new DevApp()
    for (const [file, text] of Object.entries(files)) app.write(file, text)
    await use(app)
    if (info.status !== info.expectedStatus) console.log(app.terminal)
    await app.dispose()
  },
})
