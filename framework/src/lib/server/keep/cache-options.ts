import { z } from 'zod'
import type { CacheOptions } from '../../core/cache-options.ts'
import { HotclubError } from '../../core/hotclub-error.ts'

const seconds = z.number().nonnegative()
const schema = z.strictObject({
  seconds: z.number().positive(),
  stale: seconds.optional(),
  vary: z
    .custom<CacheOptions['vary']>((value) => typeof value === 'function', "It is a function: ({ cookies }) => cookies.get('theme')")
    .optional(),
  browser: seconds.optional(),
  cdn: seconds.optional(),
})

/**
 * Checks the export `cache` of a route, layout or root file.
 *
 * @throws {HotclubError} `HC_ROUTE_EXPORT`
 */
export function checkCacheOptions(file: string, given: CacheOptions | undefined): CacheOptions | undefined {
  if (given === undefined) return undefined
  const result = schema.safeParse(given)
  if (result.success) return given
  const [issue] = result.error.issues
  throw new HotclubError('HC_ROUTE_EXPORT', {
    where: `app/${file}`,
    message: `'cache' is wrong: ${['cache', ...issue!.path].join('.')}: ${issue!.message}`,
    hint: 'Write it as: export const cache = { seconds: 300 }',
  })
}
