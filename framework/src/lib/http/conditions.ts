import { parseEtags } from './etag.ts'
import { parseHttpDate } from './http-date.ts'

/** What tells one version of an answer from another. */
export interface Validators {
  /** With its quotes: `"a1"`, or `W/"a1"` for versions that mean the same and are not the same bytes. */
  etag?: string | undefined
  lastModified?: Date | undefined
}

/** A request, as far as it says what the client has. */
export interface ConditionalRequest {
  method: string
  /** The value of a header; nothing where there is none. */
  header(name: string): string | null | undefined
}

/**
 * Whether a request is about another version than the client thinks, in the order of RFC 9110, 13.2.2.
 *
 * @param current The version there is; without either part there is none
 * @returns 304 when the client has it already, 412 when it wants to change another one; `undefined` when the request is to be answered
 */
export function evaluateConditions(request: ConditionalRequest, current: Validators): 304 | 412 | undefined {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const modified = current.lastModified && Math.floor(current.lastModified.getTime() / 1_000) * 1_000
  const match = tagsIn(request, 'if-match')
  const unmodifiedSince = dateIn(request, 'if-unmodified-since')
  if (match.length > 0) {
    if (!matchesStrongly(match, current.etag)) return 412
  } else if (unmodifiedSince !== undefined && (modified === undefined || modified > unmodifiedSince)) return 412
  const noneMatch = tagsIn(request, 'if-none-match')
  const modifiedSince = dateIn(request, 'if-modified-since')
  if (noneMatch.length > 0) {
    if (matchesWeakly(noneMatch, current.etag)) return isRead ? 304 : 412
  } else if (isRead && modifiedSince !== undefined && modified !== undefined && modified <= modifiedSince) return 304
  return undefined
}

function tagsIn(request: ConditionalRequest, name: string): readonly string[] {
  const header = request.header(name)
  return header ? parseEtags(header) : []
}

function dateIn(request: ConditionalRequest, name: string): number | undefined {
  const header = request.header(name)
  return header ? parseHttpDate(header) : undefined
}

/** The comparison for changes: a weak tag is no promise about bytes. */
function matchesStrongly(tags: readonly string[], etag: string | undefined): boolean {
  if (etag === undefined) return false
  return tags.includes('*') || (!etag.startsWith('W/') && tags.includes(etag))
}

function matchesWeakly(tags: readonly string[], etag: string | undefined): boolean {
  if (etag === undefined) return false
  const plain = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag)
  return tags.some((tag) => tag === '*' || plain(tag) === plain(etag))
}
