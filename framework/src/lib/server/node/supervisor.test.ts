import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openRaw } from './_test-server.ts'
import { writeStaticIndex } from './static-index.ts'

/** The smallest app a build could hold; paths make it misbehave. */
const app = `
if (process.env.FAIL === 'throw') throw new Error('the app does not start')
if (process.env.FAIL === 'die') process.kill(process.pid, 'SIGKILL')
const settings = {
  trailingSlash: 'never', trustedProxies: false, streamTimeout: 1000, shutdownTimeout: 5000, logLevel: 'info', env: {},
  limits: { body: 1000000, url: 8192, headers: 16384, headersTimeout: 10000, requestTimeout: 60000, keepAliveTimeout: 5000, connections: 1000 },
}
let opened
const kept = () => opened.cache
if (process.env.KEEPS) {
  const [{ openCache }, { workerBus }] = await Promise.all([import(process.env.LIB + 'cache/open-cache.ts'), import(process.env.LIB + 'server/node/worker-bus.ts')])
  opened = openCache({ bytes: 1000000, seconds: 600 }, { bus: workerBus() })
}
let release
const held = new Promise((resolve) => { release = resolve })
export default {
  settings,
  async fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/throw') setTimeout(() => { throw new Error('nobody caught this') })
    if (pathname === '/reject') void Promise.reject(new Error('nobody awaited this'))
    if (pathname === '/hold') { process.stderr.write('held\\n'); process.once('SIGTERM', () => setTimeout(release, 50)); await held }
    if (pathname === '/limit') {
      const { createRateLimiter } = await import(process.env.HTTP + 'rate-limiter.ts')
      const { allowed } = await createRateLimiter({ max: 10, seconds: 600 }).consume('key')
      return new Response(String(process.pid), { status: allowed ? 200 : 429 })
    }
    if (pathname === '/guess') {
      const { createGrowingLimiter } = await import(process.env.HTTP + 'growing-limiter.ts')
      const { allowed } = await createGrowingLimiter({ free: 5, longest: 900, memory: 3600 }).enter('key')
      return new Response(String(process.pid), { status: allowed ? 200 : 429 })
    }
    if (pathname === '/kept') return new Response(process.pid + ' ' + (await kept().getOrSet('key', () => Math.random(), { tags: ['Film'] })))
    if (pathname === '/write') await kept().invalidate('Film')
    return new Response(String(process.pid))
  },
  onError() {},
  async warm() {},
  async close() { process.stderr.write('closed\\n') },
}
`
let root = ''

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hotclub-start-'))
  await mkdir(join(root, 'dist/server'), { recursive: true })
  await mkdir(join(root, 'dist/client'), { recursive: true })
  await writeFile(join(root, 'dist/server/package.json'), '{"type":"module"}')
  await writeFile(join(root, 'dist/server/index.js'), app)
  await writeStaticIndex(join(root, 'dist/client'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

interface Running {
  child: ChildProcess
  url: string
  port: number
  output: () => string
  /** Settles once the output holds `part` so many times. */
  until(part: string, times?: number): Promise<void>
  exit: Promise<number | null>
}

const command = fileURLToPath(new URL('../../../../bin/hotclub.js', import.meta.url))

function start(args: string[] = [], env: Record<string, string> = {}, cwd = root): Omit<Running, 'url' | 'port'> {
  const child = spawn(process.execPath, ['--conditions=hotclub-source', command, 'start', ...args], {
    cwd,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'production', ...env },
  })
  let text = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      for (const listen of listeners) listen()
    })
  const exit = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
  })
  return {
    child,
    exit,
    output: () => text,
    until: (part, times = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (text.split(part).length <= times) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        void exit.then(() => reject(new Error(`The server ended before '${part}' came:\n${text}`)))
      }),
  }
}

async function startReady(args: string[] = [], env: Record<string, string> = {}): Promise<Running> {
  const running = start(args, env)
  await running.until(' worker')
  await running.until('Hotclub serves')
  const port = Number(/localhost:(\d+)/.exec(running.output())![1])
  return { ...running, port, url: `http://127.0.0.1:${port}` }
}

const pidOf = async (url: string): Promise<string> => await (await fetch(url, { headers: { connection: 'close' } })).text()

