import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { load, median, type Round } from './lib/load.ts'
import { startServer } from './lib/server-process.ts'
import { appRoot, env, hotclub } from './prepare.ts'

const rounds = 7
const seconds = 3

if (process.env['PAGE'] !== undefined) serveBuffer(process.env['PAGE'])

/** The page of 20 films that is kept, against a server that has nothing but its bytes. */
export async function cachedPage(): Promise<void> {
  const ours = await startServer('hotclub', ['--conditions=hotclub-source', hotclub, 'start'], appRoot, env)
  const response = await fetch(`${ours.url}/cached`)
  const page = await response.text()
  const headers = JSON.stringify(Object.fromEntries(response.headers))
  const bare = await startServer('bare buffer', [fileURLToPath(import.meta.url)], appRoot, { ...env, PAGE: page, HEADERS: headers })
  try {
    const results: Array<{ ours: Round; bare: Round }> = []
    await load(ours, '/cached', seconds)
    await load(bare, '/', seconds)
    for (let round = 0; round < rounds; round++)
      results.push({ ours: await load(ours, '/cached', seconds), bare: await load(bare, '/', seconds) })
    const of = (name: 'ours' | 'bare', figure: keyof Round): number => median(results.map((result) => result[name][figure]))
    console.log(`\n/cached (${page.length} characters), medians of ${rounds} rounds of ${seconds} s, ours / a bare buffer = ratio`)
    console.log(
      `  requests a second   ${of('ours', 'rate').toFixed(0)} / ${of('bare', 'rate').toFixed(0)} = ${median(results.map((r) => r.ours.rate / r.bare.rate)).toFixed(3)}`,
    )
    console.log(`  CPU µs a request    ${of('ours', 'cpu').toFixed(0)} / ${of('bare', 'cpu').toFixed(0)}`)
  } finally {
    await Promise.all([ours.stop(), bare.stop()])
  }
}

/** Answers everything with the same bytes and the headers of the framework's answer. */
function serveBuffer(page: string): void {
  const bytes = Buffer.from(page)
  const {
    'transfer-encoding': _,
    connection: _connection,
    'keep-alive': _keep,
    date: _date,
    ...headers
  } = JSON.parse(process.env['HEADERS']!) as Record<string, string>
  const all = { ...headers, 'content-length': String(bytes.byteLength) }
  const server = createServer((_request, answer) => {
    answer.writeHead(200, all)
    answer.end(bytes)
  })
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port, pid: process.pid })))
}
