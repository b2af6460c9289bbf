/** The way from a file of the app down to a module that must not be in the browser, and the error that shows it. */
import { relative } from 'node:path'
import type { HotclubError } from '../../core/hotclub-error.ts'
import { fileOf } from './ast.ts'
import { buildError } from './build-error.ts'
import { findImport, usesInBrowser, type WrittenImport } from './imports.ts'

/** What is known of the modules loaded so far. */
export interface Graph {
  importersOf(id: string): string[]
  isRouteModule(id: string): boolean
}

/** A server module that browser code imports. */
export interface Offence {
  /** Module id, or the specifier of what has no file (`node:fs`). */
  target: string
  /** What it is: `a Node module`. */
  kind: string
  importer: string
}

interface Link {
  file: string
  written: WrittenImport | undefined
}

/** Finds the shortest way up from a module to a route file, or to where the browser begins. First the top, last `id`. */
function chainTo(id: string, graph: Graph): string[] {
  const cameFrom = new Map<string, string | undefined>([[id, undefined]])
  const queue = [id]
  let top = id
  for (const current of queue) {
    top = current
    if (graph.isRouteModule(current)) break
    for (const importer of graph.importersOf(current)) {
      if (cameFrom.has(importer) || importer.startsWith('\0')) continue
      cameFrom.set(importer, current)
      queue.push(importer)
    }
  }
  const chain: string[] = []
  for (let at: string | undefined = top; at !== undefined; at = cameFrom.get(at)) chain.push(at)
  return chain
}

/** The error for server modules in the browser's half: each with its chain drawn, and a way out for the first. */
export async function clientImportError(offences: Offence[], graph: Graph, root: string): Promise<HotclubError> {
  const show = (id: string): string => (id.startsWith('/') ? relative(root, fileOf(id)) : id)
  const drawings: string[] = []
  let first: { link: Link; hint: string } | undefined
  for (const offence of offences) {
    const links = await linksOf(offence, graph)
    const last = links.at(-1)!
    const target = show(offence.target)
    drawings.push(`'${target}' is ${offence.kind}, but code that runs in the browser imports it:\n${draw(links, target, show)}`)
    first ??= { link: last, hint: await hintFor(offence, last, graph, show) }
  }
  const { file = root, written } = first?.link ?? {}
  return buildError('HC_CLIENT_IMPORT', {
    file,
    name: show(file),
    line: written?.line,
    message: drawings.join('\n'),
    hint: first?.hint ?? '',
  })
}

async function linksOf({ target, importer }: Offence, graph: Graph): Promise<Link[]> {
  const chain = chainTo(importer, graph)
  return Promise.all(chain.map(async (file, index) => ({ file, written: await findImport(file, chain[index + 1] ?? target) })))
}

function draw(links: Link[], target: string, show: (id: string) => string): string {
  const lines = links.map(({ file, written }, depth) => ({
    place: `${branch(depth)}${show(file)}${written ? `:${written.line}` : ''}`,
    text: written?.text ?? '',
  }))
  const width = Math.max(...lines.map(({ place }) => place.length))
  return [...lines.map(({ place, text }) => `    ${place.padEnd(width)}  ${text}`.trimEnd()), `    ${branch(links.length)}${target}`].join(
    '\n',
  )
}

function branch(depth: number): string {
  return depth === 0 ? '' : `${'  '.repeat(depth - 1)}└ `
}

async function hintFor({ importer }: Offence, { written }: Link, graph: Graph, show: (id: string) => string): Promise<string> {
  const typeOnly = `If you only need a type, write 'import type'.`
  if (!graph.isRouteModule(importer)) {
    const file = show(importer)
    return `Only used in a loader? Only route, layout and root files lose their server exports; move what ${file} does on the server to ${serverName(file)} and import that where only loaders and actions use it. ${typeOnly}`
  }
  if (written && /^import\s*['"]/.test(written.text))
    return `A bare import runs wherever its file does. Import it from a '.server.ts' file that the loader uses.`
  const [use] = written ? await usesInBrowser(fileOf(importer), written.specifier) : []
  const place = use ? `line ${use.line} uses '${use.name}' for the view` : 'the view uses it, or a statement beside it'
  return `What only the loader and actions use is left out of the browser by itself, but ${place}. Load the value in the loader and read it from 'data'. ${typeOnly}`
}

function serverName(file: string): string {
  const name = fileOf(file).split('/').at(-1)!
  return `'${name.replace(/(?:\.[cm]?[jt]sx?)?$/, '')}.server.ts'`
}
