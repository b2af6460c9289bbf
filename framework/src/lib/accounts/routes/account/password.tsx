import type { ReactNode } from 'react'
import { z } from 'zod'
import { authenticate } from '../../../auth/authenticate.ts'
import { changePassword, complaintsAbout, passwordHelp } from '../../../auth/change-password.ts'
import { hasUsablePassword } from '../../../auth/passwords/passwords.ts'
import { confirmed, requireUser } from '../../../auth/require.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { HttpError, redirect } from '../../../core/results.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import { tooManyAttempts } from '../../../http/rate-limiter.ts'
import type { Head } from '../../../routing/types.ts'
import { type AccountForm, accountHead, AccountPage, newPasswordField, passwordField, PasswordOwner, PasswordRules } from '../../parts.tsx'

interface Data {
  email: string
  /** False for an account that signs in another way. */
  hasPassword: boolean
  rules: string[]
}

export async function loader(context: Context): Promise<Data> {
  const { email, password } = await requireUser(context)
  return { email, hasPassword: hasUsablePassword(password), rules: passwordHelp(context) }
}

export const actions: { change: AccountForm<{ current: string; password: string }>; create: AccountForm<{ password: string }> } = {
  /** Asks for the password there is: whoever finds a browser open must not be able to keep its owner out. */
  change: formAction({
    schema: z.object({ current: passwordField('Present password'), password: newPasswordField() }),
    permission: confirmed,
    async handle(context) {
      const { data, invalid, user } = context
      const found = await authenticate(context, { email: user.email, password: data.current })
      if (found.kind === 'wait') return invalid({ '': tooManyAttempts(found.seconds) })
      if (found.kind === 'wrong') return invalid({ current: 'This is not your password.' })
      const complaints = await complaintsAbout(context, data.password, user)
      if (complaints.length > 0) return invalid({ password: complaints })
      return await change(context, found.user, data.password)
    },
  }),
  create: formAction({
    schema: z.object({ password: newPasswordField() }),
    permission: confirmed,
    async handle(context) {
      const { data, invalid, user } = context
      if (hasUsablePassword(user.password)) throw new HttpError(403)
      const complaints = await complaintsAbout(context, data.password, user)
      return complaints.length > 0 ? invalid({ password: complaints }) : await change(context, user, data.password)
    },
  }),
}

async function change(context: Context, user: Parameters<typeof changePassword>[1], password: string): Promise<never> {
  if (!(await changePassword(context, user, password)))
    throw new HttpError(409, 'Your account has changed on another device. Load the page again.')
  context.messages.success('Your password is changed, and other devices are signed out.')
  return redirect('/account')
}

export const head = (): Head => accountHead('Password')

export default function ChangePasswordPage({ data }: ViewProps<typeof loader>): ReactNode {
  return data.hasPassword ? <Change data={data} /> : <Create data={data} />
}

function Change({ data }: { data: Data }): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.change>('change')
  return (
    <AccountPage title="Password" lead="When it changes, other devices are signed out.">
      <Form className="hc-form">
        <PasswordOwner email={data.email} />
        <Field name="current" />
        <Field name="password" />
        <PasswordRules rules={data.rules} />
        <button className="hc-button">{pending ? 'Changing …' : 'Change the password'}</button>
      </Form>
    </AccountPage>
  )
}

function Create({ data }: { data: Data }): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.create>('create')
  return (
    <AccountPage title="Password" lead="You sign in without one so far. With one you have another way in.">
      <Form className="hc-form">
        <PasswordOwner email={data.email} />
        <Field name="password" />
        <PasswordRules rules={data.rules} />
        <button className="hc-button">{pending ? 'Saving …' : 'Set a password'}</button>
      </Form>
    </AccountPage>
  )
}
