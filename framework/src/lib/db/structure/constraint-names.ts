/** The names that Prisma gives to keys and indexes, cut to what a database allows. */
import type { Provider } from '../database-url.ts'

const longest: Readonly<Record<Provider, number>> = { sqlite: 10_000, postgresql: 63, mysql: 64 }

export type ConstraintKind = 'pkey' | 'key' | 'idx' | 'fkey'

/** `Movie_slug_key`: the table, its columns (none for a primary key), and what it is. */
export function constraintName(provider: Provider, kind: ConstraintKind, table: string, columns: readonly string[]): string {
  const suffix = `_${kind}`
  return cut([table, ...columns].join('_'), longest[provider] - suffix.length) + suffix
}

/** The longest beginning of a text that takes so many bytes at most. */
function cut(text: string, bytes: number): string {
  let result = text
  while (Buffer.byteLength(result) > bytes) result = result.slice(0, -1)
  return result
}
