/** Which clicks the router takes, and which it leaves to the browser. */

/**
 * The link a click follows, if that leads to another page of this site in this window. Everything else is the
 * browser's: modified clicks, other origins and targets, downloads, `rel="external"`, `data-reload`.
 */
export function followedLink(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = linkAt(event.target)
  if (!link || link.hasAttribute('download') || link.relList.contains('external') || link.closest('[data-reload]')) return undefined
  return link.target === '' || link.target === '_self' ? link : undefined
}

/** The link around an event's target, if it leads to a page of this site. */
export function linkAt(target: EventTarget | null): HTMLAnchorElement | undefined {
  const link = target instanceof Element ? target.closest('a[href]') : null
  return link instanceof HTMLAnchorElement && isOwn(link) ? link : undefined
}

/** Whether the router may show a URL; paths under `/_hotclub/` are no pages. */
export function isOwn(url: { origin: string; pathname: string }): boolean {
  return url.origin === location.origin && !url.pathname.startsWith('/_hotclub/')
}

/** Path and query: what makes two URLs the same page. */
export function pathOf(url: { pathname: string; search: string }): string {
  return url.pathname + url.search
}
