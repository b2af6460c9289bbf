import { href, redirect } from 'hotclub'
import { formAction, modelForm, useForm } from 'hotclub/forms'
import { address } from '../lib/site.server.ts'

export const actions = {
  subscribe: formAction('/newsletter', {
    schema: modelForm('subscriber', { fields: ['email'] }),
    rateLimit: { max: 30, seconds: 60 },
    async handle({ data, db, messages }) {
      const email = data.email.toLowerCase()
      // Never "this address is on the list already": then anyone could find out who reads us. Whoever subscribes twice gets the
      // same answer, and one letter.
      await db.subscriber.upsert({ where: { email }, create: { email }, update: {} })
      messages.success('You are on the list. The next letter comes on Friday.')
      return redirect(href('/newsletter'))
    },
  }),
}

export const head = () => ({
  title: 'Newsletter',
  description: 'One film for the weekend, every Friday.',
  ...address(href('/newsletter'), 'The Matinée newsletter'),
})

export default function Newsletter() {
  const { Form, Field, pending } = useForm<typeof actions.subscribe>('subscribe')
  return (
    <div className="page section-top form-page">
      <h1>One film, every Friday</h1>
      <p className="lead">A short letter about a film that deserves your weekend. No lists of ten, no trailers, no advertising.</p>
      <Form className="form">
        <Field name="email" help="We write to it on Fridays, and never pass it on." />
        <button className="button">{pending ? 'Subscribing …' : 'Subscribe'}</button>
      </Form>
    </div>
  )
}
