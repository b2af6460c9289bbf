import { useForm, type FormAction } from 'hotclub/forms'
import type { z } from 'zod'

type Action = FormAction<z.ZodObject<{ id: z.ZodInt }>, never, unknown>

export interface ConfirmDeleteProps {
  /** The page's action that takes the id. */
  action: string
  id: number
  /** What opens the question: `Delete review`. */
  label: string
  /** What goes, and what goes with it. */
  question: string
}

/** Asks once more before something goes for good; the question is behind a disclosure, which needs no script. */
export function ConfirmDelete({ action, id, label, question }: ConfirmDeleteProps) {
  const { Form, pending } = useForm<Action>(action, { id })
  return (
    <details className="confirm">
      <summary className="button button-quiet">{label} …</summary>
      <Form className="confirm-body">
        <p>{question}</p>
        <input type="hidden" name="id" value={id} />
        <button className="button button-danger">{pending ? 'Deleting …' : label}</button>
      </Form>
    </details>
  )
}
