import type { ReactNode } from 'react'
import { authService } from '../../../auth/config.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { type Permission, signedIn } from '../../../core/permission.ts'
import { Link } from '../../../view/link.tsx'
import { noStore } from '../../parts.tsx'

export const permission: Permission = signedIn

export const headers: typeof noStore = noStore

export function loader(context: Context): { secondFactor: boolean; passkeys: boolean; providers: boolean } {
  const { secondFactor, passkeys, providers } = context.service(authService)
  return { secondFactor, passkeys, providers: providers.length > 0 }
}

/** The account area: its pages, and the one that is open. */
export default function AccountLayout({ data, children }: ViewProps<typeof loader>): ReactNode {
  return (
    <div className="hc-account-area">
      <nav className="hc-account-nav" aria-label="Account">
        <ul>
          <Item href="/account">Profile</Item>
          <Item href="/account/email">E-mail</Item>
          <Item href="/account/password">Password</Item>
          {data.secondFactor && <Item href="/account/second-factor">Second factor</Item>}
          {data.passkeys && <Item href="/account/passkeys">Passkeys</Item>}
          <Item href="/account/sessions">Devices</Item>
        </ul>
      </nav>
      {children}
    </div>
  )
}

function Item({ href, children }: { href: string; children: ReactNode }): ReactNode {
  return (
    <li>
      <Link href={href}>{children}</Link>
    </li>
  )
}
