import { createRequire } from 'node:module'
import { HotclubError } from '../core/hotclub-error.ts'

/**
 * Loads the driver of a store, which an app has only if it needs it.
 *
 * @throws {HotclubError} `HC_CACHE` when it is not installed
 */
export function requireDriver<T>(name: string): T {
  try {
    return createRequire(import.meta.url)(name) as T
  } catch (cause) {
    throw new HotclubError('HC_CACHE', {
      message: `The package '${name}', which this kind of cache needs, is not installed.`,
      hint: `Run \`npm install ${name}\`.`,
      cause,
    })
  }
}
