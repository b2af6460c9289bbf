import type { ReactNode } from 'react'
import { Head, Scripts } from 'hotclub/client'

export const head = { titleTemplate: (title: string) => `${title} · Bench`, meta: [{ name: 'viewport', content: 'width=device-width' }] }

export default function Root({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <Head />
      </head>
      <body>
        {children}
        <Scripts />
      </body>
    </html>
  )
}

export function ErrorView() {
  return <h1>Error</h1>
}
