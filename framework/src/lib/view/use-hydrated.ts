import { useSyncExternalStore } from 'react'

// It never changes; this only lets the first render in the browser be the server's.
const never = (): (() => void) => () => undefined
const inBrowser = (): boolean => true
const onServer = (): boolean => false

/** Whether a script runs here: `false` on the server and while the browser takes over what the server rendered, then `true`. */
export function useHydrated(): boolean {
  return useSyncExternalStore(never, inBrowser, onServer)
}
