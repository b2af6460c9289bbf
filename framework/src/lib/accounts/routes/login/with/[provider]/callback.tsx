import type { ReactNode } from 'react'
import { linkIdentity, userOfIdentity } from '../../../../../auth/oidc/identities.ts'
import { providerNamed, returnFrom } from '../../../../../auth/oidc/visit.ts'
import { codePath } from '../../../../../auth/paths.ts'
import { beginLogIn } from '../../../../../auth/pending-login.ts'
import type { ViewProps } from '../../../../../core/args.ts'
import type { Context } from '../../../../../core/context.ts'
import { anyone, type Permission } from '../../../../../core/permission.ts'
import { notFound, redirect } from '../../../../../core/results.ts'
import type { RouteSecurity } from '../../../../../core/security.ts'
import type { Head } from '../../../../../routing/types.ts'
import { Link } from '../../../../../view/link.tsx'
import { accountHead, AccountPage, noStore, secretAddress } from '../../../../parts.tsx'
import { providerWords } from '../../../../provider-words.ts'

export const permission: Permission = anyone

export const security: RouteSecurity = secretAddress

export const headers: typeof noStore = noStore

/** Where a provider sends the browser back to. Whoever comes here without having been sent there is told so, and no more. */
export async function loader(context: Context<{ provider: string }>): Promise<{ title: string; error: string }> {
  const provider = providerNamed(context, context.params.provider) ?? notFound()
  const refuse = (reason: Parameters<typeof providerWords>[0]): { title: string; error: string } => ({
    title: `Sign in with ${provider.label}`,
    error: providerWords(reason, provider.label),
  })
  const back = await returnFrom(context, provider)
  if (typeof back === 'string') return refuse(back)
  if (back.linkTo !== undefined) {
    const user = await context.user
    if (user?.id !== back.linkTo) return refuse('failed')
    if (!(await linkIdentity(context, user, provider, back.claims))) return refuse('linked')
    context.messages.success(`You can sign in with ${provider.label} now.`)
    return redirect(back.next)
  }
  const found = await userOfIdentity(context, provider, back.claims)
  if (!found.ok) return refuse(found.reason)
  const isIn = await beginLogIn(context, found.user, { method: provider.name })
  return redirect(isIn ? back.next : codePath(back.next))
}

export const head = ({ data }: ViewProps<typeof loader>): Head => accountHead(data.title)

export default function ProviderCallbackPage({ data }: ViewProps<typeof loader>): ReactNode {
  return (
    <AccountPage title={data.title} lead={data.error}>
      <p className="hc-account-links">
        <Link to="/login">Back to sign in</Link>
      </p>
    </AccountPage>
  )
}
