import { redirect } from 'hotclub'
import { email, formAction, useForm } from 'hotclub/forms'
import { z } from 'zod'
import { address } from '../lib/site.server.ts'

export const actions = {
  subscribe: formAction({
    schema: z.object({
      email: email().toLowerCase().meta({ title: 'E-mail', description: 'One letter on Sundays. Nothing else, ever.', widget: 'email' }),
    }),
    rateLimit: { max: 10, seconds: 600 },
    async handle({ data, db, messages }) {
      // Whoever is on the list already gets the same answer: a stranger must not find out who reads us.
      await db.subscriber.upsert({ where: { email: data.email }, create: data, update: {} })
      messages.success('You are on the list. The next letter comes on Sunday.')
      return redirect('/newsletter')
    },
  }),
}

export const head = () => ({
  title: 'Newsletter',
  description: 'One letter on Sundays: a film worth an afternoon, and why.',
  ...address('/newsletter', 'Newsletter'),
})

export default function Newsletter() {
  const { Form, Field, pending } = useForm<typeof actions.subscribe>('subscribe')
  return (
    <div className="page section-top form-page">
      <h1>One letter on Sundays</h1>
      <p className="lead">A film worth an afternoon, and why. You can leave at any time.</p>
      <Form className="form">
        <Field name="email" />
        <button className="button" disabled={pending}>
          {pending ? 'Signing up …' : 'Sign up'}
        </button>
      </Form>
    </div>
  )
}
