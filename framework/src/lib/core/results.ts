/**
 * The ways a loader, action, handler or middleware ends a request early.
 * They are thrown, so they work from any depth of the app's own helpers.
 */
import { HotclubError } from './hotclub-error.ts'

/** Statuses that `redirect()` gives: 303 after an action, 302 otherwise, 301/308 for a permanent move, 307/308 to keep the method. */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308

/** Thrown by {@link redirect}; the server turns it into a `Location` response or a client navigation. */
export class Redirect {
  readonly name = 'Redirect'
  readonly location: string
  /** `undefined` lets the server choose: 303 after an action, 302 otherwise. */
  readonly status: RedirectStatus | undefined

  constructor(location: string, status?: RedirectStatus) {
    this.location = location
    this.status = status
  }
}

/**
 * Ends the request and sends the visitor elsewhere.
 *
 * `return redirect(…)` and a bare `redirect(…)` do the same: the call never returns.
 *
 * @param location A path of this site (`href(…)`) or an absolute URL; what came from outside belongs through `safeNext()`
 * @param status Default: 303 after an action, 302 otherwise
 * @throws {HotclubError} `HC_REDIRECT` for a location that runs code (`javascript:`) or holds control characters
 */
export function redirect(location: string, status?: RedirectStatus): never {
  if (/[\x00-\x1f\x7f]|^\s*(?:javascript|data|vbscript|blob|file):/i.test(location))
    throw new HotclubError('HC_REDIRECT', {
      where: JSON.stringify(location.slice(0, 200)),
      message: 'A visitor cannot be sent there: it would run code, or carry more than a location.',
      hint: 'Give a path or an http(s) URL; pass what came from outside, like ?next=, through safeNext().',
    })
  throw new Redirect(location, status)
}

export interface HttpErrorOptions<D = unknown> {
  /** Extra facts for the `ErrorView`, sent to the browser. */
  data?: D
  /** Headers of the answer: `Allow`, `Retry-After`, … */
  headers?: Record<string, string>
  cause?: unknown
}

/**
 * An answer with an HTTP error status. The nearest `ErrorView` shows it; `message` and `data` reach the visitor,
 * so put nothing secret into them. Any other thrown error leaves as a plain 500.
 */
export class HttpError<D = unknown> extends Error {
  override readonly name = 'HttpError'
  /** 400 to 599. */
  readonly status: number
  readonly data: D | undefined
  readonly headers: Record<string, string>

  constructor(status: number, message: string = statusText(status), options: HttpErrorOptions<D> = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    if (!Number.isInteger(status) || status < 400 || status > 599)
      throw new RangeError(`HttpError takes a status from 400 to 599, got ${status}. Use redirect() for 3xx.`)
    this.status = status
    this.data = options.data
    this.headers = options.headers ?? {}
  }
}

/**
 * Ends the request with 404 and the nearest `ErrorView`.
 *
 * @param message Shown to the visitor (default: `Not Found`)
 */
export function notFound(message?: string): never {
  throw new HttpError(404, message)
}

/** Action data that says the input was refused: the page is shown again with status 422 (or the one given). */
export class Invalid<D> {
  readonly data: D
  readonly status: number

  constructor(data: D, status: number) {
    this.data = data
    this.status = status
  }
}

/**
 * Returned from an action: shows the page again with `data` as `actionData` and fresh loader data.
 *
 * @param data What the view needs to show what went wrong
 * @param status 400 to 499 (default: `422`)
 */
export function invalid<D>(data: D, status = 422): Invalid<D> {
  return new Invalid(data, status)
}

/** What `invalid()` of a form's action gives: the form is shown again, with words by field. */
export class FormErrors {
  /** Messages by the name of the field; under `''`, about the form as a whole. */
  readonly errors: Readonly<Record<string, string[]>>

  constructor(errors: Record<string, string | string[] | undefined>) {
    this.errors = Object.fromEntries(
      Object.entries(errors).flatMap(([name, words]) => (words === undefined ? [] : [[name, [words].flat()]])),
    )
  }
}

export function isRedirect(value: unknown): value is Redirect {
  return value instanceof Redirect
}

export function isHttpError(value: unknown): value is HttpError {
  return value instanceof HttpError
}

const texts: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** The standard words for a status; `Error` for one without. */
export function statusText(status: number): string {
  return texts[status] ?? 'Error'
}
