import type { ReactNode } from 'react'
import { z } from 'zod'
import type { ViewProps } from '../../core/args.ts'
import type { Context } from '../../core/context.ts'
import { redirect } from '../../core/results.ts'
import { safeNext } from '../../core/safe-next.ts'
import { formAction } from '../../forms/form-action.ts'
import { useForm } from '../../forms/use-form.tsx'
import type { FormActionShape, Head } from '../../routing/types.ts'

interface Data {
  next: string
}

export function loader({ url }: Context): Data {
  return { next: safeNext(url.searchParams.get('next')) }
}

const login = formAction({
  schema: z.object({ email: z.email(), password: z.string().min(1) }),
  handle: ({ data, url, invalid }) =>
    data.password === 'placeholder' ? redirect(safeNext(url.searchParams.get('next'))) : invalid({ '': 'E-mail or password is wrong.' }),
})

export const actions: { login: FormActionShape } = { login }

export const head = (): Head => ({ title: 'Log in', robots: 'noindex' })

export default function LoginPage({ data }: ViewProps<typeof loader>): ReactNode {
  const { Form, Field } = useForm<typeof login>('login')
  return (
    <main className="hc-account">
      <h1>Log in</h1>
      <Form>
        <Field name="email" />
        <Field name="password" as="password" />
        <button>Log in</button>
      </Form>
      <p>You will be taken to {data.next}.</p>
    </main>
  )
}
