import type { ReactNode } from 'react'
import { z } from 'zod'
import { authService } from '../../../auth/config.ts'
import { askToSignUp } from '../../../auth/sign-up.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { anyone, type Permission } from '../../../core/permission.ts'
import { notFound, redirect } from '../../../core/results.ts'
import { formAction } from '../../../forms/form-action.ts'
import { email } from '../../../forms/text-formats.ts'
import { useForm } from '../../../forms/use-form.tsx'
import type { Head } from '../../../routing/types.ts'
import { Link } from '../../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage } from '../../parts.tsx'

export const permission: Permission = anyone

export async function loader(context: Context): Promise<{ siteName: string }> {
  const { signUp, siteName } = context.service(authService)
  if (!signUp) notFound()
  if (await context.user) redirect('/account')
  return { siteName }
}

export const actions: { signUp: AccountForm<{ email: string }> } = {
  signUp: formAction({
    schema: z.object({ email: email().meta({ title: 'E-mail', autoComplete: 'email' }) }),
    rateLimit: { max: 10, seconds: 600 },
    permission: (context) => context.service(authService).signUp,
    async handle(context) {
      await askToSignUp(context, context.data.email)
      return { sentTo: context.data.email }
    },
  }),
}

export const head = (): Head => accountHead('Create an account')

export default function SignUpPage({ data, actionData }: ViewProps<typeof loader, { signUp: () => { sentTo: string } }>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.signUp>('signUp')
  if (actionData)
    return (
      <AccountPage title="Look at your mail" lead={`A link is on its way to ${actionData.sentTo}. Open it to go on; it works for a day.`}>
        <p className="hc-account-links">
          <Link to="/signup">Another address</Link>
        </p>
      </AccountPage>
    )
  return (
    <AccountPage title="Create an account" lead={`For ${data.siteName} you need an address that you can read. We send a link to it.`}>
      <Form className="hc-form">
        <Field name="email" />
        <button className="hc-button">{pending ? 'Sending …' : 'Send me a link'}</button>
      </Form>
      <p className="hc-account-links">
        <Link to="/login">You have an account? Sign in</Link>
      </p>
    </AccountPage>
  )
}
