import type { Context } from '../core/context.ts'
import { isRedirect } from '../core/results.ts'
import type { RouteModule } from '../routing/types.ts'

/** What the loaders of a chain came to. */
export interface Loaded {
  /** By level; levels without a loader have no entry. */
  data: Record<number, unknown>
  /** The outermost level that failed; levels below it have no data. */
  failure: { level: number; error: unknown } | undefined
}

type Attempt = { ok: true; value: unknown } | { ok: false; error: unknown }

/** Runs one loader: as it is, or as far as nothing of it is kept. */
export type RunLoader = (level: number, load: () => unknown) => unknown

/**
 * Runs the loaders of a chain in parallel. A thrown redirect or response leaves at once, the outermost one first;
 * any other failure is returned, so that the levels above it can still be shown.
 *
 * @throws The `Redirect` or `Response` a loader threw or returned
 */
export async function runLoaders(modules: RouteModule[], context: Context, run: RunLoader): Promise<Loaded> {
  const attempts = modules.map(({ loader }, level) => loader && attempt(() => run(level, () => loader(context))))
  const data: Record<number, unknown> = {}
  for (let level = 0; level < attempts.length; level++) {
    const pending = attempts[level]
    if (pending === undefined) continue
    const result = await pending
    if (result.ok) {
      if (result.value instanceof Response) throw result.value
      data[level] = result.value
    } else {
      if (isRedirect(result.error) || result.error instanceof Response) throw result.error
      return { data, failure: { level, error: result.error } }
    }
  }
  return { data, failure: undefined }
}

async function attempt(load: () => unknown): Promise<Attempt> {
  try {
    return { ok: true, value: await load() }
  } catch (error) {
    return { ok: false, error }
  }
}
