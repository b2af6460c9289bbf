import type { ReactNode } from 'react'
import { z } from 'zod'
import { changeEmail } from '../../../../auth/change-email.ts'
import { requireUser } from '../../../../auth/require.ts'
import { openUserToken } from '../../../../auth/tokens.ts'
import type { ViewProps } from '../../../../core/args.ts'
import type { Context } from '../../../../core/context.ts'
import { signedIn } from '../../../../core/permission.ts'
import { redirect } from '../../../../core/results.ts'
import type { RouteSecurity } from '../../../../core/security.ts'
import { formAction } from '../../../../forms/form-action.ts'
import { useForm } from '../../../../forms/use-form.tsx'
import type { Head } from '../../../../routing/types.ts'
import { Link } from '../../../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage, secretAddress } from '../../../parts.tsx'

export const security: RouteSecurity = secretAddress

/** The new address; `undefined` for a link that is good no more, or somebody else's. */
export async function loader(context: Context<{ token: string }>): Promise<{ email: string | undefined }> {
  const { id } = await requireUser(context)
  const opened = await openUserToken(context, 'email', context.params.token)
  return { email: opened?.user.id === id ? opened.extra : undefined }
}

export const actions: { confirm: AccountForm<{}> } = {
  // By a button, and not by the link alone: programs open links in mails too.
  confirm: formAction({
    schema: z.object({}),
    permission: signedIn,
    async handle(context) {
      if (!(await changeEmail(context, context.user, String(context.params.token)))) return redirect(context.pathname)
      context.messages.success('Your new address counts from now on.')
      return redirect('/account')
    },
  }),
}

export const head = (): Head => accountHead('E-mail')

export default function ConfirmEmailPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, pending } = useForm<typeof actions.confirm>('confirm')
  if (data.email === undefined)
    return (
      <AccountPage title="This link works no more" lead="It is older than a day, was used before, or belongs to another account.">
        <p className="hc-account-links">
          <Link to="/account/email">Ask for another link</Link>
        </p>
      </AccountPage>
    )
  return (
    <AccountPage title="Your new address" lead={`From now on you sign in with ${data.email}.`}>
      <Form className="hc-form">
        <button className="hc-button">{pending ? 'Changing …' : 'Use this address'}</button>
      </Form>
    </AccountPage>
  )
}
