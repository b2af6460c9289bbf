import type { ReactNode } from 'react'
import type { AnyRouteContext } from '../../../../forms/form-action.ts'
import type { Head } from '../../../../routing/types.ts'
import { Access } from '../../../access.ts'
import { mayAdd } from '../../../form/plan.ts'
import { loadList } from '../../../list/load-list.ts'
import { type ListProps, ListView } from '../../../views/list-page.tsx'

export async function loader(context: AnyRouteContext): Promise<ListProps> {
  const access = await Access.of(context)
  const model = await access.model(context.params['model'])
  const { metadata, slug, title, search } = model
  const [list, canAdd, canDelete] = await Promise.all([
    loadList(access, model, context.url.searchParams),
    mayAdd(access, model),
    access.may(model, 'delete'),
  ])
  return { list, slug, title, singular: metadata.singular, plural: metadata.plural, isSearchable: search.length > 0, canAdd, canDelete }
}

export const head = ({ data }: { data: ListProps }): Head => ({ title: data.title })

export default function ListPage({ data }: { data: ListProps }): ReactNode {
  return <ListView {...data} key={data.slug} />
}
