import type { Provider } from '../database-url.ts'

/** A moment as Prisma's tools write it into each kind of database: milliseconds in SQLite. */
export function sqlTime(provider: Provider, time: Date): string | number {
  if (provider === 'sqlite') return time.getTime()
  return provider === 'mysql' ? time.toISOString().replace('T', ' ').replace('Z', '') : time.toISOString()
}
