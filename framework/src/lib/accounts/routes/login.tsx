import type { ReactNode } from 'react'
import { z } from 'zod'
import { authenticate } from '../../auth/authenticate.ts'
import { authService } from '../../auth/config.ts'
import { logIn } from '../../auth/log-in.ts'
import { userOfPasskey } from '../../auth/passkeys/use.ts'
import { codePath, providerPath } from '../../auth/paths.ts'
import { beginLogIn } from '../../auth/pending-login.ts'
import type { ViewProps } from '../../core/args.ts'
import type { Context } from '../../core/context.ts'
import { anyone, type Permission } from '../../core/permission.ts'
import { redirect } from '../../core/results.ts'
import { safeNext } from '../../core/safe-next.ts'
import { formAction } from '../../forms/form-action.ts'
import { email } from '../../forms/text-formats.ts'
import { useForm } from '../../forms/use-form.tsx'
import { tooManyAttempts } from '../../http/rate-limiter.ts'
import type { Head } from '../../routing/types.ts'
import { Form as PlainForm } from '../../view/form.tsx'
import { Link } from '../../view/link.tsx'
import { type AccountForm, accountHead, AccountPage, credentialField, passwordField } from '../parts.tsx'
import { PasskeyFields } from '../passkey-fields.tsx'
import { usePasskey } from '../use-passkey.ts'

export const permission: Permission = anyone

interface Data {
  signUp: boolean
  passkeys: boolean
  providers: Array<{ name: string; label: string }>
  next: string | undefined
}

export async function loader(context: Context): Promise<Data> {
  const next = context.url.searchParams.get('next') ?? undefined
  if (await context.user) redirect(safeNext(next))
  const { signUp, passkeys, providers } = context.service(authService)
  return { signUp, passkeys, providers: providers.map(({ name, label }) => ({ name, label })), next }
}

export const actions: {
  login: AccountForm<{ email: string; password: string; remember: boolean }>
  passkey: AccountForm<{ credential: string }>
} = {
  login: formAction({
    schema: z.object({
      email: email().meta({ title: 'E-mail', autoComplete: 'username webauthn' }),
      password: passwordField(),
      remember: z.boolean().meta({ title: 'Stay signed in on this device' }),
    }),
    async handle(context) {
      const { data, url, invalid } = context
      const found = await authenticate(context, data)
      if (found.kind === 'wait') return invalid({ '': tooManyAttempts(found.seconds) })
      if (found.kind === 'wrong') return invalid({ '': 'The e-mail address or the password is wrong.' })
      const isIn = await beginLogIn(context, found.user, { method: found.method, remember: data.remember })
      return redirect(isIn ? safeNext(url.searchParams.get('next')) : codePath(url.searchParams.get('next') ?? undefined))
    },
  }),
  passkey: formAction({
    schema: z.object({ credential: credentialField() }),
    permission: (context) => context.service(authService).passkeys,
    async handle(context) {
      const user = await userOfPasskey(context, context.data.credential)
      if (!user) return context.invalid({ '': 'That took too long, or this passkey is none of an account here. Try again.' })
      await logIn(context, user, { method: 'passkey' })
      return redirect(safeNext(context.url.searchParams.get('next')))
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
      {data.providers.map(({ name, label }) => (
        <PlainForm key={name} method="post" action={providerPath(name, data.next)} className="hc-form">
          <button className="hc-button" data-kind="quiet">
            Sign in with {label}
          </button>
        </PlainForm>
      ))}
      {data.passkeys && <PasskeyForm />}
      <p className="hc-account-links">
        <Link to="/password">Forgotten your password?</Link>
        {data.signUp && <Link to="/signup">Create an account</Link>}
      </p>
    </AccountPage>
  )
}

function PasskeyForm(): ReactNode {
  const { Form, pending } = useForm<typeof actions.passkey>('passkey')
  const passkey = usePasskey({ task: 'use', optionsFrom: '/login/passkey', pending, autofill: true })
  if (!passkey.isReady) return null
  return (
    <Form className="hc-form" onSubmit={passkey.onSubmit}>
      <PasskeyFields {...passkey} />
      <button className="hc-button" data-kind="quiet">
        {pending ? 'Signing in …' : 'Sign in with a passkey'}
      </button>
    </Form>
  )
}
