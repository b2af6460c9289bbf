import type { BrowserRouter } from './browser-router.ts'
import { loadPositions, restorePosition, savePosition, storePositions } from './history-entry.ts'
import { followedLink, linkAt } from './links.ts'
import { readSubmission } from './submission.ts'

const HOVER_DELAY = 65

/**
 * Connects the router with what visitors do. Clicks and submissions are heard on `window`, after all of React's own
 * handlers, so that an app's `preventDefault()` is respected.
 */
export function listen(router: BrowserRouter): void {
  addEventListener('click', (event) => onClick(router, event))
  addEventListener('submit', submitListener(router))
  addEventListener('popstate', (event) => router.follow(event.state))
  listenForIntent(router)
  keepPositions(router)
}

function onClick(router: BrowserRouter, event: MouseEvent): void {
  const link = followedLink(event)
  if (!link) return
  if (router.isHere(new URL(link.href))) return savePosition(router.key)
  event.preventDefault()
  void router.navigate(link.href, optionsOf(link))
}

function submitListener(router: BrowserRouter): (event: SubmitEvent) => void {
  let busy: EventTarget | null = null
  return (event) => {
    const form = event.target
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !('form' in form.dataset)) return
    const submission = readSubmission(form, event.submitter)
    if (!submission) return
    event.preventDefault()
    if (busy === form) return
    const done = router.submit(submission.form, { ...submission, ...optionsOf(form) })
    if (submission.method === 'get') return
    busy = form
    void done.finally(() => {
      if (busy === form) busy = null
    })
  }
}

function optionsOf({ dataset }: HTMLElement): { replace: boolean; keepScroll: boolean; transition: boolean } {
  return { replace: 'replace' in dataset, keepScroll: 'keepScroll' in dataset, transition: dataset['transition'] !== 'none' }
}

/** Fetches the page of a `<Link>` ahead when the pointer rests on it, when it gets focus or is touched. */
function listenForIntent(router: BrowserRouter): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const fetchAhead = (event: Event, delay: number): void => {
    clearTimeout(timer)
    const link = linkAt(event.target)
    if (link && 'prefetch' in link.dataset) timer = setTimeout(() => router.prefetch(link.href), delay)
  }
  addEventListener('mouseover', (event) => fetchAhead(event, HOVER_DELAY))
  addEventListener('focusin', (event) => fetchAhead(event, 0))
  addEventListener('touchstart', (event) => fetchAhead(event, 0), { passive: true })
  // The click's own navigation takes what is there; what comes later would be fetched in vain.
  addEventListener('click', () => clearTimeout(timer))
}

/** Keeps scroll positions across reloads and documents. While no script runs, the browser restores by itself. */
function keepPositions(router: BrowserRouter): void {
  loadPositions()
  history.scrollRestoration = 'manual'
  restorePosition(router.key)
  addEventListener('pagehide', () => {
    savePosition(router.key)
    storePositions()
    history.scrollRestoration = 'auto'
  })
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    history.scrollRestoration = 'manual'
    router.stop()
  })
}
