import { notFound, type ErrorViewProps, type LoaderArgs, type ViewProps } from 'hotclub'
import { wait } from '../../gates.server.ts'

export async function loader({ params }: LoaderArgs<'/items/[id=int]'>) {
  await wait(`item ${params.id}`)
  if (params.id === 404) notFound('No such item')
  if (params.id === 500) throw new Error('The secret reason')
  return { id: params.id }
}

export const head = ({ data }: ViewProps<typeof loader>) => ({ title: `Item ${data.id}` })

export default function Item({ data }: ViewProps<typeof loader>) {
  return (
    <>
      <h1>Item {data.id}</h1>
      <input id="note" autoFocus={data.id === 3} />
      <a id="to-three" href="/items/3">
        Item 3
      </a>
    </>
  )
}

export function ErrorView({ error }: ErrorViewProps) {
  return (
    <h1 id="item-error">
      {error.status} {error.message}
    </h1>
  )
}
