import type { ReactNode } from 'react'
import { z } from 'zod'
import { askToReset } from '../../../auth/reset.ts'
import type { ViewProps } from '../../../core/args.ts'
import { anyone, type Permission } from '../../../core/permission.ts'
import { formAction } from '../../../forms/form-action.ts'
import { email } from '../../../forms/text-formats.ts'
import { useForm } from '../../../forms/use-form.tsx'
import type { Head } from '../../../routing/types.ts'
import { Link } from '../../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage } from '../../parts.tsx'

export const permission: Permission = anyone

export const actions: { reset: AccountForm<{ email: string }> } = {
  reset: formAction({
    schema: z.object({ email: email().meta({ title: 'E-mail', autoComplete: 'email' }) }),
    rateLimit: { max: 10, seconds: 600 },
    async handle(context) {
      await askToReset(context, context.data.email)
      return { sentTo: context.data.email }
    },
  }),
}

export const head = (): Head => accountHead('Forgotten password')

export default function ForgottenPasswordPage({ actionData }: ViewProps<'/password', { reset: () => { sentTo: string } }>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.reset>('reset')
  if (actionData)
    return (
      <AccountPage
        title="Look at your mail"
        lead={`If there is an account with the address ${actionData.sentTo}, a link is on its way. It works for an hour.`}
      >
        <p className="hc-account-links">
          <Link to="/login">Back to sign in</Link>
        </p>
      </AccountPage>
    )
  return (
    <AccountPage title="Forgotten your password?" lead="Tell us your address, and we send a link to choose another one.">
      <Form className="hc-form">
        <Field name="email" />
        <button className="hc-button">{pending ? 'Sending …' : 'Send me a link'}</button>
      </Form>
      <p className="hc-account-links">
        <Link to="/login">Back to sign in</Link>
      </p>
    </AccountPage>
  )
}
