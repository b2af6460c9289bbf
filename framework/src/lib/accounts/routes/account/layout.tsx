import type { ReactNode } from 'react'
import { authService } from '../../../auth/config.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { type Permission, signedIn } from '../../../core/permission.ts'
import { Link } from '../../../view/link.tsx'
import { noStore } from '../../parts.tsx'

export const permission: Permission = signedIn

export const headers: typeof noStore = noStore

export function loader(context: Context): { secondFactor: boolean; passkeys: boolean } {
  const { secondFactor, passkeys } = context.service(authService)
  return { secondFactor, passkeys }
}

/** The account area: its pages, and the one that is open. */
export default function AccountLayout({ data, children }: ViewProps<typeof loader>): ReactNode {
  return (
    <div className="hc-account-area">
      <nav className="hc-account-nav" aria-label="Account">
        <ul>
          <Item to="/account">Profile</Item>
          <Item to="/account/email">E-mail</Item>
          <Item to="/account/password">Password</Item>
          {data.secondFactor && <Item to="/account/second-factor">Second factor</Item>}
          {data.passkeys && <Item to="/account/passkeys">Passkeys</Item>}
          <Item to="/account/sessions">Devices</Item>
        </ul>
      </nav>
      {children}
    </div>
  )
}

function Item({ to, children }: { to: string; children: ReactNode }): ReactNode {
  return (
    <li>
      <Link href={to}>{children}</Link>
    </li>
  )
}
