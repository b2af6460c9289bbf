import { redirect } from 'hotclub'
import { formAction, modelForm, useForm } from 'hotclub/forms'
import { address } from '../lib/site.server.ts'

export const actions = {
  contact: formAction({
    schema: modelForm('message', { fields: ['name', 'email', 'topic', 'body'] }),
    rateLimit: { max: 5, seconds: 600 },
    async handle({ data, db, messages }) {
      await db.message.create({ data })
      messages.success('Thank you. We read every message, and answer most of them.')
      return redirect('/contact')
    },
  }),
}

export const head = () => ({
  title: 'Contact',
  description: 'A question, a mistake in the archive, a word of praise: write to Matinée.',
  ...address('/contact', 'Contact'),
})

export default function Contact() {
  const { Form, Field, pending } = useForm<typeof actions.contact>('contact')
  return (
    <div className="page section-top form-page">
      <h1>Write to us</h1>
      <p className="lead">A question, a mistake in the archive, or a film that will not leave your head.</p>
      <Form className="form">
        <Field name="name" />
        <Field name="email" />
        <Field name="topic" />
        <Field name="body" />
        <button className="button" disabled={pending}>
          {pending ? 'Sending …' : 'Send'}
        </button>
      </Form>
    </div>
  )
}
