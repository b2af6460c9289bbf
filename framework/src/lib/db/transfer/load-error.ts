import { HotclubError } from '../../core/hotclub-error.ts'

/** The error of a file that cannot be loaded. */
export function loadError(where: string, message: string, hint: string, cause?: unknown): HotclubError {
  return new HotclubError('HC_LOAD', { where, message, hint, ...(cause === undefined ? {} : { cause }) })
}
