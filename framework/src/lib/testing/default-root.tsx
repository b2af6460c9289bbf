import type { ReactNode } from 'react'
import type { RouteModule } from '../routing/types.ts'
import { Head, Scripts } from '../view/document.tsx'
import type { ViewError } from '../view/payload.ts'

/** A document with nothing of its own. */
export const DefaultRoot: RouteModule = {
  default: function Root({ children }: { children?: ReactNode }) {
    return (
      <html lang="en">
        <head>
          <Head />
        </head>
        <body>
          {children}
          <Scripts />
        </body>
      </html>
    )
  },
  ErrorView: function RootError({ error }: { error: ViewError }) {
    return (
      <main>
        <h1>{error.status}</h1>
        <p>{error.message}</p>
      </main>
    )
  },
}
