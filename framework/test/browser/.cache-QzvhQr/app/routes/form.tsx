import { invalid, redirect, type ActionArgs, type ViewProps } from 'hotclub'
import { Form } from 'hotclub/client'
import { wait } from '../gates.server.ts'

let saved = 0

export function loader() {
  return { saved }
}

export async function action({ form }: ActionArgs) {
  const name = String(form.get('name'))
  await wait('action')
  if (name === '') return invalid({ problem: 'Enter a name.', via: form.get('via') })
  if (name === 'crash') throw new Error('The secret reason')
  if (name === 'stay') return { greeting: `Hello ${name} via ${String(form.get('via'))}` }
  saved += 1
  return redirect(name === 'here' ? '/form' : name === 'part' ? '/form#saved' : `/about?name=${name}`)
}

export const head = { title: 'Form' }

export default function Page({ data, actionData }: ViewProps<typeof loader, typeof action>) {
  return (
    <>
      <h1>Form</h1>
      <p id="saved">Saved {data.saved}</p>
      <p id="result">{actionData && ('problem' in actionData ? `${actionData.problem} ${String(actionData.via)}` : actionData.greeting)}</p>
      <Form method="post" id="enhanced">
        <input name="name" aria-label="Name" />
        <textarea name="text" aria-label="Text" />
        <button name="via" value="first">
          Send
        </button>
        <button name="via" value="second">
          Send otherwise
        </button>
        <button formMethod="get" formAction="/search" name="q" value="button">
          Search instead
        </button>
      </Form>
      <form method="post" id="native">
        <input name="name" aria-label="Native name" />
        <button>Native send</button>
      </form>
    </>
  )
}
