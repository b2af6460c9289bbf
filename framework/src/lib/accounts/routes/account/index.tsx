import type { ReactNode } from 'react'
import { z } from 'zod'
import { dbOf } from '../../../auth/events.ts'
import { requireUser } from '../../../auth/require.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { signedIn } from '../../../core/permission.ts'
import { redirect } from '../../../core/results.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import type { Head } from '../../../routing/types.ts'
import { Link } from '../../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage } from '../../parts.tsx'

export async function loader(context: Context): Promise<{ name: string; email: string }> {
  const { name, email } = await requireUser(context)
  return { name, email }
}

export const actions: { save: AccountForm<{ name: string }> } = {
  save: formAction({
    schema: z.object({
      name: z.string().trim().min(1).max(80).meta({ title: 'Name', description: 'As others see it.', autoComplete: 'name' }),
    }),
    permission: signedIn,
    async handle(context) {
      await dbOf(context).user.update({ where: { id: context.user.id }, data: context.data })
      context.messages.success('Saved.')
      return redirect('/account')
    },
  }),
}

export const head = (): Head => accountHead('Your account')

export default function AccountIndexPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.save>('save', { values: { name: data.name } })
  return (
    <AccountPage title="Your account" lead={`You are signed in as ${data.email}.`}>
      <Form className="hc-form">
        <Field name="name" />
        <button className="hc-button">{pending ? 'Saving …' : 'Save'}</button>
      </Form>
      <p className="hc-account-links">
        <Link to="/logout">Sign out</Link>
        <Link to="/account/delete">Delete this account</Link>
      </p>
    </AccountPage>
  )
}
