import { useForm, type FormAction } from 'hotclub/forms'
import type { reviewSchema } from '../lib/reviews.server.ts'

/** Any action that takes a review. */
export type ReviewAction = FormAction<typeof reviewSchema, never, unknown>

const stars = Array.from({ length: 10 }, (_, index) => ({ value: index + 1, label: String(index + 1) }))

export interface ReviewFormProps {
  /** The name of the page's action. */
  action: string
  /** What is written already. */
  values?: { stars: number; body: string }
  /** Words on the button. */
  send: string
  sending: string
  /** Id of the heading above it. */
  labelledBy: string
}

/** Ten stars in a row, and what there is to say. */
export function ReviewForm({ action, values, send, sending, labelledBy }: ReviewFormProps) {
  const { Form, Field, pending } = useForm<ReviewAction>(action, { values })
  return (
    <Form className="form" aria-labelledby={labelledBy}>
      <Field name="stars" options={stars} />
      <Field name="body" />
      <button className="button">{pending ? sending : send}</button>
    </Form>
  )
}
