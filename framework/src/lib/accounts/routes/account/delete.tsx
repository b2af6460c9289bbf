import type { ReactNode } from 'react'
import { z } from 'zod'
import { deleteAccount } from '../../../auth/delete-account.ts'
import { confirmed, requireUser } from '../../../auth/require.ts'
import { normalizeEmail } from '../../../auth/users.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import type { Permission } from '../../../core/permission.ts'
import { redirect } from '../../../core/results.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import type { Head } from '../../../routing/types.ts'
import { Link } from '../../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage } from '../../parts.tsx'

export const permission: Permission = confirmed

export async function loader(context: Context): Promise<{ email: string }> {
  return { email: (await requireUser(context)).email }
}

export const actions: { delete: AccountForm<{ email: string }> } = {
  delete: formAction({
    schema: z.object({
      email: z.string().min(1).max(320).meta({ title: 'Your address, to be sure', widget: 'email', autoComplete: 'off' }),
    }),
    permission: confirmed,
    async handle(context) {
      if (normalizeEmail(context.data.email) !== context.user.email)
        return context.invalid({ email: 'This is not the address of your account.' })
      await deleteAccount(context, context.user)
      context.messages.success('Your account is gone.')
      return redirect('/')
    },
  }),
}

export const head = (): Head => accountHead('Delete your account')

export default function DeleteAccountPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.delete>('delete')
  return (
    <AccountPage
      title="Delete your account"
      lead={`The account of ${data.email} and what belongs to it will be gone at once. This cannot be undone.`}
    >
      <Form className="hc-form">
        <Field name="email" />
        <button className="hc-button" data-kind="danger">
          {pending ? 'Deleting …' : 'Delete my account'}
        </button>
      </Form>
      <p className="hc-account-links">
        <Link to="/account">Keep it</Link>
      </p>
    </AccountPage>
  )
}