describe('hotclub start', () => {
  it('serves the build, and stops with code 0 on SIGTERM when requests in flight are done', async () => {
    const { child, port, exit, until, output } = await startReady()
    await until('A worker listens.')
    const connection = openRaw(port)
    connection.send('GET /hold HTTP/1.1\r\nHost: a\r\n\r\n')
    await until('held')
    // As a service manager does: every process of the group gets the signal.
    const worker = Number(/"pid":(\d+)/.exec(output())![1])
    process.kill(worker, 'SIGTERM')
    child.kill('SIGTERM')
    expect(await connection.closed()).toMatch(new RegExp(`connection: close[\\s\\S]*${worker}`, 'i'))
    expect(await exit).toBe(0)
    expect(output()).toContain('closed')
    expect(output()).toMatch(/"path":"\/hold","status":200/)
  })

  it('exits at once on a second signal', async () => {
    const { child, port, exit, until } = await startReady()
    openRaw(port).send('GET /hold HTTP/1.1\r\nHost: a\r\n\r\n')
    await until('held')
    child.kill('SIGINT')
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${port}`).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('down')
    child.kill('SIGINT')
    expect(await exit).toBe(1)
  })

  it.each(['/throw', '/reject'])('logs what nobody handled, and replaces the worker: %s', async (path) => {
    const { url, until, output } = await startReady()
    const first = await pidOf(url + path)
    // There is no moment in which nobody answers.
    while ((await pidOf(url)) === first);
    await until('nobody')
    expect(output()).toMatch(/"level":60.*nobody/)
  })

  it('gives up when workers end before they serve, again and again', async () => {
    const { exit, output } = start([], { FAIL: 'die' })
    expect(await exit).toBe(1)
    expect(output()).toContain('HC_WORKERS')
  })

  it('ends with what the app throws at start', async () => {
    const { exit, output } = start([], { FAIL: 'throw' })
    expect(await exit).toBe(1)
    expect(output().match(/the app does not start/g)).toHaveLength(1)
  })

  it('ends with a hint when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await new Promise((resolve) => other.once('listening', resolve))
    const { exit, output } = start([], { PORT: String((other.address() as AddressInfo).port) })
    expect(await exit).toBe(1)
    expect(output()).toContain('HC_PORT')
    expect(output()).toContain('choose another port')
  })

  it('ends with a hint when there is no build', async () => {
    const { exit, output } = start([], {}, tmpdir())
    expect(await exit).toBe(1)
    expect(output()).toContain('HC_BUILD_MISSING')
  })

  it.each([
    [['--workers', '0'], 'HC_WORKERS'],
    [['--port', '70000'], 'HC_PORT'],
  ])('refuses %j', async (args, code) => {
    const { exit, output } = start(args)
    expect(await exit).toBe(1)
    expect(output()).toContain(code)
  })

  it('counts rate limits for all workers together, and over their replacement', async () => {
    const { child, url, exit, output } = await startReady(['--workers', '3'], { HTTP: new URL('../../http/', import.meta.url).href })
    await expect.poll(() => [...output().matchAll(/A worker listens/g)].length).toBe(3)
    const ask = (path = '/limit'): Promise<Response> => fetch(url + path, { headers: { connection: 'close' } })
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask()))
    const pids = new Set(await Promise.all(answers.map((answer) => answer.text())))
    expect(pids.size).toBeGreaterThan(1)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    const guesses = await Promise.all(Array.from({ length: 40 }, () => ask('/guess')))
    const passed = guesses.filter(({ status }) => status === 200).length
    // Five are free, one begins the first wait, of a second, and a slow machine may see the end of it.
    expect([6, 7]).toContain(passed)
    child.kill('SIGHUP')
    await expect.poll(() => [...output().matchAll(/A worker listens/g)].length, { timeout: 20_000 }).toBe(6)
    expect((await ask()).status).toBe(429)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
  })

  it('drops in all workers what one of them has written to', async () => {
    const { url, until } = await startReady(['--workers', '2'], { LIB: new URL('../../', import.meta.url).href, KEEPS: '1' })
    await until('A worker listens.', 2)
    const ask = async (path: string): Promise<string> => await (await fetch(url + path, { headers: { connection: 'close' } })).text()
    /** What each of the two has kept. */
    const kept = async (): Promise<Map<string, string>> => {
      const values = new Map<string, string>()
      while (values.size < 2) {
        const [pid, value] = (await ask('/kept')).split(' ') as [string, string]
        values.set(pid, value)
      }
      return values
    }
    const before = await kept()
    expect(await kept()).toEqual(before)
    await ask('/write')
    await expect.poll(async () => [...(await kept())].filter(([pid, value]) => before.get(pid) === value)).toEqual([])
  })

  it('spreads over several workers, and renews them on SIGHUP without a gap', async () => {
    const { child, url, until } = await startReady(['--workers', '2'])
    await until('A worker listens.', 2)
    const before = new Set<string>()
    while (before.size < 2) before.add(await pidOf(url))
    child.kill('SIGHUP')
    const after = new Set<string>()
    // Every one of these has to be answered, whoever is just being replaced.
    while ([...after].filter((pid) => !before.has(pid)).length < 2) after.add(await pidOf(url))
    expect(after.size).toBeGreaterThanOrEqual(2)
  })
})
