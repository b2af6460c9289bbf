/** Sending the browser to a provider. */
import type { ReactNode } from 'react'
import type { Context } from '../core/context.ts'
import { redirect } from '../core/results.ts'
import type { Head } from '../routing/types.ts'
import { accountHead, AccountPage } from './parts.tsx'

/** What the page has to show that leads on to a provider. */
export interface Departure {
  goTo: string
}

/**
 * Answers an action that leads to a provider. Browsers hold a form to the policy's `form-action` through every redirect, and where a provider
 * redirects to is its own business; so without a script a page leads on.
 */
export function departTo({ isData }: Context, { href }: URL): Departure {
  if (isData) redirect(href)
  return { goTo: href }
}

export function departureHead(title: string, { goTo }: Departure): Head {
  return { ...accountHead(title), meta: [{ httpEquiv: 'refresh', content: `0; url=${goTo}` }] }
}

export function DeparturePage({ label, goTo }: Departure & { label: string }): ReactNode {
  return (
    <AccountPage title={`On the way to ${label}`}>
      <p className="hc-account-links">
        <a href={goTo}>Go on</a>
      </p>
    </AccountPage>
  )
}
