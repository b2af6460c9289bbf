/** Requests of development: answered by the app as its files stand, with an error's own page where it fails, and a line each. */
import type { Logger } from '../../core/log.ts'
import { defineSettings, type Settings } from '../../core/settings.ts'
import { collectQueries, type QueryRecord } from '../../db/query-log.ts'
import { requestIdOf } from '../../http/request-id.ts'
import type { ServerState } from '../../server/node/exchange.ts'
import { createRequestListener, type RequestListener } from '../../server/node/request-listener.ts'
import type { App, ErrorReport } from '../../server/types.ts'
import { DATA_PREFIX, PREFETCH_HEADER } from '../../view/payload.ts'
import type { DevApp } from './dev-app.ts'
import type { ErrorReports } from './error-reports.ts'
import { ERROR_HEADER, PLAIN_CLIENT_URL } from './events.ts'
import { requestLine } from './request-line.ts'

export interface DevRequestsOptions {
  app: DevApp
  reports: ErrorReports
  logger: Logger
  print(line: string): void
}

/** What is known of a request under way. */
interface Trace {
  queries: QueryRecord[]
  /** The first unexpected error; set before the app's answer is there, it decides about the answer. */
  failure: ErrorReport | undefined
  answered: boolean
}

export interface DevRequests {
  answer: RequestListener
  /** Takes what the app reports. */
  onError(report: ErrorReport): void
}

/** Creates the way of a request through the dev server. */
export function createDevRequests({ app, reports, logger, print }: DevRequestsOptions): DevRequests {
  const traces = new Map<string, Trace>()
  const listeners = new WeakMap<Settings, RequestListener>()
  const fallback: Settings = defineSettings({})
  const state: ServerState = {
    logger,
    stopping: false,
    onRequest(line) {
      const queries = traces.get(line.requestId)?.queries ?? []
      traces.delete(line.requestId)
      print(requestLine({ ...line, queries }))
    },
  }

  const fetch = async (request: Request): Promise<Response> => {
    const requestId = requestIdOf(request)
    const trace: Trace = { queries: [], failure: undefined, answered: false }
    traces.set(requestId, trace)
    const generation = reports.generation()
    const response = await run(request, trace).catch((error: unknown) => {
      trace.failure = { error, request, requestId, route: '' }
      return new Response('The app has a mistake; the terminal and the browser show it.\n', { status: 500 })
    })
    trace.answered = true
    if (!trace.failure) return withClient(response)
    const report = await reports.ofRequest(trace.failure)
    if (isDocument(request)) return reports.page(report, generation)
    if (!request.headers.has(PREFETCH_HEADER)) reports.broadcast(report)
    return isData(request) ? new Response(null, { status: 500, headers: { [ERROR_HEADER]: '1' } }) : response
  }
  const run = async (request: Request, trace: Trace): Promise<Response> => {
    const current = await app.current()
    return await collectQueries(trace.queries, () => current.fetch(request))
  }
  const listenerFor = (settings: Settings): RequestListener => {
    let listener = listeners.get(settings)
    if (!listener) listeners.set(settings, (listener = createRequestListener({ settings, fetch }, state)))
    return listener
  }
  return {
    answer(req, res) {
      app.current().then(
        (current: App) => listenerFor(current.settings)(req, res),
        () => listenerFor(fallback)(req, res),
      )
    },
    onError(report) {
      const trace = traces.get(report.requestId)
      if (trace && !trace.answered) trace.failure ??= report
      else void reports.ofRequest(report).then(reports.broadcast)
    },
  }
}

function isData(request: Request): boolean {
  return new URL(request.url).pathname.startsWith(DATA_PREFIX)
}

/** Whether the answer is shown as a page by a browser. */
function isDocument(request: Request): boolean {
  return !isData(request) && (request.headers.get('accept') ?? '').includes('text/html')
}

/** The plain page of an error, which the app's root had no part in, follows edits too. */
async function withClient(response: Response): Promise<Response> {
  if (response.status < 400 || !response.headers.get('content-type')?.startsWith('text/html')) return response
  const html = await response.text()
  const end = html.lastIndexOf('</body>')
  const script = `<script type="module" src="${PLAIN_CLIENT_URL}"></script>`
  return new Response(end === -1 || html.includes('type="module"') ? html : html.slice(0, end) + script + html.slice(end), response)
}
