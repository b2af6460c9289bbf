import colors from 'picocolors'
import { isHotclubError } from '../core/hotclub-error.ts'

/**
 * Returns an error as the terminal shows it. A mistake of the developer needs its code, message and hint, no stack; anything else
 * is a fault of ours or of a library, and its stack is what helps. Several mistakes in one AggregateError are shown one by one.
 */
export function formatError(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isHotclubError))
    return error.errors.map(formatError).join('\n\n')
  if (isHotclubError(error)) {
    const [first = '', ...rest] = error.toString().split('\n')
    return [colors.red(colors.bold(first)), ...rest].join('\n')
  }
  if (error instanceof Error)
    return `${error.stack ?? String(error)}${error.cause === undefined ? '' : `\nCaused by: ${formatError(error.cause)}`}`
  return `Something that is not an Error was thrown: ${String(error)}`
}
