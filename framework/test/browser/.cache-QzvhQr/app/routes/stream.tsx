import { HttpError, type ErrorViewProps, type ViewProps } from 'hotclub'
import { Await, useRevalidate } from 'hotclub/client'
import { wait } from '../gates.server.ts'

export function loader() {
  return {
    fast: wait('fast'),
    slow: wait('slow').then((text) => ({ text, inner: wait('inner') })),
    refused: wait('refused').then(() => {
      throw new HttpError(403, 'Not for you')
    }),
    broken: wait('broken').then(() => {
      throw new Error('The secret reason')
    }),
  }
}

export const head = { title: 'Stream' }

export default function Stream({ data }: ViewProps<typeof loader>) {
  const revalidate = useRevalidate()
  return (
    <>
      <h1>Stream</h1>
      <button id="again" onClick={() => void revalidate()}>
        Again
      </button>
      <p id="fast">
        <Await value={data.fast} fallback="Waiting for fast">
          {(text) => `Got ${text}`}
        </Await>
      </p>
      <div id="slow">
        <Await value={data.slow} fallback="Waiting for slow">
          {({ text, inner }) => (
            <>
              <button onClick={(event) => (event.currentTarget.textContent = 'alive')}>Got {text}</button>
              <p id="inner">
                <Await value={inner} fallback="Waiting for inner">
                  {(more) => `Got ${more}`}
                </Await>
              </p>
              <div className="tall" />
            </>
          )}
        </Await>
      </div>
      <p id="refused">
        <Await value={data.refused} fallback="Waiting" error={(error) => `${error.status} ${error.message}`}>
          {() => 'never'}
        </Await>
      </p>
      <div id="broken">
        <Await value={data.broken} fallback="Waiting">
          {() => 'never'}
        </Await>
      </div>
    </>
  )
}

export function ErrorView({ error }: ErrorViewProps) {
  return <strong>View of {error.status}</strong>
}
