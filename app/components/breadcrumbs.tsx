import type { ReactNode } from 'react'

/** The way here: links from the broadest to the nearest. The page itself is the heading below them. */
export function Breadcrumbs({ children }: { children: ReactNode[] | ReactNode }) {
  const links = Array.isArray(children) ? children : [children]
  return (
    <nav className="breadcrumbs" aria-label="Breadcrumb">
      <ol>
        {links.map((link, i) => (
          <li key={i}>{link}</li>
        ))}
      </ol>
    </nav>
  )
}
