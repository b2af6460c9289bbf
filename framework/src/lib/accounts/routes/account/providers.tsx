import type { ReactNode } from 'react'
import { z } from 'zod'
import { authService } from '../../../auth/config.ts'
import { identitiesOf, unlinkIdentity } from '../../../auth/oidc/identities.ts'
import { leaveFor, providerNamed } from '../../../auth/oidc/visit.ts'
import { confirmed, requireUser } from '../../../auth/require.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import type { Permission } from '../../../core/permission.ts'
import { notFound, redirect } from '../../../core/results.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import type { Head } from '../../../routing/types.ts'
import { type Departure, departureHead, DeparturePage, departTo } from '../../departure.tsx'
import { type AccountForm, accountHead, AccountPage } from '../../parts.tsx'
import { providerWords } from '../../provider-words.ts'

export const permission: Permission = confirmed

interface Provider {
  name: string
  label: string
}

interface Linked extends Provider {
  subject: string
  email: string
}

type Props = ViewProps<typeof loader, { link: () => Departure & { label: string } }>

export async function loader(context: Context): Promise<{ providers: Provider[]; linked: Linked[] }> {
  const providers = context.service(authService).providers.map(({ name, label }) => ({ name, label }))
  if (providers.length === 0) notFound()
  const { id } = await requireUser(context)
  const labelOf = (name: string): string => providers.find((provider) => provider.name === name)?.label ?? name
  const identities = await identitiesOf(context, id)
  return {
    providers,
    linked: identities.map(({ provider, subject, email }) => ({ name: provider, label: labelOf(provider), subject, email })),
  }
}

const hidden = z.string().max(255).meta({ widget: 'hidden' })

export const actions: { link: AccountForm<{ provider: string }>; unlink: AccountForm<{ provider: string; subject: string }> } = {
  link: formAction({
    schema: z.object({ provider: hidden }),
    permission: confirmed,
    async handle(context) {
      const provider = providerNamed(context, context.data.provider) ?? notFound()
      const way = await leaveFor(context, provider, { next: '/account/providers', linkTo: context.user.id })
      if (!(way instanceof URL)) return context.invalid({ '': providerWords(way, provider.label) })
      return { ...departTo(context, way), label: provider.label }
    },
  }),
  unlink: formAction({
    schema: z.object({ provider: hidden, subject: hidden }),
    permission: confirmed,
    async handle(context) {
      const result = await unlinkIdentity(context, context.user, context.data)
      if (result === 'last') return context.invalid({ '': 'This is the only way you sign in. Set a password first, or add another way.' })
      context.messages.success('You cannot sign in by it any more.')
      return redirect('/account/providers')
    },
  }),
}

const title = 'Other sign-ins'

export const head = ({ actionData }: Props): Head => (actionData ? departureHead(title, actionData) : accountHead(title))

export default function ProvidersPage({ data, actionData }: Props): ReactNode {
  if (actionData) return <DeparturePage {...actionData} />
  return (
    <AccountPage title={title} lead="Accounts elsewhere by which you sign in here.">
      <ul className="hc-account-list">
        {data.linked.map((linked) => (
          <LinkedItem key={`${linked.name} ${linked.subject}`} linked={linked} />
        ))}
        {data.providers.map((provider) => (
          <ProviderItem key={provider.name} provider={provider} />
        ))}
      </ul>
    </AccountPage>
  )
}

function LinkedItem({ linked: { name, label, subject, email } }: { linked: Linked }): ReactNode {
  const { Form, Field } = useForm<typeof actions.unlink>('unlink', { id: `${name} ${subject}`, values: { provider: name, subject } })
  return (
    <li>
      <div>
        <strong>{label}</strong>
        <p>{email === '' ? 'Linked' : email}</p>
      </div>
      <Form>
        <Field name="provider" />
        <Field name="subject" />
        <button className="hc-button" data-kind="quiet" aria-label={`Unlink ${label} ${email}`}>
          Unlink
        </button>
      </Form>
    </li>
  )
}

function ProviderItem({ provider: { name, label } }: { provider: Provider }): ReactNode {
  const { Form, Field } = useForm<typeof actions.link>('link', { id: name, values: { provider: name } })
  return (
    <li>
      <strong>{label}</strong>
      <Form>
        <Field name="provider" />
        <button className="hc-button" data-kind="quiet" aria-label={`Link an account at ${label}`}>
          Link an account
        </button>
      </Form>
    </li>
  )
}
