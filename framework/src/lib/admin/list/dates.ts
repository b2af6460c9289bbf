/** Spans of time in an address: `2024`, `2024-05`, `2024-05-17`, `2020..2024`, `7d`, `today`. Days are those of UTC. */

const DAY = 86_400_000

/** A condition on a date, and its words. */
export interface DateRange {
  test: { gte?: Date; lt?: Date }
  words: string
}

/** What can be chosen by name, each with its words. */
export const datePresets: ReadonlyArray<{ value: string; label: string }> = [
  { value: 'today', label: 'Today' },
  { value: '7d', label: 'Past 7 days' },
  { value: '30d', label: 'Past 30 days' },
  { value: 'month', label: 'This month' },
  { value: 'year', label: 'This year' },
]

/** Reads a span; `undefined` where the text is none. @param now For spans that end today */
export function dateRange(text: string, now: Date = new Date()): DateRange | undefined {
  const preset = datePresets.find(({ value }) => value === text)
  if (preset) return { test: { gte: presetStart(text, now) }, words: preset.label }
  const [from, to, ...rest] = text.split('..')
  if (rest.length > 0) return undefined
  if (to === undefined) {
    const span = readPeriod(from!)
    return span && { test: { gte: span.start, lt: span.end }, words: text }
  }
  const [first, last] = [readPeriod(from!), readPeriod(to)]
  if ((from !== '' && !first) || (to !== '' && !last) || (!first && !last)) return undefined
  const test = { ...(first ? { gte: first.start } : {}), ...(last ? { lt: last.end } : {}) }
  return { test, words: first ? (last ? `${from} to ${to}` : `from ${from}`) : `until ${to}` }
}

function presetStart(text: string, now: Date): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  if (text === 'today') return new Date(today)
  if (text === 'month') return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  if (text === 'year') return new Date(Date.UTC(now.getUTCFullYear(), 0, 1))
  return new Date(today - Number(text.slice(0, -1)) * DAY)
}

/** A year, a month or a day, from its first moment to the first after it. */
function readPeriod(text: string): { start: Date; end: Date } | undefined {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text)
  if (!match) return undefined
  const [year, month, day] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part))) as [number, number?, number?]
  const start = utc(year, (month ?? 1) - 1, day ?? 1)
  const isReal = start.getUTCMonth() === (month ?? 1) - 1 && start.getUTCDate() === (day ?? 1)
  if (!isReal) return undefined
  const end = month === undefined ? utc(year + 1, 0, 1) : day === undefined ? utc(year, month, 1) : new Date(start.getTime() + DAY)
  return { start, end }
}

/** `Date.UTC` takes the years 0 to 99 for those of the last century. */
function utc(year: number, month: number, day: number): Date {
  const date = new Date(Date.UTC(2000, month, day))
  date.setUTCFullYear(year, month, day)
  return date
}
