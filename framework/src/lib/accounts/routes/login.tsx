import type { ReactNode } from 'react'
import { z } from 'zod'
import { authenticate } from '../../auth/authenticate.ts'
import { authService } from '../../auth/config.ts'
import { beginLogIn } from '../../auth/pending-login.ts'
import type { ViewProps } from '../../core/args.ts'
import type { Context } from '../../core/context.ts'
import { anyone, type Permission } from '../../core/permission.ts'
import { redirect } from '../../core/results.ts'
import { safeNext } from '../../core/safe-next.ts'
import { formAction } from '../../forms/form-action.ts'
import { email } from '../../forms/text-formats.ts'
import { useForm } from '../../forms/use-form.tsx'
import { waitInWords } from '../../http/rate-limiter.ts'
import type { Head } from '../../routing/types.ts'
import { Link } from '../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage, passwordField, withNext } from '../parts.tsx'

export const permission: Permission = anyone

export async function loader(context: Context): Promise<{ signUp: boolean; next: string | undefined }> {
  const next = context.url.searchParams.get('next') ?? undefined
  if (await context.user) redirect(safeNext(next))
  return { signUp: context.service(authService).signUp, next }
}

export const actions: { login: AccountForm<{ email: string; password: string; remember: boolean }> } = {
  login: formAction({
    schema: z.object({
      email: email().meta({ title: 'E-mail', autoComplete: 'username' }),
      password: passwordField(),
      remember: z.boolean().meta({ title: 'Stay signed in on this device' }),
    }),
    async handle(context) {
      const { data, url, invalid } = context
      const found = await authenticate(context, data)
      if (found.kind === 'wait') return invalid({ '': `Too many attempts. Try again in ${waitInWords(found.seconds)}.` })
      if (found.kind === 'wrong') return invalid({ '': 'The e-mail address or the password is wrong.' })
      const isIn = await beginLogIn(context, found.user, { method: found.method, remember: data.remember })
      return redirect(isIn ? safeNext(url.searchParams.get('next')) : withNext('/login/code', url.searchParams.get('next')))
    },
  }),
}

export const head = (): Head => accountHead('Sign in')

export default function LoginPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, Field, pending } = useForm<typeof actions.login>('login')
  return (
    <AccountPage title="Sign in">
      <Form className="hc-form">
        <Field name="email" />
        <Field name="password" />
        <Field name="remember" />
        <button className="hc-button">{pending ? 'Signing in …' : 'Sign in'}</button>
      </Form>
      <p className="hc-account-links">
        <Link to="/password">Forgotten your password?</Link>
        {data.signUp && <Link to="/signup">Create an account</Link>}
      </p>
    </AccountPage>
  )
}
