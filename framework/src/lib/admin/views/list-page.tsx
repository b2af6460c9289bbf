/** The list of a model. */
import type { ReactNode } from 'react'
import { Await } from '../../view/await.tsx'
import { Form } from '../../view/form.tsx'
import { usePage } from '../../view/hooks.ts'
import { Link } from '../../view/link.tsx'
import type { ListPage as ListData } from '../list/load-list.ts'
import { countText } from './cell.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Icon } from './icons.tsx'
import { Kept } from './kept.tsx'
import { ListTable } from './list-table.tsx'
import { PageHeader } from './page-header.tsx'
import { listPath, withQuery } from './paths.ts'

export interface ListProps {
  list: ListData
  slug: string
  title: string
  singular: string
  plural: string
  isSearchable: boolean
  canAdd: boolean
  canDelete: boolean
}

export function ListView(props: ListProps): ReactNode {
  const { list, slug, title, singular, canAdd } = props
  return (
    <>
      <PageHeader
        title={title}
        detail={
          <Await value={list.count} fallback="…">
            {(count) => countText(count)}
          </Await>
        }
      >
        {canAdd && (
          <Link href={`${listPath(slug)}/new`} className="ha-button" data-kind="primary">
            <Icon name="plus" /> Add {singular}
          </Link>
        )}
      </PageHeader>
      <Toolbar {...props} />
      {list.rows.length === 0 ? <Empty {...props} /> : <ListTable {...props} />}
      <Pager list={list} />
    </>
  )
}

function Toolbar({ list, plural, isSearchable }: ListProps): ReactNode {
  const { url } = usePage()
  const isNarrowed = list.q !== '' || list.filters.some(({ value }) => value !== undefined)
  return (
    <div className="ha-toolbar">
      {isSearchable && (
        <search className="ha-search">
          <Form>
            <Kept url={url} without="q" />
            <label>
              <span className="ha-hidden">Search {plural}</span>
              <Icon name="search" />
              <input type="search" name="q" defaultValue={list.q} key={list.q} placeholder={`Search ${plural}`} maxLength={200} />
            </label>
            <button className="ha-hidden">Search</button>
          </Form>
        </search>
      )}
      <FilterBar filters={list.filters} />
      {isNarrowed && (
        <Link
          href={withQuery(url, Object.fromEntries([['q', null], ...list.filters.map(({ name }) => [`f.${name}`, null] as const)]))}
          className="ha-quiet"
        >
          Clear
        </Link>
      )}
    </div>
  )
}

function Pager({ list: { before, after } }: { list: ListData }): ReactNode {
  const { url } = usePage()
  if (before === undefined && after === undefined) return null
  return (
    <nav className="ha-pager" aria-label="Pages">
      {before === undefined ? <span /> : <PagerLink href={withQuery(url, { before })} label="Previous" />}
      {after !== undefined && <PagerLink href={withQuery(url, { after })} label="Next" />}
    </nav>
  )
}

function PagerLink({ href, label }: { href: string; label: 'Previous' | 'Next' }): ReactNode {
  return (
    <Link href={href} className="ha-button" rel={label === 'Next' ? 'next' : 'prev'}>
      {label === 'Previous' && <Icon name="left" />}
      {label}
      {label === 'Next' && <Icon name="right" />}
    </Link>
  )
}

function Empty({ list, slug, singular, plural, canAdd }: ListProps): ReactNode {
  const isNarrowed = list.q !== '' || list.filters.some(({ value }) => value !== undefined)
  return (
    <div className="ha-empty">
      <p>{isNarrowed ? `No ${plural} match.` : `There are no ${plural} yet.`}</p>
      {isNarrowed ? (
        <Link href={listPath(slug)} className="ha-button">
          Show all {plural}
        </Link>
      ) : (
        canAdd && (
          <Link href={`${listPath(slug)}/new`} className="ha-button">
            Add the first {singular}
          </Link>
        )
      )}
    </div>
  )
}
