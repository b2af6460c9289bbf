import type { ReactNode } from 'react'
import { z } from 'zod'
import { askToChangeEmail } from '../../../../auth/change-email.ts'
import { confirmed, requireUser } from '../../../../auth/require.ts'
import type { ViewProps } from '../../../../core/args.ts'
import type { Context } from '../../../../core/context.ts'
import type { Permission } from '../../../../core/permission.ts'
import { formAction } from '../../../../forms/form-action.ts'
import { email } from '../../../../forms/text-formats.ts'
import { useForm } from '../../../../forms/use-form.tsx'
import type { Head } from '../../../../routing/types.ts'
import { type AccountForm, accountHead, AccountPage } from '../../../parts.tsx'

export const permission: Permission = confirmed

export async function loader(context: Context): Promise<{ email: string }> {
  return { email: (await requireUser(context)).email }
}

export const actions: { change: AccountForm<{ email: string }> } = {
  change: formAction({
    schema: z.object({ email: email().meta({ title: 'New address', autoComplete: 'email' }) }),
    permission: confirmed,
    rateLimit: { max: 10, seconds: 600 },
    async handle(context) {
      await askToChangeEmail(context, context.user, context.data.email)
      return { sentTo: context.data.email }
    },
  }),
}

export const head = (): Head => accountHead('E-mail')

export default function ChangeEmailPage({ data, actionData }: ViewProps<typeof loader, { change: () => { sentTo: string } }>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.change>('change')
  if (actionData)
    return (
      <AccountPage
        title="Look at your mail"
        lead={`If ${actionData.sentTo} is free, a link is on its way to it. Until you open it, ${data.email} stays your address.`}
      />
    )
  return (
    <AccountPage title="E-mail" lead={`You sign in with ${data.email}. A new address counts once you have opened the link we send to it.`}>
      <Form className="hc-form">
        <Field name="email" />
        <button className="hc-button">{pending ? 'Sending …' : 'Send a link'}</button>
      </Form>
    </AccountPage>
  )
}
