import type { ReactNode } from 'react'
import type { Context } from '../../../core/context.ts'
import { isStaff } from '../../access.ts'

export const permission: (context: Context) => Promise<boolean> = isStaff

export default function AdminLayout({ children }: { children?: ReactNode }): ReactNode {
  return children
}
