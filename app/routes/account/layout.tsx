import { signedIn } from 'hotclub/auth'
import { Link } from 'hotclub/client'
import type { ReactNode } from 'react'

export const permission = signedIn

/** What is here is nobody else's business: no cache keeps it, the browser's own included. */
export const headers = () => ({ 'cache-control': 'no-store' })

const pages = [
  { href: '/account', label: 'Profile' },
  { href: '/account/lists', label: 'Your lists' },
  { href: '/account/email', label: 'E-mail' },
  { href: '/account/password', label: 'Password' },
  { href: '/account/second-factor', label: 'Second factor' },
  { href: '/account/passkeys', label: 'Passkeys' },
  { href: '/account/sessions', label: 'Devices' },
]

/** In place of Hotclub's own layout: Matinée adds the lists, and has the pages at the side. */
export default function AccountLayout({ children }: { children?: ReactNode }) {
  return (
    <div className="page section-top account-area">
      <nav className="account-nav" aria-label="Account">
        <ul>
          {pages.map(({ href, label }) => (
            <li key={href}>
              <Link href={href}>{label}</Link>
            </li>
          ))}
        </ul>
      </nav>
      <div>{children}</div>
    </div>
  )
}
