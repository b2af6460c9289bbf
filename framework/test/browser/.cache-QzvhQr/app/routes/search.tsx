import type { LoaderArgs, ViewProps } from 'hotclub'
import { Form, useRevalidate } from 'hotclub/client'

let runs = 0

export function loader({ search }: LoaderArgs) {
  runs += 1
  return { query: JSON.stringify(search), runs }
}

export const head = { title: 'Search' }

export default function Search({ data }: ViewProps<typeof loader>) {
  const revalidate = useRevalidate()
  return (
    <>
      <h1>Search</h1>
      <Form action="/search?old=1">
        <input name="q" aria-label="Query" />
        <button>Search</button>
      </Form>
      <p id="query">{data.query}</p>
      <p id="runs">{data.runs}</p>
      <button id="again" onClick={() => void revalidate()}>
        Again
      </button>
      <a id="same" href="">
        Same page
      </a>
    </>
  )
}
