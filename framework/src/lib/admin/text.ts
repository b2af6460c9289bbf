/** Any value of a row as text. Decimals keep their digits, dates are those of UTC. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object') return `${value as string | number | bigint | boolean}`
  return 'toFixed' in value && typeof value.toFixed === 'function' ? (value as { toFixed(): string }).toFixed() : JSON.stringify(value)
}
