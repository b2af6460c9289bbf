import type { ErrorViewProps } from 'hotclub'
import { useState, type ReactNode } from 'react'

export default function Items({ children }: { children?: ReactNode }) {
  const [count, setCount] = useState(0)
  return (
    <section id="items">
      <button id="layout-count" onClick={() => setCount(count + 1)}>
        Layout {count}
      </button>
      {children}
    </section>
  )
}

export function ErrorView({ error }: ErrorViewProps) {
  return (
    <h1 id="items-error">
      {error.status} {error.message}
    </h1>
  )
}
