import { createElement, type ReactNode } from 'react'
import { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { renderToString } from 'react-dom/server'
import { currentRecording } from '../core/recording.ts'
import { hashInlineParts } from '../http/inline-hashes.ts'
import { createPromiseStream, renderStream, type PromiseStream } from '../render/stream.ts'
import { encode } from '../view/encode.ts'
import { inspect, type Findings } from '../view/inspect.ts'
import { Page } from '../view/page.tsx'
import { PAYLOAD_TYPE, type PagePayload } from '../view/payload.ts'
import type { DocumentParts, PageContext } from '../view/router.ts'
import type { Chain } from './chain.ts'
import type { ServerContext } from './context.ts'
import type { Keeper } from './keep/keeper.ts'
import { fastResponse, type HeaderRecord } from './responses.ts'
import { staticRouter } from './static-router.ts'
import type { AppManifest } from './types.ts'

/** What sending a page needs besides the page. */
export interface RespondRequest {
  manifest: AppManifest
  context: ServerContext
  chain: Chain
  keeper: Keeper
  report: (error: unknown) => void
}

/**
 * Sends a page: as HTML, or as the payload alone for a data request; as one string, or as a stream where promises wait.
 *
 * @param headers The page's own; the rest is added here
 * @param found What `inspect` said of the loader data
 */
export async function respond(request: RespondRequest, payload: PagePayload, headers: HeaderRecord, found: Findings): Promise<Response> {
  const { context } = request
  const stream = found.promises ? createPromiseStream(context.requestId, request.report) : undefined
  const register = stream ? stream.register : refusePromise
  const plain = found.plain && isPlain(payload)
  if (context.isData) {
    headers['content-type'] = PAYLOAD_TYPE
    const text = encode(payload, register, plain)
    return fastResponse(stream ? dataStream(text, stream) : text, payload.status, headers)
  }
  headers['content-type'] = 'text/html; charset=utf-8'
  const text = request.chain.hydrate ? encode(payload, register, plain) : ''
  const tree = await pageTree(request, payload, text)
  if (stream) {
    const body = await renderStream(tree, {
      promises: stream,
      hydrate: request.chain.hydrate,
      nonce: request.chain.hydrate ? context.nonce : undefined,
      signal: context.signal,
      report: request.report,
    })
    return fastResponse(isKept(request) ? withHashes(context, await textOf(body)) : body, payload.status, headers)
  }
  const html = `<!DOCTYPE html>${renderToString(tree)}`
  return fastResponse(isKept(request) ? withHashes(context, html) : html, payload.status, headers)
}

/** Whether the page is being made to be shown again to others, as far as can be told by now: then it can hold no nonce. */
export function isKept({ chain }: Pick<RespondRequest, 'chain'>): boolean {
  const recording = currentRecording()
  return chain.cache !== undefined && recording !== undefined && recording.obstacle === undefined
}

function withHashes(context: ServerContext, page: string): string {
  if (context.usedNonce === undefined) return page
  const { html, inline } = hashInlineParts(page, context.usedNonce)
  context.hashes = inline
  return html
}

/** Whether what a payload holds of the app's besides loader data is plain; `undefined` may as well be missing. */
function isPlain({ params, search, actionData, error }: PagePayload): boolean {
  return [params, search, actionData, error].every((value) => value === undefined || inspect(value).plain)
}

/** Only promises inside objects and arrays are looked for, so one inside a `Map` or `Set` turns up here. */
function refusePromise(): never {
  throw new Error('A promise inside a Map or Set cannot be streamed; put it into an object or array.')
}

function dataStream(text: string, promises: PromiseStream): Readable {
  const body = new Readable({ read() {} })
  body.push(`${text}\n`)
  promises.run((chunk) => body.push(`${chunk}\n`))
  void promises.done.then(() => body.push(null))
  return body
}

async function pageTree(
  { chain, manifest, keeper, context: request }: RespondRequest,
  payload: PagePayload,
  text: string,
): Promise<ReactNode> {
  const dev = manifest.assets.dev
  const document: DocumentParts = {
    entry: chain.hydrate ? manifest.assets.entry.url : dev?.plain,
    preload: chain.hydrate ? chain.preload : [],
    payload: text,
    ...(keeper.fragment ? { fragment: keeper.fragment } : {}),
    slash: manifest.settings.trailingSlash === 'always',
    get nonce() {
      return request.nonce
    },
    devNonce: dev && request.nonce,
    devStyles: dev ? await dev.styles(chain.files) : [],
  }
  const context: PageContext = { page: payload, router: staticRouter, document }
  return createElement(Page, { context, views: chain.modules })
}
