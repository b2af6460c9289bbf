import { addTransitionType, startTransition } from 'react'
import { NAVIGATION_TRANSITION, type ViewModule } from '../view/page.tsx'
import type { PagePayload, Payload } from '../view/payload.ts'
import { IDLE, type NavigateOptions, type Navigation, type Router, type SubmitOptions } from '../view/router.ts'
import { fetchPage, ForeignAnswer } from './fetch-page.ts'
import { announce, focusPage } from './focus.ts'
import { entryKey, entryState, newKey, restorePosition, savePosition, scrollToHash } from './history-entry.ts'
import { isOwn, pathOf } from './links.ts'
import { importViews } from './modules.ts'
import { PrefetchCache } from './prefetch.ts'
import { withQuery, toBody } from './submission.ts'

/** A page with all that rendering it takes. */
export interface Shown {
  page: PagePayload
  views: ViewModule[]
  /** What happens in the moment it appears; the first page is there already. */
  arrival: Arrival | undefined
}

export interface Arrival {
  /** Before effects of the page's own run: makes the address its own. */
  enter(): void
  /** When it stands, and before it is painted: scroll position, focus, announcement. */
  settle(): void
}

/** The component that shows what the router decides. */
export interface Stage {
  show(shown: Shown): void
  setNavigation(navigation: Navigation): void
}

interface Visit extends NavigateOptions {
  url: URL
  /** The history entry to show the page in; a new one without. */
  key?: string | undefined
  /** Came from the browser's back or forward: the scroll position of then comes back. */
  popped?: boolean
  /** The same page again: nothing moves. */
  refresh?: boolean
  form?: FormData | undefined
  body?: BodyInit | undefined
}

interface Found {
  page: PagePayload
  views: ViewModule[]
  url: URL
  /** Whether a redirect led to a part of the page: its location had a hash. */
  isPart: boolean
}

const MAX_REDIRECTS = 20

/** Thrown where the browser has to load a URL as a document. */
class Departure extends Error {
  readonly url: URL

  constructor(url: URL) {
    super('Not for the router.')
    this.url = url
  }
}

/** Navigates: one visit at a time, the newest wins. */
export class BrowserRouter implements Router {
  /** The history entry on screen. */
  key: string
  readonly #stage: Stage
  readonly #prefetched = new PrefetchCache()
  #shown: Shown
  #path: string
  #visit: AbortController | undefined
  /** Ends the stream of the page on screen, once another one has taken its place. */
  #stream: AbortController | undefined

  constructor(stage: Stage, shown: Shown) {
    this.#stage = stage
    this.#shown = shown
    this.#path = pathOf(location)
    this.key = entryKey() ?? newKey()
    history.replaceState(entryState(this.key), '')
  }

  navigate = async (to: string, options: NavigateOptions = {}): Promise<void> => {
    const url = new URL(to, location.href)
    if (!isOwn(url)) return this.#leave(url, options.replace)
    if (this.isHere(url)) return this.#jump(url, options)
    await this.#start({ ...options, url, key: options.replace || pathOf(url) === this.#path ? this.key : undefined })
  }

  submit = async (form: FormData, { method, action, encType, ...options }: SubmitOptions): Promise<void> => {
    const url = new URL(action, location.href)
    if (method === 'get') return await this.navigate(withQuery(url, form).href, options)
    await this.#start({ ...options, url, form, body: toBody(form, encType), key: options.replace ? this.key : undefined })
  }

  revalidate = async (): Promise<void> => {
    // A page on its way brings fresh data anyway.
    if (!this.#visit) await this.#start({ url: new URL(location.href), key: this.key, refresh: true, keepScroll: true })
  }

  prefetch = (to: string): void => {
    const url = new URL(to, location.href)
    if (isOwn(url) && pathOf(url) !== this.#path) this.#prefetched.add(url)
  }

  /** Whether a URL names a place on the page that is on screen. */
  isHere(url: URL): boolean {
    return url.href.includes('#') && pathOf(url) === this.#path
  }

  /** Follows the browser, which has moved to another history entry. */
  follow(state: unknown): void {
    const key = entryKey(state)
    // The browser made this entry for a hash link and scrolls by itself; the old position was kept at the click.
    if (key === undefined) history.replaceState(entryState(), '')
    else savePosition(this.key)
    const url = new URL(location.href)
    if (this.#visit || pathOf(url) !== this.#path) {
      void this.#start({ url, key: entryKey(), popped: true })
      return
    }
    this.key = entryKey()!
    if (key !== undefined && !restorePosition(key)) scrollToHash(url.hash)
  }

  /** Forgets a visit under way. */
  stop(): void {
    this.#visit?.abort()
    this.#visit = undefined
    this.#stage.setNavigation(IDLE)
  }

  #jump(url: URL, { replace, keepScroll }: NavigateOptions): void {
    savePosition(this.key)
    if (!replace) this.key = newKey()
    history[replace ? 'replaceState' : 'pushState'](entryState(this.key), '', url)
    if (!keepScroll) scrollToHash(url.hash)
  }

  async #start(visit: Visit): Promise<void> {
    this.#visit?.abort()
    const controller = new AbortController()
    this.#visit = controller
    this.#stage.setNavigation({ state: visit.body ? 'submitting' : 'loading', to: pathOf(visit.url), form: visit.form })
    if (visit.body) this.#prefetched.clear()
    try {
      const found = await this.#load(visit, controller.signal)
      if (!controller.signal.aborted) await this.#show(visit, found, controller)
    } catch (error) {
      if (controller.signal.aborted) return
      await this.#fail(visit, error, controller)
    }
  }

