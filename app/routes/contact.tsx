import { href, redirect } from 'hotclub'
import { formAction, modelForm, useForm } from 'hotclub/forms'
import { address } from '../lib/site.server.ts'

export const actions = {
  send: formAction('/contact', {
    schema: modelForm('message', { fields: ['name', 'email', 'topic', 'body'] }),
    rateLimit: { max: 30, seconds: 60 },
    async handle({ data, db, messages }) {
      await db.message.create({ data })
      messages.success(`Thank you, ${data.name}. We read everything, and answer within a few days.`)
      return redirect(href('/'))
    },
  }),
}

export const head = () => ({
  title: 'Contact',
  description: 'Ask something, tell us about a mistake, or say what you think of Matinée.',
  ...address(href('/contact'), 'Contact'),
})

export default function Contact() {
  const { Form, Field, pending } = useForm<typeof actions.send>('send')
  return (
    <div className="page section-top form-page">
      <h1>Write to us</h1>
      <p className="lead">A question, a wrong date, a film you cannot stop thinking about: it all ends up on the same desk.</p>
      <Form className="form">
        <div className="form-row">
          <Field name="name" />
          <Field name="email" />
        </div>
        <Field name="topic" />
        <Field name="body" rows={8} />
        <button className="button">{pending ? 'Sending …' : 'Send message'}</button>
      </Form>
    </div>
  )
}
