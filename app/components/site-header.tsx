import { Link, usePage } from 'hotclub/client'
import { AccountMenu, type Member } from './account-menu.tsx'
import { SearchBox } from './search-box.tsx'

const sections = [
  { to: '/films', label: 'Films' },
  { to: '/people', label: 'Directors' },
  { to: '/distributors', label: 'Distributors' },
  { to: '/lists', label: 'Lists' },
] as const

export function SiteHeader({ member }: { member: Member }) {
  const { route } = usePage()
  return (
    <header className="site-header page">
      <Link to="/" className="wordmark">
        Matinée
      </Link>
      <nav className="site-nav" aria-label="Main">
        <ul>
          {sections.map(({ to, label }) => (
            <li key={to}>
              {/* A page inside a section marks it too, as the place one is in. */}
              <Link to={to} aria-current={route === to ? 'page' : route.startsWith(`${to}/`) ? 'true' : undefined}>
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <SearchBox id="site-search" />
      <AccountMenu member={member} />
    </header>
  )
}
