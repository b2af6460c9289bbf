/**
 * Numbers and dates as the site prints them. Locale and time zone are fixed: the server and every browser must write
 * the same text, or hydration would have to throw the page away.
 */
const LOCALE = 'en-US'

const counts = new Intl.NumberFormat(LOCALE)
const dollars = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })
const shortDollars = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'USD', notation: 'compact', maximumFractionDigits: 1 })
const days = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone: 'UTC' })

/** `12,345` */
export function formatCount(value: number): string {
  return counts.format(value)
}

/** `1 film`, `12 films` */
export function formatPlural(value: number, one: string, many = `${one}s`): string {
  return `${counts.format(value)} ${value === 1 ? one : many}`
}

/** `$28,341,469` */
export function formatMoney(value: bigint): string {
  return dollars.format(value)
}

/** `$28.3M` */
export function formatShortMoney(value: bigint): string {
  return shortDollars.format(value)
}

/** `8.0`: one decimal, always. */
export function formatScore(value: number): string {
  return value.toFixed(1)
}

/** Minutes as `2 h 22 min`. */
export function formatRuntime(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' ')
}

/** `October 14, 1994`, in UTC. */
export function formatDate(date: Date): string {
  return days.format(date)
}

/** `1994-10-14`, for `<time>` and structured data. */
export function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** Minutes as an ISO 8601 duration: `PT142M`. */
export function isoDuration(minutes: number): string {
  return `PT${minutes}M`
}
