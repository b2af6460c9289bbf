import type { Provider } from '../database-url.ts'

/** Quotes a name of a table, a column or anything else that has one. */
export function quoteName(provider: Provider, name: string): string {
  return provider === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`
}
