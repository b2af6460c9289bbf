import { Link, Messages } from 'hotclub/client'
import type { ReactNode } from 'react'

export default function Notes({ children }: { children?: ReactNode }) {
  return (
    <>
      <Link to="/notes/list">List of notes</Link>
      <Messages />
      {children}
    </>
  )
}
