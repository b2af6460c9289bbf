import { LRUCache } from 'lru-cache'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'

/** Characters of markup that a process keeps. */
const size = 8_000_000

/** Gives the markup of a part of a page: kept, or rendered now. */
export type RenderFragment = (key: string, seconds: number, children: () => ReactNode) => string

/** Keeps the markup of parts in the memory of the process: views render at once, so there is no asking anybody else. */
export function createFragments(): RenderFragment {
  const kept = new LRUCache<string, string>({ maxSize: size, sizeCalculation: (html, key) => html.length + key.length + 1 })
  return (key, seconds, children) => {
    let html = kept.get(key)
    if (html === undefined) kept.set(key, (html = renderToString(children())), { ttl: seconds * 1_000 })
    return html
  }
}
