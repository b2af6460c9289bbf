/** The rows of a list: a table, which is a list of cards on a phone. Rows are ticked to be deleted together. */
import { type ReactNode, useState } from 'react'
import { Form } from '../../view/form.tsx'
import { usePage } from '../../view/hooks.ts'
import { Link } from '../../view/link.tsx'
import type { Column } from '../list/columns.ts'
import type { ListPage, ListRow } from '../list/load-list.ts'
import type { Sort } from '../site.ts'
import { Cell } from './cell.tsx'
import { Icon } from './icons.tsx'
import { listPath, rowPath, withQuery } from './paths.ts'

export interface TableProps {
  list: ListPage
  slug: string
  plural: string
  canDelete: boolean
}

export function ListTable({ list, slug, plural, canDelete }: TableProps): ReactNode {
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
