import { load, median, type Round } from './lib/load.ts'
import { startServer, type ServerProcess } from './lib/server-process.ts'
import { appRoot, env, floorFile, hotclub } from './prepare.ts'

const paths = ['/memory', '/database'] as const
const rounds = 7
const seconds = 3

/** The page of 20 films, from memory and through Prisma: requests a second, p99 and CPU time as ratios to the floor. */
export async function pages(): Promise<void> {
  const ours = await startServer('hotclub', ['--conditions=hotclub-source', hotclub, 'start'], appRoot, env)
  const floor = await startServer('floor', [floorFile], appRoot, { ...env, SHELL_JSON: await shellOf(ours) })
  try {
    for (const path of paths) await compare(ours, floor, path)
  } finally {
    await Promise.all([ours.stop(), floor.stop()])
  }
}

async function compare(ours: ServerProcess, floor: ServerProcess, path: string): Promise<void> {
  const [a, b] = await Promise.all([ours, floor].map(async ({ url }) => (await fetch(url + path)).text()))
  if (sorted(a!) !== sorted(b!)) throw new Error(`The floor's ${path} is another page: ${b!.length} characters, ours ${a!.length}.`)
  const results: Array<{ ours: Round; floor: Round }> = []
  await load(ours, path, seconds)
  await load(floor, path, seconds)
  for (let round = 0; round < rounds; round++)
    results.push({ ours: await load(ours, path, seconds), floor: await load(floor, path, seconds) })
  const show = (name: 'ours' | 'floor'): Round => ({
    rate: median(results.map((result) => result[name].rate)),
    p99: median(results.map((result) => result[name].p99)),
    cpu: median(results.map((result) => result[name].cpu)),
  })
  const [mine, bare] = [show('ours'), show('floor')]
  console.log(`\n${path} (${a!.length} characters), medians of ${rounds} rounds of ${seconds} s, ours / floor = ratio`)
  console.log(
    `  requests a second   ${mine.rate.toFixed(0)} / ${bare.rate.toFixed(0)} = ${median(results.map((r) => r.ours.rate / r.floor.rate)).toFixed(3)}`,
  )
  console.log(`  p99, ms             ${mine.p99.toFixed(1)} / ${bare.p99.toFixed(1)}`)
  console.log(`  CPU µs a request    ${mine.cpu.toFixed(0)} / ${bare.cpu.toFixed(0)}, ${(mine.cpu - bare.cpu).toFixed(0)} more`)
}

/** What the floor needs to know to write the same page: what ours preloads, and its payloads without their data. */
async function shellOf(ours: ServerProcess): Promise<string> {
  const payload: Record<string, object> = {}
  const preload: Record<string, string[]> = {}
  let entry = ''
  for (const path of paths) {
    const html = await (await fetch(ours.url + path)).text()
    preload[path] = [...html.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map((match) => match[1]!)
    entry = /<script type="module" src="([^"]+)"/.exec(html)![1]!
    const { data: _, ...rest } = (await (await fetch(`${ours.url}/_hotclub/data${path}`)).json()) as Record<string, unknown>
    payload[path] = rest
  }
  return JSON.stringify({ entry, preload, payload })
}

/** React may hoist in another order, and JSON has no order of keys: the same characters are the same work. */
function sorted(html: string): string {
  return html.split('').toSorted().join('')
}
