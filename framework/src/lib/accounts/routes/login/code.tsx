import type { ReactNode } from 'react'
import { z } from 'zod'
import { completeLogIn, pendingLogin } from '../../../auth/pending-login.ts'
import { checkCode } from '../../../auth/second-factor.ts'
import { loginPath } from '../../../auth/paths.ts'
import type { ViewProps } from '../../../core/args.ts'
import type { Context } from '../../../core/context.ts'
import { anyone, type Permission } from '../../../core/permission.ts'
import { redirect } from '../../../core/results.ts'
import { safeNext } from '../../../core/safe-next.ts'
import { formAction } from '../../../forms/form-action.ts'
import { useForm } from '../../../forms/use-form.tsx'
import { tooManyAttempts } from '../../../http/rate-limiter.ts'
import type { Head } from '../../../routing/types.ts'
import { Link } from '../../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage, codeField, noStore } from '../../parts.tsx'

export const permission: Permission = anyone

export const headers: typeof noStore = noStore

export async function loader(context: Context): Promise<{ name: string }> {
  const pending = await pendingLogin(context)
  if (!pending) redirect(loginPath(context.url.searchParams.get('next') ?? undefined))
  return { name: pending.user.name }
}

export const actions: { check: AccountForm<{ code: string }> } = {
  check: formAction({
    schema: z.object({ code: codeField('Six digits of your app, or a recovery code.') }),
    async handle(context) {
      const next = context.url.searchParams.get('next') ?? undefined
      const pending = await pendingLogin(context)
      if (!pending) return redirect(loginPath(next))
      const checked = await checkCode(context, pending.user, context.data.code)
      if (checked.kind === 'wait') return context.invalid({ '': tooManyAttempts(checked.seconds) })
      if (checked.kind === 'wrong') return context.invalid({ code: 'This code is wrong, too old, or was used before.' })
      await completeLogIn(context, pending)
      return redirect(safeNext(next))
    },
  }),
}

export const head = (): Head => accountHead('Enter a code')

export default function CodePage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.check>('check')
  return (
    <AccountPage
      title="Enter a code"
      lead={`${data.name === '' ? 'Your' : `${data.name}, your`} account is protected by an authenticator app.`}
    >
      <Form className="hc-form">
        <Field name="code" />
        <button className="hc-button">{pending ? 'Checking …' : 'Sign in'}</button>
      </Form>
      <p className="hc-account-links">
        <Link to="/login">Start again</Link>
      </p>
    </AccountPage>
  )
}
