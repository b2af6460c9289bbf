/** One tag, with its quotes. */
const tagForm = /^(?:W\/)?"[^"]*"$/

/**
 * Reads the tags of an `If-Match` or `If-None-Match`.
 *
 * @returns The tags with their quotes, or `['*']`; what is no tag is left out
 */
export function parseEtags(header: string): readonly string[] {
  if (header.trim() === '*') return ['*']
  return header
    .split(',')
    .map((part) => part.trim())
    .filter((part) => tagForm.test(part))
}

/** Gives a name of a version the quotes of a tag; a tag stays as it is. */
export function quoteEtag(text: string): string {
  return tagForm.test(text) ? text : `"${text.replaceAll('"', '')}"`
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
