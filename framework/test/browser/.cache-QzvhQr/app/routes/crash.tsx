import type { ErrorViewProps } from 'hotclub'
import { useState } from 'react'

export const head = { title: 'Crash' }

export default function Crash() {
  const [broken, setBroken] = useState(false)
  if (broken) throw new Error('Broken in the browser')
  return (
    <>
      <h1>Crash</h1>
      <button id="break" onClick={() => setBroken(true)}>
        Break
      </button>
    </>
  )
}

export function ErrorView({ error }: ErrorViewProps) {
  return <h1 id="crash-error">Caught {error.status}</h1>
}
