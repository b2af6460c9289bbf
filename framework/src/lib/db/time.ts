/** Moments, dates and times of day, each written in one way only. */
import type { Provider } from './database-url.ts'
import type { ColumnField } from './transfer/plan.ts'

const clock = String.raw`(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?`
const moment = new RegExp(String.raw`^(\d{4,})-(\d\d)-(\d\d)(?:[T ]${clock})?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$`)
const timeOfDay = new RegExp(`^${clock}(Z|[+-]\\d\\d(?::?\\d\\d)?)?$`)

/**
 * Writes what a database has for a moment as `2026-03-29T02:30:00.125Z`: in UTC, with microseconds where there are any. A date is its
 * midnight, a time of day is that of the first of January 1970. What is none of these (`infinity`) stays as it is.
 *
 * @param value Text, or milliseconds since 1970
 */
export function canonicalTime(value: string | number | bigint): string {
  if (typeof value !== 'string') return new Date(Number(value)).toISOString()
  const text = value
  const day = timeOfDay.exec(text)
  const found = day ? moment.exec(`1970-01-01T${text}`) : moment.exec(text)
  if (!found) return text
  const [, year, month, date, hours = '00', minutes = '00', seconds = '00', fraction = '', zone = 'Z'] = found
  const base = new Date(`${year!.length > 4 ? `+${year!.padStart(6, '0')}` : year}-${month}-${date}T${hours}:${minutes}:${seconds}Z`)
  const utc = new Date(base.getTime() - offsetOf(zone))
  if (Number.isNaN(utc.getTime())) return text
  const digits = fraction.slice(1).padEnd(6, '0').slice(0, 6)
  return utc.toISOString().replace(/\.\d+Z$/, `.${digits.endsWith('000') ? digits.slice(0, 3) : digits}Z`)
}

/** Milliseconds that a zone is ahead of UTC. */
function offsetOf(zone: string): number {
  const found = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  if (!found) return 0
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3] ?? 0)) * 60_000
}

/** Writes a canonical time as a column of a database takes it. SQLite's is what Prisma writes there. */
export function timeParameter(text: string, field: ColumnField, provider: Provider): string {
  if (!text.endsWith('Z')) return text
  if (provider === 'sqlite') return text.replace('Z', '+00:00')
  const native = 'nativeType' in field ? field.nativeType?.name : undefined
  const [date, time] = text.slice(0, -1).split('T')
  if (native === 'Date') return date!
  if (native === 'Time' || native === 'Timetz') return time!
  return `${date!.replace(/^\+0*/, '')} ${time}`
}
