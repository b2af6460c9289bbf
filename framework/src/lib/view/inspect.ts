/** What a value needs on its way to the browser. */
export interface Findings {
  /** Only what `JSON.stringify` and `JSON.parse` keep exactly. */
  plain: boolean
  /** Holds a promise somewhere in its objects and arrays. */
  promises: boolean
}

/** Deeper values take the general encoder, which also copes with cycles. */
const MAX_DEPTH = 40

/** Objects and arrays looked at before remembering which: what is shared or circular could take forever. */
const MANY = 10_000

const SPECIAL = 1
const PROMISE = 2

/**
 * Looks through data once, so that the common page (no promises, plain values) can be rendered as a string and encoded
 * by the engine's own `JSON.stringify`, several times faster than any general encoder.
 */
export function inspect(value: unknown): Findings {
  left = MANY
  const bits = look(value, 0)
  seen = undefined
  return { plain: bits === 0, promises: (bits & PROMISE) !== 0 }
}

let left = 0
let seen: Set<object> | undefined

/** Bits instead of an object: this runs for every value of every page. */
function look(value: unknown, depth: number): number {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return 0
  // Infinity and NaN become null in JSON, -0 becomes 0.
  if (typeof value === 'number') return value - value === 0 && (value !== 0 || 1 / value > 0) ? 0 : SPECIAL
  if (typeof value !== 'object' || depth > MAX_DEPTH) return SPECIAL
  if (--left < 0) {
    seen ??= new Set()
    if (seen.has(value)) return SPECIAL
    seen.add(value)
  }
  let bits = 0
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) bits |= look(value[index], depth + 1)
    return bits
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return isPromise(value) ? SPECIAL | PROMISE : SPECIAL
  // Not `for … in`, whose optimized code V8 throws away and makes again at each new shape: ten times slower here. Not `Object.values`
  // either: it is slow for shapes whose keys nobody has asked for before, and keeps none; `Object.keys` does.
  const keys = Object.keys(value)
  for (let index = 0; index < keys.length; index++) bits |= look((value as Record<string, unknown>)[keys[index]!], depth + 1)
  // Prisma's promises are plain objects with a `then`.
  return bits !== 0 && isPromise(value) ? SPECIAL | PROMISE : bits
}

/** Whether a value is a promise, one from elsewhere (Prisma's) included. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
