import { Suspense, startTransition, use, useContext, useEffect, useState, type ReactNode } from 'react'
import { isPromise } from './inspect.ts'
import { toShownError } from './page-error.ts'
import type { ViewError } from './payload.ts'
import { LevelReactContext } from './router.ts'

export interface AwaitProps<T> {
  /** A promise from loader data; a plain value is shown at once. */
  value: T | PromiseLike<T>
  /** Shown while waiting (default: nothing). */
  fallback?: ReactNode
  /** Shown when the promise is rejected (default: the nearest `ErrorView`, in this place). */
  error?: ReactNode | ((error: ViewError) => ReactNode)
  children: (value: T) => ReactNode
}

type Outcome = { ok: true; value: unknown } | { ok: false; error: ViewError }

interface Settling {
  outcome: Promise<Outcome>
  /** Whether there is something to show already. */
  done: boolean
}

const known = new WeakMap<PromiseLike<unknown>, Settling>()

/** Never rejects: React on the server has no error boundaries, so a failure has to be a value to be shown there. */
function settle(promise: PromiseLike<unknown>): Settling {
  const found = known.get(promise)
  if (found) return found
  const settling: Settling = {
    outcome: Promise.resolve(promise).then(
      (value) => ({ ok: true, value }),
      (error: unknown) => ({ ok: false, error: toShownError(error) }),
    ),
    done: false,
  }
  void settling.outcome.then(() => (settling.done = true))
  known.set(promise, settling)
  return settling
}

/**
 * Waits for a promise of the loader's data: shows `fallback`, then what `children` makes of the value, or `error`.
 *
 * When the loader runs again and brings a new promise, the old value stays until the new one is there; another page
 * starts with the fallback.
 */
export function Await<T>(props: AwaitProps<T>): ReactNode {
  const { scope } = useContext(LevelReactContext)
  const { value } = props
  if (!isPromise(value)) return props.children(value as T)
  return <Pending key={scope} {...props} promise={value} />
}

function Pending<T>({ promise, fallback, error, children }: AwaitProps<T> & { promise: PromiseLike<unknown> }): ReactNode {
  const [kept, keep] = useState(promise)
  const shown = settle(kept).done && !settle(promise).done ? kept : promise
  useEffect(() => {
    if (kept === promise) return
    let current = true
    void settle(promise).outcome.then(() => {
      if (current) startTransition(() => keep(promise))
    })
    return () => {
      current = false
    }
  }, [kept, promise])
  return (
    <Suspense fallback={fallback}>
      <Settled outcome={settle(shown).outcome} error={error} render={children as (value: unknown) => ReactNode} />
    </Suspense>
  )
}

interface SettledProps {
  outcome: Promise<Outcome>
  error: ReactNode | ((error: ViewError) => ReactNode)
  render: (value: unknown) => ReactNode
}

function Settled({ outcome, error, render }: SettledProps): ReactNode {
  const { ErrorView, params } = useContext(LevelReactContext)
  const result = use(outcome)
  if (result.ok) return render(result.value)
  if (error !== undefined) return typeof error === 'function' ? error(result.error) : error
  return ErrorView ? <ErrorView error={result.error} params={params} /> : null
}
