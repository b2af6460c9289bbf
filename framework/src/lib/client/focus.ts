import { hashTarget } from './history-entry.ts'

/**
 * Moves focus to where the new page begins, as a document load would: what the hash names, the page's own autofocus,
 * its heading, its main part.
 *
 * @param before What had focus on the page that was left
 */
export function focusPage(hash: string, before: Element | null): void {
  const active = document.activeElement
  // The new page has focused something itself.
  if (active && active !== before && active !== document.body) return
  const target =
    hashTarget(hash) ??
    ['[autofocus]', 'main h1', 'h1', 'main'].reduce<HTMLElement | null>((found, query) => found ?? document.querySelector(query), null) ??
    document.body
  if (target.tabIndex < 0 && !target.hasAttribute('tabindex')) {
    target.tabIndex = -1
    target.addEventListener('blur', () => target.removeAttribute('tabindex'), { once: true })
  }
  target.focus({ preventScroll: true })
}

let region: HTMLElement | undefined

/** Has screen readers say `text`. */
export function announce(text: string): void {
  if (!region) {
    region = document.createElement('div')
    region.role = 'status'
    region.ariaLive = 'polite'
    region.style.cssText = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap'
  }
  // Outside React's tree; a document that React had to render anew has lost it.
  if (!region.isConnected) document.body.append(region)
  region.textContent = text
}
