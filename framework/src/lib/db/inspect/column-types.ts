/** What a column is in Prisma's terms: its type, and the native type where that is not Prisma's own choice. */
import type { Provider } from '../database-url.ts'
import type { ScalarType } from '../../schema/types.ts'

export interface ColumnType {
  type: ScalarType
  /** `@db.VarChar(200)`. */
  native?: string
}

/** How a type is written: `numeric(10,2)` is `numeric` with `10,2`. */
interface TypeName {
  name: string
  args: string | undefined
}

/**
 * Finds Prisma's type for a column.
 *
 * @param type As the database writes it, not a list and no enum
 * @returns `undefined` where Prisma has none
 */
export function columnType(provider: Provider, type: string): ColumnType | undefined {
  return { sqlite, postgresql, mysql }[provider](type)
}

/** `character varying(200)` and `timestamp(3) without time zone` have their argument in different places. */
function parse(type: string): TypeName {
  const args = /\(([^()]*)\)/.exec(type)?.[1]
  return { name: type.replace(/\s*\([^()]*\)/, '').trim(), args: args?.replaceAll(/\s/g, '') }
}

/** SQLite has no native types: any name will do, and only its meaning counts. */
function sqlite(type: string): ColumnType | undefined {
  const { name, args } = parse(type)
  if (name.startsWith('bool') || (name === 'tinyint' && args === '1')) return { type: 'Boolean' }
  if (/^(bigint|unsigned big int|big integer|int8|bigint unsigned|integer64)$/.test(name)) return { type: 'BigInt' }
  if (/^(int|integer|tinyint|smallint|mediumint|int2|int4|serial|year)( unsigned)?$/.test(name)) return { type: 'Int' }
  if (/^(decimal|numeric|money)$/.test(name)) return { type: 'Decimal' }
  if (/^(real|float|double|double precision)$/.test(name)) return { type: 'Float' }
  if (/^(datetime|timestamp|date)\b/.test(name)) return { type: 'DateTime' }
  if (/^jsonb?$/.test(name)) return { type: 'Json' }
  if (/blob|binary|bytea/.test(name)) return { type: 'Bytes' }
  // A column without a type takes anything; so does one of a name that means nothing, and then it is mostly text.
  return { type: 'String' }
}

const postgresqlTypes: Readonly<Record<string, (args: string | undefined) => ColumnType>> = {
  text: () => ({ type: 'String' }),
  'character varying': (args) => ({ type: 'String', native: call('VarChar', args) }),
  // Without a length it is `"char"`'s big brother, which Prisma calls by the same name.
  character: (args) => ({ type: 'String', native: call('Char', args ?? '1') }),
  uuid: () => ({ type: 'String', native: '@db.Uuid' }),
  citext: () => ({ type: 'String', native: '@db.Citext' }),
  xml: () => ({ type: 'String', native: '@db.Xml' }),
  inet: () => ({ type: 'String', native: '@db.Inet' }),
  bit: (args) => ({ type: 'String', native: call('Bit', args) }),
  'bit varying': (args) => ({ type: 'String', native: call('VarBit', args) }),
  boolean: () => ({ type: 'Boolean' }),
  smallint: () => ({ type: 'Int', native: '@db.SmallInt' }),
  integer: () => ({ type: 'Int' }),
  oid: () => ({ type: 'Int', native: '@db.Oid' }),
  bigint: () => ({ type: 'BigInt' }),
  real: () => ({ type: 'Float', native: '@db.Real' }),
  'double precision': () => ({ type: 'Float' }),
  money: () => ({ type: 'Decimal', native: '@db.Money' }),
  numeric: (args) => ({ type: 'Decimal', ...(args === '65,30' ? {} : { native: call('Decimal', args?.replace(',', ', ')) }) }),
  'timestamp without time zone': (args) => ({ type: 'DateTime', ...(args === '3' ? {} : { native: call('Timestamp', args ?? '6') }) }),
  'timestamp with time zone': (args) => ({ type: 'DateTime', native: call('Timestamptz', args ?? '6') }),
  'time without time zone': (args) => ({ type: 'DateTime', native: call('Time', args ?? '6') }),
  'time with time zone': (args) => ({ type: 'DateTime', native: call('Timetz', args ?? '6') }),
  date: () => ({ type: 'DateTime', native: '@db.Date' }),
  json: () => ({ type: 'Json', native: '@db.Json' }),
  jsonb: () => ({ type: 'Json' }),
  bytea: () => ({ type: 'Bytes' }),
}

