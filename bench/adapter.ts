/**
 * The Node adapter against bare `node:http`, for one 8 KB page as a string. Run: `node --conditions=hotclub-source bench/adapter.ts`.
 *
 * Both servers run in processes of their own, and rounds alternate, so that noise of the machine falls on both. Request lines go to the log as in production; the log goes to /dev/null.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'

const html = `<!doctype html>${'<li>a film and its year</li>'.repeat(300)}`.slice(0, 8000)
const type = 'text/html; charset=utf-8'
const role = process.argv[2]

interface Round {
  rate: number
  /** CPU microseconds of the server for each request. */
  cpu: number
}

if (role === 'floor') {
  const server = createServer((_, res) => {
    res.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(html) })
    res.end(html)
  })
  report(await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))))
} else if (role !== undefined) {
  const { FastResponse } = await import('srvx')
  const { createNodeServer } = await import('../framework/src/lib/server/node/node-server.ts')
  const { createServerLog } = await import('../framework/src/lib/server/node/server-log.ts')
  const { defineSettings } = await import('../framework/src/lib/core/settings.ts')
  const log = createServerLog(role === 'quiet' ? 'silent' : 'info')
  const app = {
    settings: defineSettings({}),
    fetch: async (): Promise<Response> => new FastResponse(html, { headers: { 'content-type': type } }),
  }
  const server = createNodeServer(app, { logger: log, ...(log.onRequest ? { onRequest: log.onRequest } : {}) })
  report((await server.listen(0, '127.0.0.1')).port)
} else await compare()

/** In a server's process: says the port, and on each message the CPU time since the last one. */
function report(port: number): void {
  let last = process.cpuUsage()
  process.on('message', () => {
    const { user, system } = process.cpuUsage(last)
    last = process.cpuUsage()
    process.send?.({ cpu: user + system })
  })
  process.send?.({ port })
}

async function compare(): Promise<void> {
  const names = ['floor', 'adapter', 'quiet']
  const servers = await Promise.all(names.map(start))
  const rounds = new Map<string, Round[]>(names.map((name) => [name, []]))
  for (let round = 0; round < 13; round++)
    for (const [index, name] of names.entries()) {
      const result = await measure(servers[index]!)
      // The first round warms the code up.
      if (round > 0) rounds.get(name)!.push(result)
    }
  for (const { child } of servers) child.kill()
  const floor = summary(rounds.get('floor')!)
  for (const name of names) {
    const { rate, cpu } = summary(rounds.get(name)!)
    console.log(
      `${name.padEnd(8)} ${rate.toFixed(0).padStart(7)} requests/s (${(rate / floor.rate).toFixed(3)})   ${cpu.toFixed(1)} µs CPU a request (${(floor.cpu / cpu).toFixed(3)})`,
    )
  }
}

async function start(name: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(import.meta.url), [name], { stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit', 'ipc'] })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, port }
}

async function measure({ child, port }: { child: ChildProcess; port: number }): Promise<Round> {
  await ask(child)
  const { requests } = await autocannon({ url: `http://127.0.0.1:${port}/films/7`, connections: 32, duration: 1 })
  return { rate: requests.average, cpu: (await ask(child)) / requests.total }
}

async function ask(child: ChildProcess): Promise<number> {
  child.send('cpu')
  const [{ cpu }] = (await once(child, 'message')) as [{ cpu: number }]
  return cpu
}

/** The best of each: whatever else the machine does only ever makes a round worse. */
function summary(rounds: Round[]): Round {
  return { rate: Math.max(...rounds.map(({ rate }) => rate)), cpu: Math.min(...rounds.map(({ cpu }) => cpu)) }
}
