import { HttpError } from '../core/results.ts'

/**
 * Parses an `application/x-www-form-urlencoded` body.
 *
 * @param text The body
 * @param maxFields Names and values at most
 * @throws {HttpError} 413 for more fields, 400 for a percent sign without two digits or bytes that are no UTF-8
 */
export function parseUrlencoded(text: string, maxFields: number): FormData {
  const form = new FormData()
  let fields = 0
  try {
    for (let start = 0; start < text.length;) {
      const next = text.indexOf('&', start)
      const end = next === -1 ? text.length : next
      if (end > start) {
        if (++fields > maxFields) throw new HttpError(413, 'The form has too many fields.')
        const pair = text.slice(start, end)
        const equals = pair.indexOf('=')
        if (equals === -1) form.append(decode(pair), '')
        else form.append(decode(pair.slice(0, equals)), decode(pair.slice(equals + 1)))
      }
      start = end + 1
    }
  } catch (error) {
    if (error instanceof URIError) throw new HttpError(400, 'The form is not encoded as it should be.', { cause: error })
    throw error
  }
  return form
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced
}
