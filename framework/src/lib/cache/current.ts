/** The app whose cache `hotclub/cache` stands for. Like the limits of `readJson`, it is the process's: the app made last. */
import { HotclubError } from '../core/hotclub-error.ts'
import type { Db } from '../core/register.ts'
import type { Cache } from './cache.ts'

/** What keeping takes of an app. */
export interface Keeping {
  cache: Cache
  /** The part of it for what the framework keeps. */
  kept: Cache
  db: Db
  /** Names the build: another one may make something else of the same data. */
  build: string
  /** Whether anything is kept of what the app's code gives. Not while that code changes under way. */
  isOn: boolean
}

let current: Keeping | undefined

/** Makes `hotclub/cache` stand for an app. */
export function setKeeping(keeping: Keeping): void {
  current = keeping
}

/** @throws {HotclubError} `HC_CACHE` before there is an app */
export function currentKeeping(): Keeping {
  if (current) return current
  throw new HotclubError('HC_CACHE', {
    message: 'The cache was used before there was an app.',
    hint: 'Use it in loaders, actions, handlers, middleware and receivers, and not while modules load. A test makes an app first: createTestApp(…).',
  })
}

/** The cache of the app: what its settings name. See {@link Cache}. */
export const cache: Cache = {
  get: (key) => currentKeeping().cache.get(key),
  set: (key, value, options) => currentKeeping().cache.set(key, value, options),
  add: (key, value, options) => currentKeeping().cache.add(key, value, options),
  getOrSet: (key, compute, options) => currentKeeping().cache.getOrSet(key, compute, options),
  delete: (key) => currentKeeping().cache.delete(key),
  getMany: (keys) => currentKeeping().cache.getMany(keys),
  setMany: (values, options) => currentKeeping().cache.setMany(values, options),
  deleteMany: (keys) => currentKeeping().cache.deleteMany(keys),
  has: (key) => currentKeeping().cache.has(key),
  increment: (key, by, options) => currentKeeping().cache.increment(key, by, options),
  touch: (key, seconds) => currentKeeping().cache.touch(key, seconds),
  invalidate: (...tags) => currentKeeping().cache.invalidate(...tags),
  clear: () => currentKeeping().cache.clear(),
  namespace: (name) => currentKeeping().cache.namespace(name),
}
