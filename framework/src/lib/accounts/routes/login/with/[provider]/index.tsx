import type { ReactNode } from 'react'
import { leaveFor, providerNamed } from '../../../../../auth/oidc/visit.ts'
import type { ViewProps } from '../../../../../core/args.ts'
import type { Context } from '../../../../../core/context.ts'
import { anyone, type Permission } from '../../../../../core/permission.ts'
import { type Invalid, invalid, notFound } from '../../../../../core/results.ts'
import { safeNext } from '../../../../../core/safe-next.ts'
import type { Head } from '../../../../../routing/types.ts'
import { Form } from '../../../../../view/form.tsx'
import { Link } from '../../../../../view/link.tsx'
import { type Departure, departureHead, DeparturePage, departTo } from '../../../../departure.tsx'
import { accountHead, AccountPage, noStore } from '../../../../parts.tsx'
import { providerWords } from '../../../../provider-words.ts'

export const permission: Permission = anyone

export const headers: typeof noStore = noStore

type Props = ViewProps<typeof loader, typeof action>

export function loader(context: Context<{ provider: string }>): { label: string } {
  return { label: (providerNamed(context, context.params.provider) ?? notFound()).label }
}

/** Takes a POST, as any sign-in: a link that signs in could be anybody's. */
export async function action(context: Context<{ provider: string }>): Promise<Departure | Invalid<{ error: string }>> {
  const provider = providerNamed(context, context.params.provider) ?? notFound()
  const way = await leaveFor(context, provider, { next: safeNext(context.url.searchParams.get('next')) })
  return way instanceof URL ? departTo(context, way) : invalid({ error: providerWords(way, provider.label) }, 422)
}

export const head = ({ data, actionData }: Props): Head =>
  actionData && 'goTo' in actionData ? departureHead(titleOf(data), actionData) : accountHead(titleOf(data))

export default function ProviderPage({ data, actionData }: Props): ReactNode {
  if (actionData && 'goTo' in actionData) return <DeparturePage label={data.label} goTo={actionData.goTo} />
  return (
    <AccountPage title={titleOf(data)} lead={`You go to ${data.label}, and come back signed in.`}>
      <Form method="post" className="hc-form">
        {actionData && (
          <p className="form-summary" role="alert">
            {actionData.error}
          </p>
        )}
        <button className="hc-button">Go on to {data.label}</button>
      </Form>
      <p className="hc-account-links">
        <Link to="/login">Sign in another way</Link>
      </p>
    </AccountPage>
  )
}

function titleOf({ label }: { label: string }): string {
  return `Sign in with ${label}`
}
