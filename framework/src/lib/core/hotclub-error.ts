import type { ErrorCode } from './error-codes.ts'

/** What to tell the developer: in the reader's own names, with the way out. */
export interface HotclubErrorDetail {
  /** What is wrong, as a sentence. */
  message: string
  /** Where it is: `app/routes/movies/[id=int].tsx:12`, a setting's name, a table. */
  where?: string
  /** What to do about it, as an instruction. */
  hint?: string
  /** The error that led to this one. */
  cause?: unknown
}

/**
 * A mistake a developer can mend. Every one has a code from the registry and a section in `docs/errors.md`.
 *
 * `toString()` gives the form printed in the terminal: code and place, message, hint.
 */
export class HotclubError extends Error {
  override readonly name = 'HotclubError'
  readonly code: ErrorCode
  readonly where: string | undefined
  readonly hint: string | undefined

  constructor(code: ErrorCode, detail: HotclubErrorDetail) {
    super(detail.message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.where = detail.where
    this.hint = detail.hint
  }

  override toString(): string {
    const place = this.where === undefined ? '' : `  ${this.where}`
    const hint = this.hint === undefined ? '' : `\n  Hint: ${this.hint}`
    return `${this.code}${place}\n  ${this.message}${hint}\n  docs/errors.md#${this.code.toLowerCase()}`
  }
}

/**
 * Whether a value is a {@link HotclubError}, also one from another copy of the package
 * (the built server bundle holds its own).
 */
export function isHotclubError(value: unknown): value is HotclubError {
  return value instanceof Error && value.name === 'HotclubError'
}
