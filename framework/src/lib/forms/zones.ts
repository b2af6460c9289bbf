/** The time of day in a zone, as `datetime-local` inputs write it: `2026-10-25T02:30`, seconds only where there are any. */

const WALL = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(Z|[+-]\d\d:?\d\d)?$/
const DAY = 86_400_000

/** The time that clocks in `zone` show at an instant. */
export function toWall(date: Date, zone = 'UTC'): string {
  const text = new Date(date.getTime() + offsetAt(date.getTime(), zone)).toISOString().slice(0, -1)
  return text.endsWith(':00.000') ? text.slice(0, -7) : text.endsWith('.000') ? text.slice(0, -4) : text
}

/**
 * The instant at which clocks in `zone` show a time. Of a time that they show twice, the first; a time that they skip is moved on by
 * as much as they are. A day alone is its first moment; a text with an offset (`Z`, `+02:00`) needs no zone.
 *
 * @returns `undefined` for a text that is no time
 */
export function fromWall(text: string, zone = 'UTC'): Date | undefined {
  const match = WALL.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', offset] = match
  const parts = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number]
  const wall = new Date(0)
  wall.setUTCFullYear(parts[0], parts[1] - 1, parts[2])
  wall.setUTCHours(parts[3], parts[4], parts[5], Number(fraction.padEnd(3, '0')))
  // Dates roll over: 30 February would be 1 March.
  if (wall.getUTCMonth() !== parts[1] - 1 || wall.getUTCDate() !== parts[2]) return undefined
  if (parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return undefined
  if (offset !== undefined) return new Date(wall.getTime() - offsetOf(offset))
  if (zone === 'UTC') return wall
  const before = offsetAt(wall.getTime() - DAY, zone)
  const after = offsetAt(wall.getTime() + DAY, zone)
  const candidates = [wall.getTime() - before, wall.getTime() - after].sort((a, b) => a - b)
  const exact = candidates.find((time) => time + offsetAt(time, zone) === wall.getTime())
  return new Date(exact ?? wall.getTime() - before)
}

/** Whether a runtime knows a zone by this name. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)/.exec(text)!
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    const part = 'numeric'
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: part,
      month: part,
      day: part,
      hour: part,
      minute: part,
      second: part,
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

/** Milliseconds by which clocks in `zone` are ahead of UTC at an instant. */
function offsetAt(time: number, zone: string): number {
  if (zone === 'UTC') return 0
  const parts: Record<string, string> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(time)) parts[type] = value
  const wall = new Date(0)
  wall.setUTCFullYear(
    parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']),
    Number(parts['month']) - 1,
    Number(parts['day']),
  )
  wall.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']))
  return wall.getTime() - Math.floor(time / 1000) * 1000
}
