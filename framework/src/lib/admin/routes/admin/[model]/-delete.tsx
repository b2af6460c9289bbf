import type { ReactNode } from 'react'
import type { AnyRouteContext } from '../../../../forms/form-action.ts'
import type { Head } from '../../../../routing/types.ts'
import { type DeleteAction, deleteAction, loadDeletion } from '../../../delete/delete-action.ts'
import { type DeleteData, DeleteView } from '../../../views/delete-page.tsx'

export const loader = (context: AnyRouteContext): Promise<DeleteData> => loadDeletion(context)

export const actions: { delete: DeleteAction } = { delete: deleteAction }

export const head = ({ data }: { data: DeleteData }): Head => ({ title: data.question })

export default function DeletePage({ data }: { data: DeleteData }): ReactNode {
  return <DeleteView data={data} />
}
