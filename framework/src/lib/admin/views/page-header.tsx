import type { ReactNode } from 'react'
import { Link } from '../../view/link.tsx'
import { Icon } from './icons.tsx'

export interface Crumb {
  href: string
  label: string
}

/** The heading of a page, with the way back to it and what can be done here. */
export function PageHeader({
  title,
  detail,
  crumbs = [],
  children,
}: {
  title: string
  detail?: ReactNode
  crumbs?: Crumb[]
  children?: ReactNode
}): ReactNode {
  return (
    <div className="ha-header">
      <div className="ha-heading">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className="ha-crumbs">
            <ol>
              {crumbs.map(({ href, label }) => (
                <li key={href}>
                  <Link href={href}>{label}</Link> <Icon name="right" />
                </li>
              ))}
            </ol>
          </nav>
        )}
        <h1>
          {title} {detail !== undefined && <span className="ha-detail">{detail}</span>}
        </h1>
      </div>
      {children !== undefined && <div className="ha-actions">{children}</div>}
    </div>
  )
}
