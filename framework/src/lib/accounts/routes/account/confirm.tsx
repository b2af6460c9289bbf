import type { ReactNode } from 'react'
import { z } from 'zod'
import { authenticate } from '../../../auth/authenticate.ts'
import { confirmUser } from '../../../auth/confirm.ts'
import { hasUsablePassword } from '../../../auth/passwords/passwords.ts'
import { requireUser } from '../../../auth/require.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { signedIn } from '../../../core/permission.ts'
import { redirect } from '../../../core/results.ts'
import { safeNext } from '../../../core/safe-next.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import { waitInWords } from '../../../http/rate-limiter.ts'
import type { Head } from '../../../routing/types.ts'
import { type AccountForm, accountHead, AccountPage, passwordField } from '../../parts.tsx'

export async function loader(context: Context): Promise<{ email: string; hasPassword: boolean }> {
  const { email, password } = await requireUser(context)
  return { email, hasPassword: hasUsablePassword(password) }
}

export const actions: { confirm: AccountForm<{ password: string }> } = {
  confirm: formAction({
    schema: z.object({ password: passwordField() }),
    permission: signedIn,
    async handle(context) {
      const { data, invalid, url, user } = context
      const found = await authenticate(context, { email: user.email, password: data.password })
      if (found.kind === 'wait') return invalid({ '': `Too many attempts. Try again in ${waitInWords(found.seconds)}.` })
      if (found.kind === 'wrong' || found.user.id !== user.id) return invalid({ password: 'This is not your password.' })
      await confirmUser(context, user)
      return redirect(safeNext(url.searchParams.get('next'), '/account'))
    },
  }),
}

export const head = (): Head => accountHead('Confirm that it is you')

export default function ConfirmPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.confirm>('confirm')
  if (!data.hasPassword)
    return (
      <AccountPage
        title="Confirm that it is you"
        lead="Sign out and in again: what comes next takes a sign-in that is a few minutes old."
      />
    )
  return (
    <AccountPage title="Confirm that it is you" lead="What comes next changes how you sign in, so we ask once more.">
      <Form className="hc-form">
        <input type="email" autoComplete="username" defaultValue={data.email} readOnly hidden />
        <Field name="password" />
        <button className="hc-button">{pending ? 'Checking …' : 'Go on'}</button>
      </Form>
    </AccountPage>
  )
}
