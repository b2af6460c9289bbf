import type { DevData } from './dev-server.ts'

/** Whether the app's database is ready, and what keeps it from that. */
export interface DataState {
  /** Resolves when the app may use the database; rejects with the developer's mistake while it may not. */
  ready(): Promise<void>
  /** Follows an edit of the schema. Where that fails, an app that was running stays as it is. */
  follow(): Promise<void>
}

/** Begins to prepare the database. */
export function createDataState(data: DevData | undefined): DataState {
  let isReady = false
  const settle = (work: Promise<void>): Promise<void> => {
    const settled = work.then(() => {
      isReady = true
    })
    // Whoever needs the database gets the failure.
    settled.catch(() => undefined)
    return settled
  }
  let current = settle(data?.prepare() ?? Promise.resolve())
  return {
    ready: () => current,
    async follow() {
      await current.catch(() => undefined)
      const next = settle(data?.follow() ?? Promise.resolve())
      if (!isReady) current = next
      await next
      current = next
    },
  }
}
