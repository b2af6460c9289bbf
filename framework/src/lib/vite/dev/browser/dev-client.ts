/**
 * The browser's side of `hotclub dev`. Keeps the data of the page in step with the server's files, and shows errors.
 * Runs in every page, also in those that ship no script of their own.
 */
import { ERROR_HEADER } from '../events.ts'
import { hideOverlay, showOverlay, wireReport } from './overlay.ts'

/** What Vite gives a module as `import.meta.hot`. */
interface Hot {
  on(event: string, listener: (data: never) => unknown): void
  send(event: string, data?: unknown): void
}

interface Revalidating {
  revalidate(): Promise<void>
}

declare global {
  interface Window {
    /** Of Fast Refresh: waits for these before it renders the new components. */
    __registerBeforePerformReactRefresh?: (callback: () => unknown) => void
  }
}

/**
 * Joins a page that hydrates to the dev server.
 *
 * @param router The page's router, once there is one
 */
export function connectPage(hot: Hot, router: Promise<Revalidating>): void {
  let data: Promise<void> | undefined
  let isReady = false
  void router.then(() => (isReady = true))
  const release = holdFailedRequests()

  hot.on('hotclub:changed', release)
  hot.on('hotclub:reload-data', async () => {
    if (!isReady || isGone()) return location.reload()
    hideOverlay()
    // Not waited for: Vite hands on its messages one after another, and this one may have to wait for the next.
    data = (await router).revalidate()
  })
  // A view that shows a new field must not be tried with the old data.
  window.__registerBeforePerformReactRefresh?.(() => data?.catch(() => undefined))
  hot.on('vite:beforeUpdate', () => {
    if (isGone()) location.reload()
    hideOverlay()
  })
  connectErrors(hot)
}

/** Joins a page without hydration, or an error's own page: every change loads it anew. */
export function connectPlain(hot: Hot): void {
  // Reloading the answer to a form would send the form again; a hash makes the same address no navigation.
  const reload = (): void => (location.hash === '' ? location.replace(location.href) : location.reload())
  hot.on('hotclub:changed', reload)
  const seen = document.body.dataset['hotclubGeneration']
  if (seen === undefined) return connectErrors(hot)
  wireReport(document)
  // The file may have been mended before this page could listen.
  hot.on('hotclub:generation', ({ generation }: { generation: number }) => {
    if (String(generation) !== seen) reload()
  })
  hot.send('hotclub:generation')
}

/**
 * Lets a page's data request that fails on a mistake in the app wait until the mistake is mended, then sends it again: the
 * last good page stays on screen, with its state.
 *
 * @returns What sends the waiting requests again
 */
function holdFailedRequests(): () => void {
  const waiting = new Set<() => void>()
  const send = window.fetch
  window.fetch = async (input, init) => {
    const response = await send(input, init)
    // A page fetched ahead may fail unseen; only a prefetch says that it is in no hurry.
    const isSafe = (init?.method ?? 'GET') === 'GET' && init?.priority !== 'low' && !(input instanceof Request)
    if (!isSafe || !response.headers.has(ERROR_HEADER)) return response
    return await new Promise((resolve, reject) => {
      const again = (): void => {
        waiting.delete(again)
        hideOverlay()
        resolve(window.fetch(input, init))
      }
      waiting.add(again)
      init?.signal?.addEventListener('abort', () => {
        waiting.delete(again)
        reject(init.signal?.reason)
      })
    })
  }
  return () => {
    for (const again of waiting) again()
  }
}

/** Shows what goes wrong after the page is up: in modules, on the server, and in the page's own code. */
function connectErrors(hot: Hot): void {
  waitWithoutWorker(hot)
  hot.on('hotclub:error', ({ markup }: { markup: string }) => showOverlay(markup))
  hot.on('vite:error', ({ err }: { err: unknown }) => hot.send('hotclub:describe', err))
  addEventListener('error', ({ error }) => report(hot, error))
  addEventListener('unhandledrejection', ({ reason }) => report(hot, reason))
}

/**
 * While the server is away, Vite's client waits for it in a worker made of a `blob:`, which the page's policy does not allow; where there
 * are no such workers it waits in the page. That is loaded anew in either case.
 */
function waitWithoutWorker(hot: Hot): void {
  hot.on('vite:ws:disconnect', () => void Reflect.deleteProperty(window, 'SharedWorker'))
}

function report(hot: Hot, error: unknown): void {
  if (!(error instanceof Error)) return
  // A module that could not be fetched is reported by the server, which knows why.
  if (/dynamically imported module|error loading dynamically/i.test(error.message)) return
  hot.send('hotclub:describe', { name: error.name, message: error.message, stack: error.stack, url: location.pathname + location.search })
}

/** React empties the document when a root fails that has no error view; only a fresh start helps then. */
function isGone(): boolean {
  return document.body === null
}
