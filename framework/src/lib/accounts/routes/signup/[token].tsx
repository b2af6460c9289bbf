import type { ReactNode } from 'react'
import { z } from 'zod'
import { complaintsAbout, passwordHelp } from '../../../auth/change-password.ts'
import { addressOfLink, signUp } from '../../../auth/sign-up.ts'
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
  /** The address that was proved; `undefined` for a link that is good no more. */
  email: string | undefined
  rules: string[]
}

export async function loader(context: Context<{ token: string }>): Promise<Data> {
  if (await context.user) redirect('/account')
  return { email: await addressOfLink(context, context.params.token), rules: passwordHelp(context) }
}

export const actions: { create: AccountForm<{ name: string; password: string }> } = {
  create: formAction({
    schema: z.object({
      name: z.string().trim().min(1).max(80).meta({ title: 'Name', description: 'As others see it.', autoComplete: 'name' }),
      password: newPasswordField('Password'),
    }),
    async handle(context) {
      const { data, params, invalid } = context
      const email = await addressOfLink(context, String(params.token))
      if (email === undefined) return redirect(context.pathname)
      const complaints = await complaintsAbout(context, data.password, { email, name: data.name })
      if (complaints.length > 0) return invalid({ password: complaints })
      await signUp(context, email, data)
      context.messages.success(`Welcome, ${data.name}.`)
      return redirect('/account')
    },
  }),
}

export const head = (): Head => accountHead('Create your account')

export default function FinishSignUpPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.create>('create')
  if (data.email === undefined)
    return (
      <AccountPage
        title="This link works no more"
        lead="It is older than a day, was changed on the way, or its address has an account by now."
      >
        <p className="hc-account-links">
          <Link to="/login">Sign in</Link>
          <Link to="/signup">Ask for another link</Link>
        </p>
      </AccountPage>
    )
  return (
    <AccountPage title="Create your account" lead={`Your address ${data.email} is confirmed.`}>
      <Form className="hc-form">
        <PasswordOwner email={data.email} />
        <Field name="name" />
        <Field name="password" />
        <PasswordRules rules={data.rules} />
        <button className="hc-button">{pending ? 'Creating …' : 'Create the account'}</button>
      </Form>
    </AccountPage>
  )
}
