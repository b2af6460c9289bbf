import { isHttpError, statusText } from '../core/results.ts'
import type { ViewError } from './payload.ts'

/**
 * An error as a visitor may see it: what an `ErrorView` shows and what a streamed promise rejects with, alike on the
 * server and in the browser.
 */
export class PageError extends Error {
  override readonly name = 'PageError'
  readonly view: ViewError

  constructor(view: ViewError) {
    super(view.message)
    this.view = view
  }
}

/**
 * Reduces any error to what a visitor may see: an `HttpError`'s own words, and nothing but the request id of the rest.
 *
 * @param id The request id
 */
export function toViewError(error: unknown, id: string): ViewError {
  if (error instanceof PageError) return error.view
  if (isHttpError(error)) {
    const view: ViewError = { status: error.status, message: error.message, id }
    if (error.data !== undefined) view.data = error.data
    return view
  }
  return { status: 500, message: statusText(500), id }
}

/** The same in the browser, for what was thrown there: all that comes from the server is a {@link PageError}. */
export function toShownError(error: unknown): ViewError {
  return error instanceof PageError ? error.view : { status: 500, message: 'Internal Server Error', id: '' }
}