  /** Fetches the page, following redirects, and imports its modules. */
  async #load(visit: Visit, signal: AbortSignal): Promise<Found> {
    let { url, body } = visit
    let isPart = false
    // What an action did may change any page, and only a page fetched now shows its messages.
    const isFresh = visit.refresh || body !== undefined
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      try {
        const payload = await this.#fetch(url, body, signal, isFresh)
        signal.throwIfAborted()
        if ('redirect' in payload) {
          const target = new URL(payload.redirect, url)
          isPart = target.hash !== ''
          target.hash ||= url.hash
          url = target
          body = undefined
          if (payload.document || payload.build !== this.#shown.page.build || !isOwn(url)) throw new Departure(url)
          continue
        }
        // A path without a route may still be a file of `public/`.
        const isUnknown = payload.route === '' && payload.status === 404 && !body
        // Another document cannot take the place of the one that stands.
        const isOtherDocument = payload.modules[0] !== this.#shown.page.modules[0]
        if (isUnknown || isOtherDocument || payload.build !== this.#shown.page.build) throw new Departure(url)
        return { page: payload, views: await importViews(payload.modules), url, isPart }
      } catch (error) {
        if (body !== undefined || error instanceof Departure) throw error
        throw new Departure(error instanceof ForeignAnswer && error.response.redirected ? new URL(error.response.url) : url)
      }
    }
    throw new Departure(url)
  }

  async #fetch(url: URL, body: BodyInit | undefined, signal: AbortSignal, refresh = false): Promise<Payload> {
    if (body !== undefined) return await fetchPage(url, { method: 'POST', body, signal })
    const ahead = refresh ? undefined : this.#prefetched.take(url)
    return await (ahead?.catch(() => fetchPage(url, { signal })) ?? fetchPage(url, { signal }))
  }

  async #show(visit: Visit, { page, views, url, isPart }: Found, controller: AbortController): Promise<void> {
    const isSamePath = pathOf(url) === this.#path
    const key = visit.key ?? (isSamePath ? this.key : undefined)
    const stays = visit.keepScroll || (visit.form !== undefined && isSamePath && !isPart)
    const before = document.activeElement
    const { promise, resolve } = Promise.withResolvers<void>()
    controller.signal.addEventListener('abort', () => resolve())
    if (visit.refresh) {
      const { actionData, messages = [] } = this.#shown.page
      Object.assign(page, { actionData, messages: messages.concat(page.messages ?? []) })
    }
    if (!visit.popped) savePosition(this.key)
    const arrival: Arrival = {
      enter: () => {
        if (controller.signal.aborted) return
        this.key = key ?? newKey()
        history[key === undefined ? 'pushState' : 'replaceState'](entryState(this.key), '', url)
        this.#path = pathOf(url)
        this.#shown = shown
        this.#visit = undefined
        this.#stream?.abort()
        this.#stream = controller
      },
      settle: () => {
        if (controller.signal.aborted) return
        if (visit.popped) void (restorePosition(this.key) || scrollToHash(url.hash))
        else if (!stays) scrollToHash(url.hash)
        if (!stays) {
          focusPage(url.hash, before)
          announce(document.title)
        }
        resolve()
      },
    }
    const shown: Shown = { page, views, arrival }
    startTransition(() => {
      if (!visit.refresh && visit.transition !== false && !prefersStillness()) addTransitionType(NAVIGATION_TRANSITION)
      this.#stage.show(shown)
      this.#stage.setNavigation(IDLE)
    })
    await promise
  }

  async #fail(visit: Visit, error: unknown, controller: AbortController): Promise<void> {
    if (error instanceof Departure) return this.#leave(error.url, visit.popped || visit.replace)
    // Sending the form again might do the thing twice, so a failed one is told, not repeated.
    const answer = error instanceof ForeignAnswer ? error.response : undefined
    if (answer?.ok) return this.#leave(answer.redirected ? new URL(answer.url) : visit.url)
    const { page, views } = this.#shown
    const level = views.findLastIndex((view) => view.ErrorView)
    if (level < 0) return this.#leave(visit.url)
    const status = answer?.status ?? 503
    const value = {
      status,
      message: answer?.statusText || 'The server could not be reached.',
      id: answer?.headers.get('x-request-id') ?? '',
    }
    await this.#show(
      { ...visit, key: this.key },
      { page: { ...page, status, error: { level, value } }, views, url: new URL(location.href), isPart: false },
      controller,
    )
  }

  /** Lets the browser load a URL as a document. If that is a download, this page stays. */
  #leave(url: URL, replace = false): void {
    this.stop()
    // A place that is code would run with the page's rights.
    if (url.protocol === 'javascript:') return
    if (pathOf(url) === pathOf(location) && url.origin === location.origin) {
      // Assigning a URL that differs in its hash alone would load nothing.
      history.replaceState(history.state, '', url)
      location.reload()
    } else location[replace ? 'replace' : 'assign'](url)
  }
}

function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
