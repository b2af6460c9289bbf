import { redirect, type LoaderArgs, type ViewProps } from 'hotclub'
import { formAction, useForm } from 'hotclub/forms'
import { z } from 'zod'
import { wait } from '../gates.server.ts'

let sent = 0

export function loader(_: LoaderArgs<'/signup'>) {
  return { sent }
}

export const actions = {
  signup: formAction('/signup', {
    schema: z.object({
      name: z.string().trim().min(2).max(40),
      age: z.int().min(18).optional().meta({ description: 'In years.' }),
      password: z.string().min(8),
      news: z.boolean(),
      picture: z.file().max(2_000).mime(['image/png']).optional(),
      cast: z.array(z.object({ role: z.string().min(1), isLead: z.boolean() })).max(3),
    }),
    async handle({ data, invalid }) {
      await wait('signup')
      if (data.name === 'taken') return invalid({ name: 'This name is taken.' })
      sent += 1
      return data.name === 'elsewhere' ? redirect('/about') : redirect(`/signup`)
    },
  }),
}

export const head = { title: 'Sign up' }

export default function SignUp({ data }: ViewProps<typeof loader>) {
  const { Form, Field, List, pending, optimistic } = useForm<typeof actions.signup>('signup')
  return (
    <>
      <h1>Sign up</h1>
      <p id="sent">Sent {data.sent}</p>
      <p id="optimistic">{optimistic ? `${optimistic.name}, ${optimistic.age ?? 'no age'}, ${optimistic.cast?.length} roles` : 'idle'}</p>
      <Form>
        <Field name="name" />
        <Field name="age" />
        <Field name="password" />
        <Field name="news" />
        <Field name="picture" />
        <List name="cast" reorder add="Add a role">
          {(item) => (
            <>
              <item.Field name="role" />
              <item.Field name="isLead" />
            </>
          )}
        </List>
        <button disabled={pending}>{pending ? 'Sending …' : 'Send'}</button>
      </Form>
    </>
  )
}
