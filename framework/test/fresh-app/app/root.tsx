import { Head, Scripts } from 'hotclub/client'
import type { ReactNode } from 'react'

export default function Root({ children }: { children?: ReactNode }) {
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
}
