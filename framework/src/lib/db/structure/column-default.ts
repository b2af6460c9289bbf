import type { DMMF } from '@prisma/generator-helper'
import type { Provider } from '../database-url.ts'

/** MySQL's types that take no literal for a default, but an expression. */
const takesExpression = /^(JSON|\w*TEXT|\w*BLOB|GEOMETRY|POINT)\b/

/**
 * What the database puts in by itself, as SQL; `undefined` where it does not, as with `cuid()` and `uuid()`, which the client makes.
 *
 * @param type The column's type as SQL
 * @param valueOf The value of an enum in the database
 */
export function columnDefault(provider: Provider, field: DMMF.Field, type: string, valueOf: (name: string) => string): string | undefined {
  const value = field.default
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return `ARRAY[${value.map((each) => literal(provider, field, each, valueOf)).join(', ')}]`
  if (typeof value !== 'object') {
    const text = literal(provider, field, value as string | number | boolean, valueOf)
    return provider === 'mysql' && takesExpression.test(type) ? `(${text})` : text
  }
  const call = value as DMMF.FieldDefault
  if (call.name === 'now') return now(provider, type)
  if (call.name !== 'dbgenerated') return undefined
  const [expression] = call.args
  return typeof expression === 'string' && expression !== '' ? expression : undefined
}

function now(provider: Provider, type: string): string {
  if (provider !== 'mysql') return 'CURRENT_TIMESTAMP'
  if (type === 'DATE') return '(curdate())'
  if (type.startsWith('TIME(') || type === 'TIME') return '(curtime())'
  // The precision of the default has to be that of the column.
  return `CURRENT_TIMESTAMP${/\(\d\)/.exec(type)?.[0] ?? ''}`
}

function literal(provider: Provider, field: DMMF.Field, value: string | number | boolean, valueOf: (name: string) => string): string {
  if (field.kind === 'enum') return quoted(provider, valueOf(String(value)))
  switch (field.type) {
    case 'Int':
    case 'BigInt':
    case 'Float':
    case 'Decimal':
    case 'Boolean':
      return String(value)
    case 'Bytes': {
      const hex = Buffer.from(String(value), 'base64').toString('hex')
      return provider === 'postgresql' ? `'\\x${hex}'` : `X'${hex}'`
    }
    case 'DateTime':
      return quoted(provider, dateTime(provider, String(value)))
    default:
      return quoted(provider, String(value))
  }
}

/** MySQL takes no time zone in a default. */
function dateTime(provider: Provider, value: string): string {
  return provider === 'mysql' ? new Date(value).toISOString().replace('T', ' ').replace('Z', '') : value
}

function quoted(provider: Provider, text: string): string {
  const escaped = provider === 'mysql' ? text.replaceAll('\\', '\\\\') : text
  return `'${escaped.replaceAll("'", "''")}'`
}
