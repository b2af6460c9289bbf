/** The parts of MySQL's statements, written as Prisma's migrations write them. */
import { quoteName } from '../../connection/quote.ts'
import type { ColumnStructure, ForeignKeyStructure, IndexStructure, TableStructure } from '../../structure/types.ts'

export function quote(name: string): string {
  return quoteName('mysql', name)
}

export function columnClause(column: ColumnStructure): string {
  return [
    quote(column.name),
    column.type,
    column.isNullable ? 'NULL' : 'NOT NULL',
    ...(column.default === undefined ? [] : [`DEFAULT ${column.default}`]),
    ...(column.isAutoIncrement ? ['AUTO_INCREMENT'] : []),
  ].join(' ')
}

export function primaryKeyClause(columns: readonly string[]): string {
  return `PRIMARY KEY (${list(columns)})`
}

export function indexClause(index: IndexStructure): string {
  const kind = index.isUnique ? 'UNIQUE INDEX' : index.method === 'fulltext' ? 'FULLTEXT INDEX' : 'INDEX'
  const columns = index.columns.map(
    ({ name, length, isDescending }) => `${quote(name!)}${length === undefined ? '' : `(${length})`}${isDescending ? ' DESC' : ''}`,
  )
  return `${kind} ${quote(index.name)}(${columns.join(', ')})`
}

export function createTable(table: TableStructure): string {
  const lines = [
    ...table.columns.map(columnClause),
    ...table.indexes.map(indexClause),
    ...(table.primaryKey ? [primaryKeyClause(table.primaryKey.columns)] : []),
  ]
  return `CREATE TABLE ${quote(table.name)} (\n    ${lines.join(',\n    ')}\n) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;`
}

export function addForeignKey(table: string, key: ForeignKeyStructure): string {
  return (
    `ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(key.name!)} FOREIGN KEY (${list(key.columns)}) ` +
    `REFERENCES ${quote(key.table)}(${list(key.references)}) ON DELETE ${key.onDelete} ON UPDATE ${key.onUpdate};`
  )
}

function list(columns: readonly string[]): string {
  return columns.map(quote).join(', ')
}
