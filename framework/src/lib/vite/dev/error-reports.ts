/** Takes every error of the dev server to where it is seen: the terminal, the error page, the overlay. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { stripVTControlCharacters } from 'node:util'
import type { ViteDevServer } from 'vite'
import { compilePolicy, defaultCsp } from '../../http/csp.ts'
import type { ErrorReport } from '../../server/types.ts'
import type { Project } from '../project.ts'
import { PLAIN_CLIENT_URL } from './events.ts'
import { describeError, describeRequest } from './report/describe.ts'
import { errorOverlay, errorPage } from './report/html.ts'
import type { Report } from './report/report.ts'
import type { RawFrame } from './report/stack.ts'
import { reportText } from './report/text.ts'

export interface ErrorReports {
  /** Describes an error of a request and prints it, once until the next change. */
  ofRequest(report: ErrorReport): Promise<Report>
  /** Describes and prints an error outside any request. */
  ofServer(error: unknown): Promise<Report>
  /** Counts the changes of files. */
  generation(): number
  /**
   * A document to answer with.
   *
   * @param generation That of before the request: of a change on its way the document may know nothing yet
   */
  page(report: Report, generation: number): Response
  /** Shows a report over the pages that are open. */
  broadcast(report: Report): void
  /** Joins the channel to the browser; again after Vite has restarted. */
  connect(vite: ViteDevServer): void
  /** Forgets what was printed: a file has changed. */
  changed(): void
}

/** Collects and shows the errors of one dev server. */
export function createErrorReports(project: Project, print: (text: string) => void): ErrorReports {
  const folders = { root: project.root, framework: packageFolder() }
  const printed = new Set<string>()
  /** Errors as Vite logged them; what it tells the browser is less. */
  const logged = new Map<string, Error>()
  let generation = 0
  let vite: ViteDevServer | undefined

  const show = (report: Report): Report => {
    // The browser's and the server's half of a file tell of one mistake in somewhat different words.
    const key = JSON.stringify([report.name, report.message.split('\n', 1)[0], report.place?.file, report.place?.line])
    if (!printed.has(key)) print(`\n${reportText(report)}\n`)
    printed.add(key)
    return report
  }
  return {
    ofRequest: async ({ error, request, route, requestId }) =>
      show(await describeError(error, { ...folders, request: describeRequest(request, route, requestId) })),
    async ofServer(error) {
      if (error instanceof Error) logged.set(stripVTControlCharacters(error.message), error)
      return show(await describeError(error, folders))
    },
    generation: () => generation,
    page(report, seen) {
      const nonce = randomBytes(16).toString('base64')
      const policy = compilePolicy(defaultCsp).with({ script: [], style: [`'nonce-${nonce}'`] })
      return new Response(errorPage(report, { script: PLAIN_CLIENT_URL, generation: seen, nonce }), {
        status: 500,
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': policy },
      })
    },
    broadcast(report) {
      vite?.environments.client.hot.send({ type: 'custom', event: 'hotclub:error', data: { markup: errorOverlay(report) } })
    },
    connect(server) {
      vite = server
      const { hot } = server.environments.client
      hot.on('hotclub:generation', (_, client) => client.send('hotclub:generation', { generation }))
      hot.on('hotclub:describe', (data: BrowserError, client) => {
        void describeError(logged.get(data.message ?? '') ?? reviveError(data), {
          ...folders,
          original: (frame) => originalFrame(server, frame),
        }).then((report) => {
          show(report)
          client.send('hotclub:error', { markup: errorOverlay(report) })
        })
      })
    },
    changed() {
      generation++
      printed.clear()
      logged.clear()
    },
  }
}

/** An error as the browser, or Vite through it, hands it over. */
interface BrowserError {
  name?: string
  message?: string
  stack?: string
}

function reviveError(data: BrowserError): Error {
  const { name = 'Error', message = '', stack = '', ...rest } = data
  return Object.assign(new Error(message), rest, { name, stack })
}

/** Leads a frame in a module that the browser got from Vite back to the file. */
function originalFrame(vite: ViteDevServer, frame: RawFrame): RawFrame {
  if (!URL.canParse(frame.file)) return frame
  const path = decodeURI(new URL(frame.file).pathname)
  const module = vite.environments.client.moduleGraph.urlToModuleMap.get(path)
  if (!module?.file) return { ...frame, file: path.startsWith('/@fs/') ? path.slice('/@fs'.length) : join(vite.config.root, path) }
  const map = module.transformResult?.map
  if (!map || !('mappings' in map) || map.mappings === '') return { ...frame, file: module.file }
  const entry = new SourceMap(map as SourceMapPayload).findEntry(frame.line - 1, frame.column - 1)
  if (!('originalLine' in entry)) return { ...frame, file: module.file }
  return { ...frame, file: module.file, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
}

/** The folder of the framework's package: the nearest one above this file that has a package.json. */
export function packageFolder(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}
