/** What stands around every page: the models on the left, who is signed in above. */
import type { ReactNode } from 'react'
import { Link } from '../../view/link.tsx'
import { Messages } from '../../view/messages.tsx'
import { usePage } from '../../view/hooks.ts'
import type { NavGroup } from '../nav.ts'
import { Icon } from './icons.tsx'
import { listPath } from './paths.ts'

export interface FrameProps {
  site: string
  groups: NavGroup[]
  user: string
  children?: ReactNode
}

export function Frame({ site, groups, user, children }: FrameProps): ReactNode {
  return (
    <div className="ha-frame">
      <header className="ha-bar">
        {/* A drawer on phones, and open beside the page elsewhere; it needs no script. */}
        <input type="checkbox" id="ha-drawer" className="ha-drawer" />
        <label className="ha-burger" htmlFor="ha-drawer">
          <Icon name="menu" />
          <span className="ha-hidden">Show the models</span>
        </label>
        <Link href="/admin" className="ha-brand">
          {site}
        </Link>
        <nav className="ha-you" aria-label="You">
          <a href="/" className="ha-quiet">
            <Icon name="link" /> <span>View site</span>
          </a>
          <a href="/account" className="ha-quiet">
            <span className="ha-avatar" aria-hidden="true">
              {user.charAt(0).toUpperCase()}
            </span>
            <span>{user}</span>
          </a>
          <a href="/logout" className="ha-quiet" title="Sign out">
            <Icon name="out" />
            <span className="ha-hidden">Sign out</span>
          </a>
        </nav>
      </header>
      <nav className="ha-side" aria-label="Models">
        <Navigation groups={groups} />
      </nav>
      <label className="ha-shade" htmlFor="ha-drawer">
        <span className="ha-hidden">Hide the models</span>
      </label>
      <main id="main" className="ha-main" tabIndex={-1}>
        <div className="ha-messages">
          <Messages close="Close" />
        </div>
        {children}
      </main>
    </div>
  )
}

function Navigation({ groups }: { groups: NavGroup[] }): ReactNode {
  const { url } = usePage()
  const path = url.split('?', 1)[0]!
  return groups.map(({ title, items }) => (
    <section key={title} className="ha-group">
      {title !== '' && <h2>{title}</h2>}
      <ul>
        {items.map((item) => {
          const to = listPath(item.slug)
          const isHere = path === to || path.startsWith(`${to}/`)
          return (
            <li key={item.slug}>
              <Link href={to} aria-current={isHere ? 'page' : undefined}>
                {item.title}
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  ))
}
