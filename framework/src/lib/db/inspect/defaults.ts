/** The default of a column in Prisma's terms. */
import type { Provider } from '../database-url.ts'
import { canonicalDecimal } from '../decimal.ts'
import { canonicalTime } from '../time.ts'
import type { ColumnStructure } from '../structure/types.ts'
import type { EnumDraft, FieldDraft } from './draft.ts'
import { quoted } from './print.ts'

/** What a default is for. */
export interface DefaultOf {
  provider: Provider
  type: FieldDraft['type']
  isList: boolean
  /** The enum, where the column is one. */
  values?: EnumDraft['values']
}

/**
 * Writes the argument of `@default(…)`; `undefined` where there is none.
 *
 * What Prisma has no words for is left to the database: `dbgenerated("…")`.
 */
export function defaultOf(column: ColumnStructure, of: DefaultOf): string | undefined {
  if (column.isAutoIncrement && (of.type === 'Int' || of.type === 'BigInt')) return 'autoincrement()'
  if (column.default === undefined || column.isGenerated) return undefined
  const sql = unwrap(column.default)
  return (of.isList ? emptyList(sql) : literal(sql, of)) ?? `dbgenerated(${quoted(expression(column.default, of.provider))})`
}

/** MySQL takes an expression for a default only in parentheses, and does not tell them. */
function expression(sql: string, provider: Provider): string {
  return provider !== 'mysql' || /^[('\d-]/.test(sql) ? sql : `(${sql})`
}

function emptyList(sql: string): string | undefined {
  return /^'\{\}'(::|$)/.test(sql) || sql.startsWith('ARRAY[]') ? '[]' : undefined
}

function literal(sql: string, { provider, type, values }: DefaultOf): string | undefined {
  if (isNow(sql)) return type === 'DateTime' ? 'now()' : undefined
  const text = textOf(sql, provider)
  if (values) {
    const value = values.find(({ stored }) => stored === text)
    return value?.name
  }
  const plain = text ?? sql
  switch (type) {
    case 'Boolean':
      return booleanOf(plain)
    case 'Int':
    case 'BigInt':
      return /^-?\d{1,19}$/.test(plain) ? plain : undefined
    case 'Float':
    case 'Decimal':
      // MySQL fills the digits of a decimal up with zeros.
      return /^-?\d+(\.\d+)?$/.test(plain) ? canonicalDecimal(plain) : undefined
    case 'String':
      return text === undefined ? undefined : quoted(text)
    case 'DateTime':
      return text === undefined || !canonicalTime(text).endsWith('Z') ? undefined : quoted(canonicalTime(text))
    case 'Json':
      return text === undefined || !isJson(text) ? undefined : quoted(text)
    case 'Bytes':
      return bytesOf(sql, text, provider)
    default:
      return undefined
  }
}

/** `('x')` says no more than `'x'`. */
function unwrap(sql: string): string {
  const inner = /^\((('(?:[^']|'')*')|-?[\d.]+)\)/.exec(sql)
  return inner && sql.length === inner[0].length ? inner[1]! : sql
}

/** What stands in a text literal, whatever type it is cast to; `undefined` for anything else. */
function textOf(sql: string, provider: Provider): string | undefined {
  const quote = provider === 'sqlite' && sql.startsWith('"') ? '"' : "'"
  const found = new RegExp(`^${quote}((?:[^${quote}]|${quote}${quote})*)${quote}(?:::[\\w" .,()\\[\\]]+)?$`).exec(sql)?.[1]
  if (found === undefined) return undefined
  const text = found.replaceAll(quote + quote, quote)
  return provider === 'mysql' ? text.replaceAll(/\\(.)/g, '$1') : text
}

function booleanOf(text: string): string | undefined {
  if (/^(true|t|1|b'1')$/i.test(text)) return 'true'
  if (/^(false|f|0|b'0')$/i.test(text)) return 'false'
  return undefined
}

/** Prisma writes bytes in base64; databases in hexadecimal digits, or MySQL as text where it can be read. */
function bytesOf(sql: string, text: string | undefined, provider: Provider): string | undefined {
  const hex = /^X'([\da-f]*)'$/i.exec(sql)?.[1] ?? (provider === 'postgresql' ? /^\\x([\da-f]*)$/.exec(text ?? '')?.[1] : undefined)
  if (hex !== undefined) return quoted(Buffer.from(hex, 'hex').toString('base64'))
  return text === undefined || provider !== 'mysql' ? undefined : quoted(Buffer.from(text).toString('base64'))
}

function isNow(sql: string): boolean {
  return /^((now|transaction_timestamp|curdate)\(\)|(current_timestamp|curtime)(\(\d?\))?)$/i.test(sql)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
