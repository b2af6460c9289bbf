import { redirect, type ActionArgs } from 'hotclub'
import { Form } from 'hotclub/client'

export function action({ form, messages }: ActionArgs) {
  messages.success(`Noted: ${String(form.get('text'))}`)
  if (form.get('stay') === null) return redirect('/notes/list')
  return {}
}

export default function Page() {
  return (
    <>
      <h1>Note</h1>
      <Form method="post">
        <input name="text" aria-label="Text" />
        <button>Save</button>
        <button name="stay" value="1">
          Save and stay
        </button>
      </Form>
    </>
  )
}
