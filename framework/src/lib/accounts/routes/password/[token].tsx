import type { ReactNode } from 'react'
import { z } from 'zod'
import { changePassword, complaintsAbout, passwordHelp } from '../../../auth/change-password.ts'
import { openUserToken } from '../../../auth/tokens.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { anyone, type Permission } from '../../../core/permission.ts'
import { redirect } from '../../../core/results.ts'
import type { RouteSecurity } from '../../../core/security.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import type { Head } from '../../../routing/types.ts'
import { Link } from '../../../view/link.tsx'
import {
  type AccountForm,
  accountHead,
  AccountPage,
  newPasswordField,
  noStore,
  PasswordOwner,
  PasswordRules,
  secretAddress,
} from '../../parts.tsx'

export const permission: Permission = anyone

export const security: RouteSecurity = secretAddress

export const headers: typeof noStore = noStore

interface Data {
  /** Whose password it is; `undefined` for a link that is good no more. */
  email: string | undefined
  rules: string[]
}

export async function loader(context: Context<{ token: string }>): Promise<Data> {
  const opened = await openUserToken(context, 'reset', context.params.token)
  return { email: opened?.user.email, rules: passwordHelp(context) }
}

export const actions: { change: AccountForm<{ password: string }> } = {
  change: formAction({
    schema: z.object({ password: newPasswordField() }),
    async handle(context) {
      const opened = await openUserToken(context, 'reset', String(context.params.token))
      if (!opened) return redirect(context.pathname)
      const complaints = await complaintsAbout(context, context.data.password, opened.user)
      if (complaints.length > 0) return context.invalid({ password: complaints })
      if (!(await changePassword(context, opened.user, context.data.password))) return redirect(context.pathname)
      context.messages.success('Your password is changed. Sign in with it.')
      return redirect('/login')
    },
  }),
}

export const head = (): Head => accountHead('New password')

export default function ResetPasswordPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.change>('change')
  if (data.email === undefined)
    return (
      <AccountPage title="This link works no more" lead="It is older than an hour, was used before, or the account has changed since.">
        <p className="hc-account-links">
          <Link to="/password">Ask for another link</Link>
        </p>
      </AccountPage>
    )
  return (
    <AccountPage title="Choose a new password" lead={`For the account of ${data.email}. It will be signed out everywhere.`}>
      <Form className="hc-form">
        <PasswordOwner email={data.email} />
        <Field name="password" />
        <PasswordRules rules={data.rules} />
        <button className="hc-button">{pending ? 'Changing …' : 'Change the password'}</button>
      </Form>
    </AccountPage>
  )
}
