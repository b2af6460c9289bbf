import { PageError, toViewError } from '../view/page-error.ts'
import { inspect, isPromise } from '../view/inspect.ts'
import { HttpError } from '../core/results.ts'

export interface GuardOptions {
  /** Milliseconds until an unsettled promise fails with 504. */
  timeout: number
  requestId: string
  /** Told of every unexpected rejection. */
  report: (error: unknown) => void
}

/**
 * Makes the promises of loader data safe to wait for: each settles within `timeout`, and rejects with nothing but
 * what a visitor may see. Returns a copy where there is a promise; `value` itself is not changed.
 */
export function guardPromises(value: unknown, options: GuardOptions): unknown {
  return guardInside(value, options, new Map())
}

/** @param copies What was copied already: data may lead back to itself */
function guardInside(value: unknown, options: GuardOptions, copies: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const known = copies.get(value)
  if (known) return known
  const keep = <T extends object>(copy: T): T => {
    copies.set(value, copy)
    return copy
  }
  if (isPromise(value)) return keep(guarded(value, options))
  if (Array.isArray(value)) {
    const copy = keep<unknown[]>([])
    for (const item of value as unknown[]) copy.push(guardInside(item, options, copies))
    return copy
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  const copy = keep(Object.create(prototype) as object)
  for (const [key, item] of Object.entries(value))
    Object.defineProperty(copy, key, { value: guardInside(item, options, copies), enumerable: true, writable: true, configurable: true })
  return copy
}

function guarded(promise: PromiseLike<unknown>, options: GuardOptions): Promise<unknown> {
  const { timeout, requestId, report } = options
  const result = new Promise<unknown>((resolve, reject) => {
    const timer = setTimeout(() => reject(new PageError(toViewError(new HttpError(504, 'This took too long.'), requestId))), timeout)
    promise.then(
      (value) => {
        clearTimeout(timer)
        resolve(inspect(value).promises ? guardPromises(value, options) : value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        const view = toViewError(error, requestId)
        if (view.status === 500) report(error)
        reject(new PageError(view))
      },
    )
  })
  // The view that waits for it shows the failure; one that nobody waits for must not end the process.
  result.catch(() => undefined)
  return result
}
