import { isHttpError, isRedirect } from '../core/results.ts'
import { guardPromises } from '../render/guard.ts'
import { mergeHead } from '../render/head.ts'
import type { Head } from '../routing/types.ts'
import { inspect } from '../view/inspect.ts'
import { toViewError } from '../view/page-error.ts'
import type { FormState } from '../view/form-node.ts'
import type { HeadTag, PagePayload } from '../view/payload.ts'
import { hasAction } from './action.ts'
import type { Chain } from './chain.ts'
import { nodesFor } from './forms.ts'
import { runLoaders, type Loaded, type RunLoader } from './load.ts'
import { notKept } from './keep/kept-answer.ts'
import { isKept, respond, type RespondRequest } from './respond.ts'
import type { HeaderRecord } from './responses.ts'

/** How a page starts: plainly, after an action, or with an error in place of its loaders. */
export interface PageStart {
  status?: number
  actionData?: unknown
  /** The form that was sent, where it is shown again. */
  form?: FormState
  /** Headers of the answer, beside the page's own. */
  headers?: Record<string, string>
  /** Shown by the `ErrorView` nearest to `level`; the levels above it still load. */
  failure?: { level: number; error: unknown }
}

/** Runs the loaders of a page and shows it: as HTML, or as a payload for client navigation. */
export async function answerPage(request: RespondRequest, start: PageStart = {}): Promise<Response> {
  const { chain } = request
  const loaded = await load(request, start)
  if (loaded.failure === undefined) return await show(request, start, loaded)
  const { error } = loaded.failure
  // A failure the page started with was reported where it happened.
  if (!isHttpError(error) && error !== start.failure?.error) request.report(error)
  return await showError(request, loaded, loaded.failure.level, error, chain.modules.length)
}

async function load({ chain, context, keeper }: RespondRequest, start: PageStart): Promise<Loaded> {
  const run: RunLoader = (level, loader) => {
    const options = chain.caches[level]
    return options ? keeper.loader(context, chain.files[level]!, options, loader) : loader()
  }
  if (!start.failure) return await runLoaders(chain.modules, context, run)
  const level = errorLevel(chain, start.failure.level)
  const loaded = await runLoaders(chain.modules.slice(0, Math.max(level, 1)), context, run)
  return { data: loaded.data, failure: loaded.failure ?? start.failure }
}

/** The innermost level at or above `level` that has an `ErrorView`; -1 when none has. */
function errorLevel(chain: Chain, level: number): number {
  for (let index = level; index >= 0; index--) if (chain.modules[index]?.ErrorView) return index
  return -1
}

async function show(request: RespondRequest, start: PageStart, loaded: Loaded): Promise<Response> {
  const { chain } = request
  const findings = inspect(loaded.data)
  const payload = createPayload(request, findings.promises ? guardLevels(request, loaded.data) : loaded.data)
  payload.status = start.status ?? 200
  payload.actionData = start.actionData
  payload.form = start.form
  try {
    payload.forms = await nodesFor(chain.forms, request.context)
    payload.head = headTags(request, await headsOf(chain, payload, chain.modules.length))
    const headers = { ...pageHeaders(chain, payload, chain.modules.length), ...start.headers }
    return await respond(request, payload, headers, findings)
  } catch (error) {
    if (isRedirect(error) || error instanceof Response) throw error
    if (!isHttpError(error)) request.report(error)
    return await showError(request, loaded, chain.modules.length - 1, error, chain.modules.length)
  }
}

/**
 * Shows an error with the nearest `ErrorView`. When that one, or a layout around it, fails to render too, the next
 * one outwards is tried, so the innermost view that can be shown is.
 *
 * @throws `error` when no `ErrorView` could show it
 */
async function showError(request: RespondRequest, loaded: Loaded, from: number, error: unknown, levels: number): Promise<Response> {
  const { chain, context } = request
  for (let level = errorLevel(chain, Math.min(from, levels - 1)); level >= 0; level = errorLevel(chain, level - 1)) {
    const data = Object.fromEntries(Object.entries(loaded.data).filter(([index]) => Number(index) < Math.max(level, 1)))
    const findings = inspect(data)
    const payload = createPayload(request, findings.promises ? guardLevels(request, data) : data)
    const value = toViewError(error, context.requestId)
    payload.status = value.status
    payload.error = { level, value }
    try {
      payload.head = headTags(request, [...(await headsOf(chain, payload, level)), { title: value.message, robots: 'noindex' }])
      const headers = { ...pageHeaders(chain, payload, level), ...(isHttpError(error) ? error.headers : {}) }
      return await respond(request, payload, headers, findings)
    } catch (next) {
      request.report(next)
    }
  }
  throw error
}

function guardLevels(request: RespondRequest, data: Record<number, unknown>): Record<number, unknown> {
  const { context, manifest, report } = request
  return guardPromises(data, { timeout: manifest.settings.streamTimeout, requestId: context.requestId, report }) as Record<number, unknown>
}

function createPayload({ chain, context, manifest }: RespondRequest, data: Record<number, unknown>): PagePayload {
  return {
    build: manifest.assets.build,
    url: context.pathname + context.query,
    route: chain.id,
    status: 200,
    params: context.params,
    search: context.search,
    modules: chain.modulesUrls,
    styles: chain.styles,
    data,
    actionData: undefined,
    forms: undefined,
    form: undefined,
    head: [],
    messages: context.showMessages(),
    csrf: needsToken(chain, context) ? context.csrfToken() : undefined,
    error: undefined,
  }
}

/**
 * Whether the page's forms carry a token: the browser is one that may not say where its forms come from. A page that is kept for all can
 * hold none.
 */
function needsToken(chain: Chain, { request }: RespondRequest['context']): boolean {
  return chain.csrf && hasAction(chain.leaf) && !isKept({ chain }) && !request.headers.has('sec-fetch-site')
}

/** JSON-LD is for readers of documents; a browser that navigates has no use for it. */
function headTags({ context }: RespondRequest, heads: Head[]): HeadTag[] {
  const tags = mergeHead(heads)
  return context.isData ? tags.filter(({ tag }) => tag !== 'script') : tags
}

async function headsOf(chain: Chain, payload: PagePayload, levels: number): Promise<Head[]> {
  const heads: Head[] = []
  for (let level = 0; level < levels; level++) {
    const head = chain.modules[level]!.head
    if (head === undefined) continue
    heads.push(typeof head === 'function' ? await head(viewProps(payload, level)) : head)
  }
  return heads
}

function pageHeaders(chain: Chain, payload: PagePayload, levels: number): HeaderRecord {
  const headers: HeaderRecord = { 'cache-control': notKept }
  for (let level = 0; level < levels; level++) {
    const own = chain.modules[level]!.headers?.(viewProps(payload, level))
    for (const name in own) headers[name.toLowerCase()] = own[name]!
  }
  return headers
}

function viewProps(payload: PagePayload, level: number): object {
  return { data: payload.data[level], params: payload.params, search: payload.search, actionData: payload.actionData }
}
