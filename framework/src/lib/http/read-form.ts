import type { Limits } from '../core/settings.ts'
import { HttpError } from '../core/results.ts'
import { checkBodyHeaders, readBytes, readText } from './read-body.ts'
import { parseUrlencoded } from './urlencoded.ts'

/** The ways in which browsers send a form that a body can hold: text alone, or with files. */
export const FORM_TYPES: readonly string[] = ['application/x-www-form-urlencoded', 'multipart/form-data']

/** What a form may hold at most. */
export type FormLimits = Pick<Limits, 'body' | 'fields' | 'files'>

/**
 * Reads a posted form, whichever of the two ways a browser sends it. Nothing is guessed: what is not exactly right is refused.
 *
 * @throws {HttpError} 415 when the body is no form, is compressed or is not UTF-8 by its own word; 413 when it is too large or holds too
 * much; 400 when it cannot be read
 */
export async function readForm(request: Request, limits: FormLimits): Promise<FormData> {
  switch (checkBodyHeaders(request, limits.body)) {
    case 'application/x-www-form-urlencoded':
      return parseUrlencoded(await readText(request, limits.body), limits.fields)
    case 'multipart/form-data':
      // Loaded when needed: most apps take few files, and none should start later for it.
      return await (
        await import('./read-multipart.ts')
      ).parseMultipart(await readBytes(request, limits.body), request.headers.get('content-type')!, limits)
    default:
      throw new HttpError(415, 'Send a form here.')
  }
}
