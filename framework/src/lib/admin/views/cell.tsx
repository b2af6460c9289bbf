/** A value, as people read it. */
import type { ReactNode } from 'react'
import { Link } from '../../view/link.tsx'
import type { Column } from '../list/columns.ts'
import type { Linked } from '../list/load-list.ts'
import { textOf } from '../text.ts'
import { Icon } from './icons.tsx'
import { rowPath } from './paths.ts'

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })
const times = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 20 })

/** Shows a value of a column. */
export function Cell({ column, value }: { column: Column; value: unknown }): ReactNode {
  if (value === null || value === undefined || value === '') return <span className="ha-none">–</span>
  switch (column.kind) {
    case 'boolean':
      return value === true ? (
        <span className="ha-yes">
          <Icon name="check" />
          <span className="ha-hidden">Yes</span>
        </span>
      ) : (
        <span className="ha-none">
          –<span className="ha-hidden">No</span>
        </span>
      )
    case 'date':
    case 'datetime':
      return <Time value={value as Date} isDay={column.kind === 'date'} />
    case 'number':
      return numberText(value) + (column.unit === undefined ? '' : `${column.unit === '%' ? '' : ' '}${column.unit}`)
    case 'money':
      return moneyText(value, column.currency)
    case 'enum':
      return <span className="ha-badge">{column.labels?.[textOf(value)] ?? textOf(value)}</span>
    case 'json':
      return <code className="ha-code">{JSON.stringify(value).slice(0, 80)}</code>
    case 'bytes':
      return `${numbers.format(Number(value))} bytes`
    case 'list':
      return (value as unknown[]).length === 0 ? <span className="ha-none">–</span> : (value as unknown[]).map(textOf).join(', ')
    case 'one':
      return <LinkedRow slug={column.slug} row={value as Linked} />
    case 'many':
      return <Several column={column} value={value as { items: Linked[]; count: number }} />
    case 'text':
    case 'long':
      return textOf(value)
  }
}

function Time({ value, isDay }: { value: Date; isDay: boolean }): ReactNode {
  const iso = value.toISOString()
  return (
    <time dateTime={isDay ? iso.slice(0, 10) : iso} title={isDay ? undefined : `${iso.slice(0, 19).replace('T', ' ')} UTC`}>
      {(isDay ? dates : times).format(value)}
    </time>
  )
}

function Several({ column, value: { items, count } }: { column: Column; value: { items: Linked[]; count: number } }): ReactNode {
  if (count === 0) return <span className="ha-none">–</span>
  if (items.length === 0) return numbers.format(count)
  return (
    <span className="ha-several">
      {items.map((item) => (
        <LinkedRow key={item.key || item.label} slug={column.slug} row={item} />
      ))}
      {count > items.length && <span className="ha-detail">+{numbers.format(count - items.length)}</span>}
    </span>
  )
}

function LinkedRow({ slug, row }: { slug: string | undefined; row: Linked }): ReactNode {
  return slug === undefined || row.key === '' ? row.label : <Link href={rowPath(slug, row.key)}>{row.label}</Link>
}

function numberText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint' ? numbers.format(value) : textOf(value)
}

function moneyText(value: unknown, currency = 'USD'): string {
  const amount = typeof value === 'bigint' || typeof value === 'number' ? value : Number(textOf(value))
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: typeof amount === 'bigint' ? 0 : 2 }).format(
      amount,
    )
  } catch {
    // A currency that nobody knows is a word of the schema.
    return `${numberText(value)} ${currency}`
  }
}

/** A number of rows. */
export function countText(count: number): string {
  return numbers.format(count)
}
