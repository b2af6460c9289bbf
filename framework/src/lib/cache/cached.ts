import { stringify } from 'devalue'
import type { CacheOptions } from '../core/cache-options.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import { getLogger } from '../core/log.ts'
import type { Db } from '../core/register.ts'
import { currentKeeping } from './current.ts'
import { keep } from './keep.ts'

/** What a cached function gets before its arguments. */
export interface CachedContext {
  /** The app's client, as it is: who asks must not matter for what is kept for all. */
  db: Db
}

/**
 * Keeps what a function gives, for each different list of arguments. A change of whatever it has read of the database drops it at once, in all
 * processes.
 *
 * ```ts
 * export const topFilms = cached('top films', async ({ db }, genre: string) => await db.movie.findMany({ where: { … }, take: 10 }), { seconds: 600 })
 *
 * const films = await topFilms('drama')
 * ```
 *
 * A value that was made with raw queries or by writing is not kept. In development nothing is.
 *
 * @param name Names it among all cached functions of the app, in every process
 * @param compute Gets the app's client, then the arguments; may use nothing else that differs from call to call
 * @param options How long
 * @returns A function of the arguments alone. Each caller gets a copy of its own. It throws `HC_CACHE` for arguments or values that are no plain data
 */
export function cached<Args extends readonly unknown[], T>(
  name: string,
  compute: (context: CachedContext, ...args: Args) => T | Promise<T>,
  options: Pick<CacheOptions, 'seconds' | 'stale'>,
): (...args: Args) => Promise<T> {
  let hasTold = false
  return async (...args) => {
    const { kept, db, build, isOn } = currentKeeping()
    if (!isOn) return await compute({ db }, ...args)
    return await keep(kept, {
      key: `function\n${build}\n${JSON.stringify(name)}${textOf(name, args)}`,
      options,
      compute: async () => await compute({ db }, ...args),
      refused(reason) {
        if (!hasTold) getLogger().warn({ name, reason }, 'What a cached function gave was not kept.')
        hasTold = true
      },
    })
  }
}

function textOf(name: string, args: readonly unknown[]): string {
  try {
    return stringify(args)
  } catch (cause) {
    throw new HotclubError('HC_CACHE', {
      where: `cached('${name}')`,
      message: `It was called with something that cannot be part of a key: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: 'Give it plain data: texts, numbers, dates, lists, objects. The client comes as its first parameter.',
      cause,
    })
  }
}
