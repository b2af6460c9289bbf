/** Writes a query string. */
import { CHECKS } from '../core/checks.ts'
import { HotclubError } from '../core/hotclub-error.ts'
import type { AnySearch } from './search-input.ts'

/**
 * Writes a query with its `?`: arrays repeat their parameter, dates are ISO texts, `undefined` and `null` leave theirs out.
 *
 * @returns An empty string when nothing is left
 * @throws {HotclubError} `HC_HREF` for a value that a query cannot hold
 */
export function formatSearch(search: AnySearch | undefined): string {
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(search ?? {}))
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
      if (item !== undefined && item !== null) pairs.append(name, textOf(name, item))
  const text = pairs.toString()
  return text === '' ? '' : `?${text}`
}

function textOf(name: string, value: unknown): string {
  if (!CHECKS) return value instanceof Date ? value.toISOString() : String(value)
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  throw new HotclubError('HC_HREF', {
    where: `search.${name}`,
    message: `The query cannot hold this value of '${name}': ${value instanceof Date ? 'an invalid date' : typeof value}.`,
    hint: 'Pass texts, numbers, booleans, dates, or arrays of them.',
  })
}
