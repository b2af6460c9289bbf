import { redirect } from 'hotclub'
import { formAction, useForm } from 'hotclub/forms'
import { z } from 'zod'

const schema = z
  .object({ email: z.email(), again: z.string() })
  .refine(({ email, again }) => email === again, { message: 'Both have to be the same.', path: ['again'] })

export const actions = {
  check: formAction({ schema, handle: () => redirect('/about') }),
}

export default function Checked() {
  const { Form, Field } = useForm<typeof actions.check>('check', { validate: schema })
  return (
    <>
      <h1>Checked</h1>
      <Form>
        <Field name="email" />
        <Field name="again" />
        <button>Send</button>
      </Form>
    </>
  )
}
