import { useForm } from 'hotclub/forms'
import type { moderateReview } from '../lib/reviews.server.ts'

/** Publishes or rejects a review, each in one click. For pages with the action `moderate`. */
export function Moderation({ id }: { id: number }) {
  const { Form, pending } = useForm<typeof moderateReview>('moderate', { id })
  return (
    <Form className="moderation">
      <input type="hidden" name="id" value={id} />
      <button className="button button-small" name="status" value="PUBLISHED" disabled={pending}>
        Publish
      </button>
      <button className="button button-small button-quiet" name="status" value="REJECTED" disabled={pending}>
        Reject
      </button>
    </Form>
  )
}
