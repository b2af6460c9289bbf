/** The types of columns as Prisma's migrations write them. */
import type { DMMF } from '@prisma/generator-helper'
import type { Provider } from '../database-url.ts'

const scalarTypes: Readonly<Record<Provider, Readonly<Record<string, string>>>> = {
  sqlite: {
    String: 'TEXT',
    Boolean: 'BOOLEAN',
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Float: 'REAL',
    Decimal: 'DECIMAL',
    DateTime: 'DATETIME',
    Json: 'JSONB',
    Bytes: 'BLOB',
  },
  postgresql: {
    String: 'TEXT',
    Boolean: 'BOOLEAN',
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Float: 'DOUBLE PRECISION',
    Decimal: 'DECIMAL(65,30)',
    DateTime: 'TIMESTAMP(3)',
    Json: 'JSONB',
    Bytes: 'BYTEA',
  },
  mysql: {
    String: 'VARCHAR(191)',
    Boolean: 'BOOLEAN',
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Float: 'DOUBLE',
    Decimal: 'DECIMAL(65,30)',
    DateTime: 'DATETIME(3)',
    Json: 'JSON',
    Bytes: 'LONGBLOB',
  },
}

/** Native types that are not called in SQL as in a schema. */
const nativeNames: Readonly<Record<string, string>> = { DoublePrecision: 'DOUBLE PRECISION', Int: 'INTEGER' }

/** The type of a field that is a scalar: `VARCHAR(191)`, `BIGINT UNSIGNED`. */
export function scalarType(provider: Provider, field: DMMF.Field): string {
  if (!field.nativeType) return scalarTypes[provider][field.type]!
  const [name, args] = field.nativeType
  const isUnsigned = name.startsWith('Unsigned')
  const base = isUnsigned ? name.slice('Unsigned'.length) : name
  const type = (nativeNames[base] ?? base.toUpperCase()) + (args.length > 0 ? `(${args.join(',')})` : '')
  return isUnsigned ? `${type} UNSIGNED` : type
}

/** MySQL's type of an enum. */
export function mysqlEnum(values: readonly string[]): string {
  return `ENUM(${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`
}
