/** Values on their way: as a database gives them, as a file keeps them in JSON, as a database takes them. */
import type { Provider } from '../database-url.ts'
import { canonicalDecimal } from '../decimal.ts'
import type { ColumnField } from './plan.ts'
import { canonicalTime, timeParameter } from '../time.ts'

/** A value in a file. */
export type FileValue = string | number | boolean | null | FileValue[]

/** What a connection gives for a column. */
export type DatabaseValue = string | number | bigint | boolean | Buffer | null

/** What a column is selected by: a list as JSON, a number of single precision with all its digits. */
export function selected(field: ColumnField, column: string, provider: Provider): string {
  if (field.isList) return `to_json(${column}::text[])`
  if (field.kind === 'unsupported') return provider === 'postgresql' ? `${column}::text` : column
  return provider === 'mysql' && field.nativeType?.name === 'Float' ? `CAST(${column} AS DOUBLE)` : column
}

/** Writes what a connection has read for a file: the same for the same value, whatever the database. */
export function toFile(field: ColumnField, value: DatabaseValue): FileValue {
  if (value === null) return null
  if (field.isList) return (JSON.parse(asText(value)) as DatabaseValue[]).map((item) => one(field, item))
  return one(field, value)
}

function one(field: ColumnField, value: DatabaseValue): FileValue {
  if (value === null) return null
  if (field.kind !== 'scalar') return asText(value)
  switch (field.type) {
    case 'Boolean':
      return Buffer.isBuffer(value) ? value.at(-1) === 1 : /^(1|t|true)$/i.test(asText(value))
    case 'Int':
      return Number(value)
    case 'Float':
      return floatToFile(Number(value))
    case 'Decimal':
      return canonicalDecimal(asText(value))
    case 'DateTime':
      return canonicalTime(typeof value === 'number' || typeof value === 'bigint' ? value : asText(value))
    case 'Bytes':
      return (Buffer.isBuffer(value) ? value : Buffer.from(asText(value).replace(/^\\x/, ''), 'hex')).toString('base64')
    case 'BigInt':
    case 'String':
    case 'Json':
      return asText(value)
  }
}

function asText(value: NonNullable<DatabaseValue>): string {
  return Buffer.isBuffer(value) ? value.toString() : String(value)
}

/** JSON has no words for these, and the sign of zero is kept nowhere. */
function floatToFile(value: number): FileValue {
  return Number.isFinite(value) ? value + 0 : String(value)
}

/**
 * Turns a value of a file into what a statement takes.
 *
 * @throws {RangeError} when the database cannot hold it
 */
export function toParameter(field: ColumnField, value: FileValue, provider: Provider): unknown {
  if (value === null) return null
  if (Array.isArray(value)) return value.map((item) => toParameter(field, item, provider))
  if (field.kind !== 'scalar') return value
  switch (field.type) {
    case 'BigInt':
      return BigInt(String(value))
    case 'Float':
      return floatParameter(value, provider)
    case 'Decimal':
      return provider === 'sqlite' ? decimalOfSqlite(String(value)) : value
    case 'DateTime':
      return timeParameter(String(value), field, provider)
    case 'Bytes':
      return Buffer.from(String(value), 'base64')
    default:
      return value
  }
}

function floatParameter(value: FileValue, provider: Provider): unknown {
  if (typeof value === 'string' && provider !== 'postgresql') throw new RangeError(`${value} is a number that only PostgreSQL holds`)
  return value
}

/** SQLite keeps decimals as floating-point numbers. */
function decimalOfSqlite(text: string): number {
  const number = Number(text)
  if (canonicalDecimal(String(number)) === text) return number
  throw new RangeError(`${text} has more digits than a decimal of SQLite holds`)
}
