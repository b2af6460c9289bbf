import type { ReactNode } from 'react'
import { Frame } from '../lib/list.tsx'

export default function Layout({ children }: { children?: ReactNode }) {
  return <Frame>{children}</Frame>
}
