import type { ViewProps } from 'hotclub'
import { Await } from 'hotclub/client'
import { wait } from '../gates.server.ts'

export const hydrate = false

export function loader() {
  return { slow: wait('slow').then((text) => text.repeat(5000)) }
}

export default function Still({ data }: ViewProps<typeof loader>) {
  return (
    <>
      <h1>Still</h1>
      <p id="slow">
        <Await value={data.slow} fallback="Waiting">
          {(text) => text}
        </Await>
      </p>
    </>
  )
}
