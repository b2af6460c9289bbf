import type { ReactNode } from 'react'
import type { AnyRouteContext } from '../../../../../forms/form-action.ts'
import type { Head } from '../../../../../routing/types.ts'
import { loadForm } from '../../../../form/load-form.ts'
import { type SaveAction, saveAction } from '../../../../form/save.ts'
import { type FormData, FormView } from '../../../../views/form-page.tsx'

export const loader = (context: AnyRouteContext): Promise<FormData> => loadForm(context)

export const actions: { save: SaveAction } = { save: saveAction }

export const head = ({ data }: { data: FormData }): Head => ({ title: data.record?.label ?? `New ${data.singular}` })

export default function FormPage({ data }: { data: FormData }): ReactNode {
  return <FormView data={data} key={data.record?.key ?? ''} />
}
