/** What travels from the server to the browser: inside the first page, and as the answer to a data request. */
import type { ViewError } from '../core/args.ts'
import type { FormState, ObjectNode } from './form-node.ts'
import type { Message } from '../core/messages.ts'

/** One element of `<head>`, ready to render; `key` tells the same element of two pages apart from another one. */
export interface HeadTag {
  key: string
  tag: 'title' | 'meta' | 'link' | 'script'
  attributes: Record<string, string>
  /** Text of `<title>` and of JSON-LD. */
  text?: string
}

export type { Message, ViewError }

/** A page, as data. A level is one file of the chain: root, layouts, page. */
export interface PagePayload {
  /** The build that made it; a browser that runs another one reloads. */
  build: string
  /** Path and query as the visitor sees them. */
  url: string
  route: string
  status: number
  params: Record<string, unknown>
  search: unknown
  /** Browser modules of the chain, root first. */
  modules: string[]
  /** Stylesheets of the chain. */
  styles: string[]
  /** Loader data by level; a level without a loader has no entry. */
  data: Record<number, unknown>
  actionData: unknown
  /** The forms of the page's actions, by name; `undefined` on a page without. */
  forms: Record<string, ObjectNode> | undefined
  /** The form that was sent, where it is shown again. */
  form: FormState | undefined
  head: HeadTag[]
  /** What to tell the visitor once; missing where there is nothing. */
  messages?: Message[] | undefined
  /** Goes into the page's forms as the field `_csrf`; missing where the browser itself says where a form comes from. */
  csrf?: string | undefined
  /** Set when the level `level` shows its `ErrorView` in place of itself and all below. */
  error: { level: number; value: ViewError } | undefined
}

/** The answer to a data request that leads elsewhere. */
export interface RedirectPayload {
  build: string
  redirect: string
  /** True where the target is no page of the app's views, so that the browser has to load it as a document. */
  document: boolean
}

export type Payload = PagePayload | RedirectPayload

/** A later piece of a stream: what promise number `id` came to. */
export type Chunk = { id: number; value: unknown } | { id: number; error: ViewError }

/** Marks the inert script elements that hold the chunks of a streamed first page. */
export const CHUNK_ATTRIBUTE = 'data-hotclub-chunk'

/** Path prefix of data requests: `/_hotclub/data/movies/7` gives the payload of `/movies/7`. */
export const DATA_PREFIX = '/_hotclub/data'

/** Marks a request for a page that the visitor may never open: nothing that happens once may happen in it. */
export const PREFETCH_HEADER = 'x-hotclub-prefetch'

/** The media type of payloads. */
export const PAYLOAD_TYPE = 'text/x-hotclub; charset=utf-8'

/** The id of the inert script element that holds the first page's payload. */
export const PAYLOAD_ELEMENT = '__hotclub'
