import type { LoaderArgs, ViewProps } from 'hotclub'
import { signedIn } from 'hotclub/auth'
import { Link } from 'hotclub/client'
import auth from '../../auth.ts'

export const permission = signedIn

/** What is here is nobody else's business: no cache keeps it, the browser's own included. */
export const headers = () => ({ 'cache-control': 'no-store' })

export function loader(_: LoaderArgs<'/account/layout'>) {
  return { hasProviders: auth.providers.length > 0 }
}

/** In place of Hotclub's own layout: Matinée adds the lists, and has the pages at the side. */
export default function AccountLayout({ data, children }: ViewProps<typeof loader>) {
  return (
    <div className="page section-top account-area">
      <nav className="account-nav" aria-label="Account">
        <ul>
          {pages.map(
            ({ href, label }) =>
              (href !== '/account/providers' || data.hasProviders) && (
                <li key={href}>
                  <Link href={href}>{label}</Link>
                </li>
              ),
          )}
        </ul>
      </nav>
      <div>{children}</div>
    </div>
  )
}

const pages = [
  { href: '/account', label: 'Profile' },
  { href: '/account/lists', label: 'Your lists' },
  { href: '/account/email', label: 'E-mail' },
  { href: '/account/password', label: 'Password' },
  { href: '/account/second-factor', label: 'Second factor' },
  { href: '/account/passkeys', label: 'Passkeys' },
  { href: '/account/providers', label: 'Other sign-ins' },
  { href: '/account/sessions', label: 'Devices' },
]
