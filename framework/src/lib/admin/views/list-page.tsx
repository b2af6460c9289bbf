/** The list of a model. */
import { useState, type ReactNode } from 'react'
import { Await } from '../../view/await.tsx'
import { Form } from '../../view/form.tsx'
import { usePage } from '../../view/hooks.ts'
import { Link } from '../../view/link.tsx'
import type { Column } from '../list/columns.ts'
import type { ListPage as ListData, ListRow } from '../list/load-list.ts'
import type { Sort } from '../site.ts'
import { Cell, countText } from './cell.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Icon } from './icons.tsx'
import { Kept } from './kept.tsx'
import { PageHeader } from './page-header.tsx'
import { listPath, rowPath, withQuery } from './paths.ts'

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
      {list.rows.length === 0 ? <Empty {...props} /> : <Rows {...props} />}
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

function Rows({ list, slug, plural, canDelete }: ListProps): ReactNode {
  const [selected, select] = useState<ReadonlySet<string>>(new Set())
  const isSelectable = canDelete && list.rows[0]!.key !== ''
  const keys = list.rows.map(({ key }) => key)
  const chosen = keys.filter((key) => selected.has(key))
  const toggle = (some: readonly string[], isOn: boolean): void => {
    const next = new Set(selected)
    for (const key of some)
      if (isOn) next.add(key)
      else next.delete(key)
    select(next)
  }
  return (
    <Form action={`${listPath(slug)}/-delete`} className="ha-rows">
      {isSelectable && (
        <div className="ha-bulk" data-some={chosen.length > 0 ? '' : undefined}>
          <span aria-live="polite">{chosen.length > 0 && `${chosen.length} of ${list.rows.length} on this page selected`}</span>
          <button className="ha-button" data-kind="danger">
            <Icon name="trash" /> Delete selected …
          </button>
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
      <section className="ha-scroll" aria-label={`Table of ${plural}`} tabIndex={0}>
        <table className="ha-table">
          <thead>
            <tr>
              {isSelectable && (
                <th className="ha-tick">
                  <input
                    type="checkbox"
                    aria-label="Select every row of this page"
                    checked={chosen.length === keys.length}
                    onChange={(event) => toggle(keys, event.currentTarget.checked)}
                  />
                </th>
              )}
              {list.columns.map((column) => (
                <Heading key={column.name} column={column} sort={list.sort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row, index) => (
              <TableRow
                key={row.key || index}
                row={row}
                columns={list.columns}
                slug={slug}
                selection={isSelectable ? { isOn: selected.has(row.key), set: (isOn) => toggle([row.key], isOn) } : undefined}
              />
            ))}
          </tbody>
        </table>
      </section>
    </Form>
  )
}

function Heading({ column, sort }: { column: Column; sort: readonly Sort[] }): ReactNode {
  const { url } = usePage()
  const current = sort.find(({ field }) => field === column.name)
  const align = isNumeric(column) ? 'end' : undefined
  if (!column.sortable) return <th data-align={align}>{column.label}</th>
  const next = current?.direction === 'asc' ? `-${column.name}` : column.name
  return (
    <th data-align={align} aria-sort={current === undefined ? undefined : current.direction === 'asc' ? 'ascending' : 'descending'}>
      <Link href={withQuery(url, { sort: next })} keepScroll replace>
        {column.label}
        {current !== undefined && <Icon name={current.direction === 'asc' ? 'up' : 'down'} />}
      </Link>
    </th>
  )
}

function TableRow({
  row,
  columns,
  slug,
  selection,
}: {
  row: ListRow
  columns: readonly Column[]
  slug: string
  selection: { isOn: boolean; set: (isOn: boolean) => void } | undefined
}): ReactNode {
  return (
    <tr data-selected={selection?.isOn ? '' : undefined}>
      {selection && (
        <td className="ha-tick">
          <input
            type="checkbox"
            name="key"
            value={row.key}
            aria-label={`Select ${row.label}`}
            checked={selection.isOn}
            onChange={(event) => selection.set(event.currentTarget.checked)}
          />
        </td>
      )}
      {columns.map((column, index) => (
        <td key={column.name} data-align={isNumeric(column) ? 'end' : undefined} data-kind={column.kind} data-label={column.label}>
          {index === 0 && row.key !== '' ? (
            <Link href={rowPath(slug, row.key)} className="ha-open">
              {isLinked(column) || row.cells[0] === null || row.cells[0] === '' ? (
                row.label
              ) : (
                <Cell column={column} value={row.cells[index]} />
              )}
            </Link>
          ) : (
            <Cell column={column} value={row.cells[index]} />
          )}
        </td>
      ))}
    </tr>
  )
}

function isNumeric({ kind }: Column): boolean {
  return kind === 'number' || kind === 'money' || kind === 'bytes'
}

/** A cell that is a link itself cannot stand in one. */
function isLinked({ kind }: Column): boolean {
  return kind === 'one' || kind === 'many'
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
