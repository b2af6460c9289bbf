import type { ErrorViewProps } from 'hotclub'
import { Head, Link, Scripts, useNavigation } from 'hotclub/client'
import { useState, type ReactNode } from 'react'
import './style.css'

export const head = { title: 'Fixture', titleTemplate: (title: string) => `${title} · Fixture` }

export default function Root({ children }: { children?: ReactNode }) {
  const [count, setCount] = useState(0)
  const navigation = useNavigation()
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <Head />
      </head>
      <body>
        <nav>
          <Link to="/">Home</Link> <Link to="/about">About</Link> <Link to="/long">Long</Link>{' '}
          <Link to="/items/[id=int]" params={{ id: 1 }}>
            Item 1
          </Link>{' '}
          <Link to="/items/[id=int]" params={{ id: 2 }}>
            Item 2
          </Link>{' '}
          <button id="count" onClick={() => setCount(count + 1)}>
            Clicked {count}
          </button>
          <output id="state">{[navigation.state, navigation.to, navigation.form?.get('name')].filter(Boolean).join(' ')}</output>
        </nav>
        <main>{children}</main>
        <Scripts />
      </body>
    </html>
  )
}

export function ErrorView({ error }: ErrorViewProps) {
  return (
    <section id="root-error">
      <h1>
        Error {error.status}: {error.message}
      </h1>
    </section>
  )
}
