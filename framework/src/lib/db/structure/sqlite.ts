import type { Connection } from '../connection/types.ts'
import { group } from './group.ts'
import { isInternal } from './internal.ts'
import type {
  ColumnStructure,
  DatabaseStructure,
  ForeignKeyStructure,
  IndexStructure,
  PrimaryKeyStructure,
  ReferentialRule,
  TableStructure,
} from './types.ts'

interface ColumnRow {
  name: string
  type: string
  notnull: number
  dflt_value: string | null
  /** Position in the primary key, from 1; 0 when it is no part of it. */
  pk: number
  /** 2 and 3: computed, when it is read and when it is written. */
  hidden: number
}

/** Reads a SQLite database by its PRAGMAs. Virtual tables, and those in which they keep their rows, are left out. */
export async function readSqlite(connection: Connection): Promise<DatabaseStructure> {
  const all = await connection.rows<{ name: string; type: string; wr: number }>(
    "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' ORDER BY name",
  )
  const relations = all.filter(({ name }) => !isInternal(name) && !name.startsWith('sqlite_'))
  const tables: TableStructure[] = []
  for (const { name, wr } of relations.filter(({ type }) => type === 'table')) tables.push(await readTable(connection, name, wr === 0))
  const views = []
  for (const { name } of relations.filter(({ type }) => type === 'view'))
    views.push({ name, columns: (await readColumns(connection, name)).map((column) => toColumn(column, false)) })
  return { provider: 'sqlite', tables: tables.map((table) => withReferences(table, tables)), views, enums: [] }
}

async function readTable(connection: Connection, name: string, hasRowId: boolean): Promise<TableStructure> {
  const columns = await readColumns(connection, name)
  const key = columns.filter((column) => column.pk > 0).toSorted((a, b) => a.pk - b.pk)
  // A key of this very type is the row's number, which SQLite counts up.
  const isRowId = (column: ColumnRow): boolean => hasRowId && key.length === 1 && column.pk > 0 && column.type.toUpperCase() === 'INTEGER'
  return {
    name,
    columns: columns.map((column) => toColumn(column, isRowId(column))),
    ...(key.length > 0 ? { primaryKey: { columns: key.map((column) => column.name) } satisfies PrimaryKeyStructure } : {}),
    indexes: await readIndexes(connection, name),
    foreignKeys: await readForeignKeys(connection, name),
  }
}

function readColumns(connection: Connection, table: string): Promise<ColumnRow[]> {
  return connection.rows<ColumnRow>(
    'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid',
    table,
  )
}

function toColumn(column: ColumnRow, isAutoIncrement: boolean): ColumnStructure {
  const hasDefault = column.dflt_value !== null && column.dflt_value.toUpperCase() !== 'NULL'
  return {
    name: column.name,
    type: column.type.toLowerCase(),
    isNullable: column.notnull === 0 && column.pk === 0,
    ...(hasDefault ? { default: column.dflt_value! } : {}),
    isAutoIncrement,
    isGenerated: column.hidden > 1,
  }
}

async function readIndexes(connection: Connection, table: string): Promise<IndexStructure[]> {
  const rows = await connection.rows<{ name: string; unique: number; partial: number; column: string | null; cid: number; desc: number }>(
    `SELECT l.name, l."unique", l.partial, x.name AS "column", x.cid, x."desc"
     FROM pragma_index_list(?) l, pragma_index_xinfo(l.name) x WHERE l.origin <> 'pk' AND x.key = 1 ORDER BY l.name, x.seqno`,
    table,
  )
  return group(rows, (row) => row.name).map((parts) => ({
    name: parts[0].name,
    isUnique: parts[0].unique !== 0,
    method: 'btree',
    columns: parts.map((part) => ({ ...(part.column === null ? {} : { name: part.column }), isDescending: part.desc !== 0 })),
    isPartial: parts[0].partial !== 0,
  }))
}

async function readForeignKeys(connection: Connection, table: string): Promise<ForeignKeyStructure[]> {
  const rows = await connection.rows<{
    id: number
    table: string
    from: string
    to: string | null
    on_delete: ReferentialRule
    on_update: ReferentialRule
  }>('SELECT id, "table", "from", "to", on_delete, on_update FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq', table)
  return group(rows, (row) => String(row.id)).map((parts) => ({
    columns: parts.map((part) => part.from),
    table: parts[0].table,
    references: parts.flatMap((part) => (part.to === null ? [] : [part.to])),
    onDelete: parts[0].on_delete,
    onUpdate: parts[0].on_update,
  }))
}

/** A reference that names no columns means the primary key; names of tables count without their case. */
function withReferences(table: TableStructure, tables: readonly TableStructure[]): TableStructure {
  return {
    ...table,
    foreignKeys: table.foreignKeys.map((key) => {
      const target = tables.find((candidate) => candidate.name.toLowerCase() === key.table.toLowerCase())
      const actual = (name: string): string =>
        target?.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? name
      return {
        ...key,
        table: target?.name ?? key.table,
        references: key.references.length > 0 ? key.references.map(actual) : (target?.primaryKey?.columns ?? []),
      }
    }),
  }
}
