/** Dates of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT`, and the two older forms that RFC 9110 wants to be read. */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const time = String.raw`(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})`
const forms = [
  new RegExp(String.raw`^[a-z]{3}, (?<day>[0-9]{2}) (?<month>[a-z]{3}) (?<year>[0-9]{4}) ${time} GMT$`, 'i'),
  new RegExp(String.raw`^[a-z]{6,9}, (?<day>[0-9]{2})-(?<month>[a-z]{3})-(?<year>[0-9]{2}) ${time} GMT$`, 'i'),
  new RegExp(String.raw`^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ 0-9][0-9]) ${time} (?<year>[0-9]{4})$`, 'i'),
]

/** Writes a moment as HTTP does, which knows no parts of a second. */
export function httpDate(date: Date): string {
  return date.toUTCString()
}

/**
 * Reads a date of a header.
 *
 * @returns Milliseconds since 1970; `undefined` for what is no date. Years of two digits are the nearest that are not more than fifty years ahead
 */
export function parseHttpDate(text: string): number | undefined {
  for (const form of forms) {
    const found = form.exec(text)?.groups
    if (found) return momentOf(found as Record<'day' | 'month' | 'year' | 'hour' | 'minute' | 'second', string>)
  }
  return undefined
}

function momentOf(parts: Record<'day' | 'month' | 'year' | 'hour' | 'minute' | 'second', string>): number | undefined {
  const month = months.indexOf(parts.month.toLowerCase())
  const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second].map(Number) as [number, number, number, number]
  const moment = Date.UTC(fullYear(Number(parts.year)), month, day, hour, minute, second)
  const date = new Date(moment)
  // `Mon, 32 Oct` would be the first of November otherwise.
  const isReal = month >= 0 && date.getUTCMonth() === month && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return isReal ? moment : undefined
}

function fullYear(year: number): number {
  if (year >= 100) return year
  const now = new Date().getUTCFullYear()
  const near = now - (now % 100) + year
  return near > now + 50 ? near - 100 : near
}
