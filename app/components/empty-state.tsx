import type { ReactNode } from 'react'

/** What to show where a list would be: why it is empty, and the next step. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="empty-state">
      <svg viewBox="0 0 96 64" width="96" height="64" aria-hidden="true">
        <path className="empty-reel" d="M8 12h80v40H8z" />
        <path className="empty-holes" d="M12 18h76M12 46h76" />
        <circle className="empty-moon" cx="48" cy="32" r="9" />
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  )
}
