import type { ReactNode } from 'react'
import { formatCount } from '../lib/format.ts'

/** What a pagination adds to the link of each page. */
export interface PageLinkProps {
  children: ReactNode
  className?: string
  rel?: string
  'aria-label'?: string
  'aria-current'?: 'page'
}

export interface PaginationProps {
  page: number
  pages: number
  /** A link to a page that keeps everything else of the URL. */
  link: (page: number, props: PageLinkProps) => ReactNode
  /** Names the list for screen readers: `Films`. */
  label: string
}

/** Links to the pages around the current one, the first and the last. Nothing for a single page. */
export function Pagination({ page, pages, link, label }: PaginationProps) {
  if (pages <= 1) return null
  const step = (to: number, rel: string, children: string) => link(to, { rel, children, className: 'pagination-step' })
  return (
    <nav className="pagination" aria-label={`${label}: pages`}>
      {page > 1 ? step(page - 1, 'prev', 'Previous') : <span className="pagination-step">Previous</span>}
      <ol>
        {shownPages(page, pages).map((entry) =>
          typeof entry === 'string' ? (
            <li key={entry} className="pagination-gap" aria-hidden="true">
              …
            </li>
          ) : (
            <li key={entry} className={Math.abs(entry - page) > 1 && entry !== 1 && entry !== pages ? 'pagination-far' : undefined}>
              {link(entry, {
                children: formatCount(entry),
                'aria-label': `Page ${entry}`,
                ...(entry === page && { 'aria-current': 'page' as const }),
              })}
            </li>
          ),
        )}
      </ol>
      {page < pages ? step(page + 1, 'next', 'Next') : <span className="pagination-step">Next</span>}
    </nav>
  )
}

/** First, last, and two to each side of the current page; a string stands for a gap. */
export function shownPages(page: number, pages: number): Array<number | string> {
  const shown: Array<number | string> = []
  let last = 0
  for (let entry = 1; entry <= pages; entry++) {
    if (entry !== 1 && entry !== pages && Math.abs(entry - page) > 2) continue
    if (entry - last > 1) shown.push(`gap-${entry}`)
    shown.push(entry)
    last = entry
  }
  return shown
}
