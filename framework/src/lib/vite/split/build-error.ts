/** Errors of the split, in a shape that Vite's overlay and terminal show whole. */
import type { ErrorCode } from '../../core/error-codes.ts'
import { HotclubError } from '../../core/hotclub-error.ts'

export interface BuildMistake {
  /** Absolute path, for the overlay's link. */
  file: string
  /** How the message names the file. */
  name: string
  line: number | undefined
  message: string
  hint: string
}

/** A {@link HotclubError} that also carries what Vite looks for: `id`, `loc`, and the way out as its `frame`. */
export function buildError(code: ErrorCode, { file, name, line, message, hint }: BuildMistake): HotclubError {
  const error = new HotclubError(code, { where: line === undefined ? name : `${name}:${line}`, message, hint })
  const loc = line === undefined ? {} : { loc: { file, line, column: 0 } }
  return Object.assign(error, { id: file, frame: `${code}\nHint: ${hint}\ndocs/errors.md#${code.toLowerCase()}`, ...loc })
}