function postgresql(type: string): ColumnType | undefined {
  const { name, args } = parse(type)
  return postgresqlTypes[name]?.(args)
}

const mysqlTypes: Readonly<Record<string, (args: string | undefined) => ColumnType>> = {
  varchar: (args) => ({ type: 'String', ...(args === '191' ? {} : { native: call('VarChar', args) }) }),
  char: (args) => ({ type: 'String', native: call('Char', args ?? '1') }),
  tinytext: () => ({ type: 'String', native: '@db.TinyText' }),
  text: () => ({ type: 'String', native: '@db.Text' }),
  mediumtext: () => ({ type: 'String', native: '@db.MediumText' }),
  longtext: () => ({ type: 'String', native: '@db.LongText' }),
  tinyint: (args) => (args === '1' ? { type: 'Boolean' } : { type: 'Int', native: '@db.TinyInt' }),
  'tinyint unsigned': () => ({ type: 'Int', native: '@db.UnsignedTinyInt' }),
  smallint: () => ({ type: 'Int', native: '@db.SmallInt' }),
  'smallint unsigned': () => ({ type: 'Int', native: '@db.UnsignedSmallInt' }),
  mediumint: () => ({ type: 'Int', native: '@db.MediumInt' }),
  'mediumint unsigned': () => ({ type: 'Int', native: '@db.UnsignedMediumInt' }),
  int: () => ({ type: 'Int' }),
  'int unsigned': () => ({ type: 'Int', native: '@db.UnsignedInt' }),
  bigint: () => ({ type: 'BigInt' }),
  'bigint unsigned': () => ({ type: 'BigInt', native: '@db.UnsignedBigInt' }),
  year: () => ({ type: 'Int', native: '@db.Year' }),
  bit: (args) => ({ type: args === '1' ? 'Boolean' : 'Bytes', native: call('Bit', args ?? '1') }),
  float: () => ({ type: 'Float', native: '@db.Float' }),
  double: () => ({ type: 'Float' }),
  decimal: (args) => ({ type: 'Decimal', ...(args === '65,30' ? {} : { native: call('Decimal', args?.replace(',', ', ')) }) }),
  datetime: (args) => ({ type: 'DateTime', ...(args === '3' ? {} : { native: call('DateTime', args ?? '0') }) }),
  timestamp: (args) => ({ type: 'DateTime', native: call('Timestamp', args ?? '0') }),
  date: () => ({ type: 'DateTime', native: '@db.Date' }),
  time: (args) => ({ type: 'DateTime', native: call('Time', args ?? '0') }),
  json: () => ({ type: 'Json' }),
  binary: (args) => ({ type: 'Bytes', native: call('Binary', args ?? '1') }),
  varbinary: (args) => ({ type: 'Bytes', native: call('VarBinary', args) }),
  tinyblob: () => ({ type: 'Bytes', native: '@db.TinyBlob' }),
  blob: () => ({ type: 'Bytes', native: '@db.Blob' }),
  mediumblob: () => ({ type: 'Bytes', native: '@db.MediumBlob' }),
  longblob: () => ({ type: 'Bytes' }),
}

function mysql(type: string): ColumnType | undefined {
  const { name, args } = parse(type)
  return mysqlTypes[name.replace(' zerofill', '')]?.(args)
}

function call(name: string, args: string | undefined): string {
  return `@db.${name}${args === undefined ? '' : `(${args})`}`
}
