/**
 * Whether an `If-None-Match` header names `etag`. The comparison is weak, as RFC 9110 asks for it: `W/"a"` and `"a"` are the same.
 *
 * @param header The header's value; `*` names every tag
 * @param etag The current tag, with its quotes
 */
export function matchesEtag(header: string, etag: string): boolean {
  if (header === etag) return true
  const wanted = withoutWeakness(etag)
  return header.split(',').some((part) => {
    const tag = part.trim()
    return tag === '*' || withoutWeakness(tag) === wanted
  })
}

/** Turns a strong tag into the weak one of a representation with the same meaning but other bytes (compressed on the way out). */
export function weakenEtag(etag: string): string {
  return etag.startsWith('W/') ? etag : `W/${etag}`
}

/**
 * Whether `If-Range` allows a part of the current representation: its strong tag or its exact date.
 *
 * @param header The header's value
 * @param etag The current strong tag
 * @param modified The current `Last-Modified`
 */
export function matchesIfRange(header: string, etag: string, modified: string): boolean {
  const value = header.trim()
  return value === etag || value === modified
}

/**
 * Whether a GET or HEAD needs no body, as the client has the current representation. `If-None-Match` wins over `If-Modified-Since`.
 *
 * @param headers The request's headers by lower-case name
 * @param etag The current tag
 * @param modified The current `Last-Modified`
 */
export function isNotModified(
  headers: { 'if-none-match'?: string | undefined; 'if-modified-since'?: string | undefined },
  etag: string,
  modified: string,
): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) return matchesEtag(tags, etag)
  const since = headers['if-modified-since']
  return since !== undefined && (since === modified || Date.parse(since) >= Date.parse(modified))
}

function withoutWeakness(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag
}
