import type { ReactNode } from 'react'
import { z } from 'zod'
import { authenticate } from '../../../auth/authenticate.ts'
import { authService } from '../../../auth/config.ts'
import { confirmUser } from '../../../auth/confirm.ts'
import { passkeysOf } from '../../../auth/passkeys/passkeys.ts'
import { userOfPasskey } from '../../../auth/passkeys/use.ts'
import { hasUsablePassword } from '../../../auth/passwords/passwords.ts'
import { requireUser } from '../../../auth/require.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { signedIn } from '../../../core/permission.ts'
import { redirect } from '../../../core/results.ts'
import { safeNext } from '../../../core/safe-next.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import { tooManyAttempts } from '../../../http/rate-limiter.ts'
import type { Head } from '../../../routing/types.ts'
import { type AccountForm, accountHead, AccountPage, credentialField, passwordField, PasswordOwner } from '../../parts.tsx'
import { PasskeyFields } from '../../passkey-fields.tsx'
import { usePasskey } from '../../use-passkey.ts'

interface Data {
  email: string
  hasPassword: boolean
  hasPasskey: boolean
}

export async function loader(context: Context): Promise<Data> {
  const { id, email, password } = await requireUser(context)
  const hasPasskey = context.service(authService).passkeys && (await passkeysOf(context, id)).length > 0
  return { email, hasPassword: hasUsablePassword(password), hasPasskey }
}

export const actions: { confirm: AccountForm<{ password: string }>; passkey: AccountForm<{ credential: string }> } = {
  confirm: formAction({
    schema: z.object({ password: passwordField() }),
    permission: signedIn,
    async handle(context) {
      const { data, invalid, url, user } = context
      const found = await authenticate(context, { email: user.email, password: data.password })
      if (found.kind === 'wait') return invalid({ '': tooManyAttempts(found.seconds) })
      if (found.kind === 'wrong' || found.user.id !== user.id) return invalid({ password: 'This is not your password.' })
      await confirmUser(context, user)
      return redirect(safeNext(url.searchParams.get('next'), '/account'))
    },
  }),
  passkey: formAction({
    schema: z.object({ credential: credentialField() }),
    permission: signedIn,
    async handle(context) {
      const { data, user, url } = context
      if (!(await userOfPasskey(context, data.credential, user.id)))
        return context.invalid({ '': 'That took too long, or this passkey is none of yours. Try again.' })
      await confirmUser(context, user)
      return redirect(safeNext(url.searchParams.get('next'), '/account'))
    },
  }),
}

export const head = (): Head => accountHead('Confirm that it is you')

export default function ConfirmPage({ data }: ViewProps<typeof loader>): ReactNode {
  const canConfirm = data.hasPassword || data.hasPasskey
  return (
    <AccountPage
      title="Confirm that it is you"
      lead={
        canConfirm
          ? 'What comes next changes how you sign in, so we ask once more.'
          : 'Sign out and in again: what comes next takes a sign-in that is a few minutes old.'
      }
    >
      {data.hasPassword && <PasswordForm email={data.email} />}
      {data.hasPasskey && <PasskeyForm />}
    </AccountPage>
  )
}

function PasswordForm({ email }: { email: string }): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.confirm>('confirm')
  return (
    <Form className="hc-form">
      <PasswordOwner email={email} />
      <Field name="password" />
      <button className="hc-button">{pending ? 'Checking …' : 'Go on'}</button>
    </Form>
  )
}

function PasskeyForm(): ReactNode {
  const { Form, pending } = useForm<typeof actions.passkey>('passkey')
  const passkey = usePasskey({ task: 'use', optionsFrom: '/account/confirm/passkey', pending })
  if (!passkey.isReady) return null
  return (
    <Form className="hc-form" onSubmit={passkey.onSubmit}>
      <PasskeyFields {...passkey} />
      <button className="hc-button" data-kind="quiet">
        {pending ? 'Checking …' : 'Go on with a passkey'}
      </button>
    </Form>
  )
}
