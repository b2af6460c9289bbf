import { lookup } from 'mrmime'

/** Text: it gets a charset, and it shrinks. */
const textual = /^(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml)|graphql|x-ndjson)|image\/svg\+xml)/
/** Binary formats without compression of their own. */
const shrinks = /^(?:font\/(?:ttf|otf)|application\/(?:wasm|vnd\.ms-fontobject)|image\/(?:bmp|x-icon|vnd\.microsoft\.icon))/

/**
 * Returns the media type of a file by its ending, with `charset=utf-8` for text; `application/octet-stream` for an unknown one.
 *
 * @param path A file name, path or URL path
 */
export function contentTypeOf(path: string): string {
  const type = lookup(path) ?? 'application/octet-stream'
  return textual.test(type) ? `${type}; charset=utf-8` : type
}

/** The media type that a `Content-Type` names, without its parameters and in lower case; empty without one. */
export function mediaTypeOf(header: string | null): string {
  const end = header?.indexOf(';') ?? -1
  return (end === -1 ? (header ?? '') : header!.slice(0, end)).trim().toLowerCase()
}

/**
 * Whether a body of this type gets smaller by compression. Server-sent events count as text: they are flushed as they come.
 *
 * @param type A `Content-Type` value, with or without parameters
 */
export function isCompressible(type: string): boolean {
  return textual.test(type) || shrinks.test(type)
}
