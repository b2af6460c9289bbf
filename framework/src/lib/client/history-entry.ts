/** Scroll positions by history entry, kept for the tab's lifetime. */
const STORAGE_KEY = 'hotclub:scroll'

type Position = [left: number, top: number]

let positions: Record<string, Position> = {}

/** The key of a history entry; entries that this router did not make have none. */
export function entryKey(state: unknown = history.state): string | undefined {
  return (state as { hotclub?: string } | null)?.hotclub
}

/** A state for a new history entry. */
export function entryState(key: string = newKey()): { hotclub: string } {
  return { hotclub: key }
}

export function newKey(): string {
  return Math.random().toString(36).slice(2)
}

/** Remembers where the page is scrolled to. */
export function savePosition(key: string): void {
  positions[key] = [scrollX, scrollY]
}

let growing: ResizeObserver | undefined

/** Scrolls to where the entry was left; `false` if that is not known. */
export function restorePosition(key: string): boolean {
  const position = positions[key]
  growing?.disconnect()
  if (!position) return false
  const [left, top] = position
  const reach = (): boolean => {
    scrollTo({ left, top, behavior: 'instant' })
    return scrollY + 1 > top
  }
  if (reach()) return true
  // A page that is still streaming gets there as it grows, unless the visitor moves first.
  let reached = scrollY
  growing = new ResizeObserver(() => {
    if (scrollY !== reached || reach()) growing?.disconnect()
    reached = scrollY
  })
  growing.observe(document.body)
  return true
}

/** Scrolls to the element a hash names, or to the top. */
export function scrollToHash(hash: string): void {
  growing?.disconnect()
  const target = hashTarget(hash)
  if (target) target.scrollIntoView({ behavior: 'instant' })
  else scrollTo({ left: 0, top: 0, behavior: 'instant' })
}

/** The element a hash names. */
export function hashTarget(hash: string): HTMLElement | null {
  const name = hash.slice(1)
  try {
    return document.getElementById(decodeURIComponent(name))
  } catch {
    return document.getElementById(name)
  }
}

export function loadPositions(): void {
  try {
    positions = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '{}') as Record<string, Position>
  } catch {
    // Storage may be switched off or full; scrolling then starts at the top.
  }
}

export function storePositions(): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(positions))
  } catch {
    // As above.
  }
}
