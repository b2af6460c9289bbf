import type { CacheChoice } from '../core/cache.ts'

/**
 * The cache in the memory of each process: what an app has that names no other. Fast, and gone with the process.
 *
 * Counters and what was added are of one process. The workers of one host tell each other what they invalidate.
 */
export function memoryCache(): CacheChoice {
  return { open: () => undefined }
}
