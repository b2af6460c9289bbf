import type { Connection } from '../connection/types.ts'
import { isInternal } from './internal.ts'
import type {
  ColumnStructure,
  DatabaseStructure,
  ForeignKeyStructure,
  IndexColumnStructure,
  IndexStructure,
  ReferentialRule,
  TableStructure,
} from './types.ts'

interface TableRow {
  name: string
  kind: 'BASE TABLE' | 'VIEW'
}
interface ColumnRow {
  table: string
  name: string
  type: string
  nullable: 'YES' | 'NO'
  value: string | null
  extra: string
}
interface IndexRow {
  table: string
  name: string
  isNotUnique: number
  column: string | null
  part: number | null
  direction: 'A' | 'D' | null
  method: string
}
interface KeyRow {
  table: string
  name: string
  column: string
  parent: string
  references: string
  onDelete: ReferentialRule
  onUpdate: ReferentialRule
}

/** Reads the tables of the database that a connection to MySQL or MariaDB is on. */
export async function readMysql(connection: Connection): Promise<DatabaseStructure> {
  const [{ version }] = (await connection.rows<{ version: string }>('SELECT VERSION() AS version')) as [{ version: string }]
  const isMariadb = /mariadb/i.test(version)
  const names = (await connection.rows<TableRow>(tables)).filter(({ name }) => !isInternal(name))
  const columns = Map.groupBy(await connection.rows<ColumnRow>(columnsOfTables), (row) => row.table)
  const indexes = Map.groupBy(await connection.rows<IndexRow>(indexesOfTables), (row) => row.table)
  const keys = Map.groupBy(await connection.rows<KeyRow>(foreignKeys), (row) => row.table)
  const json = isMariadb ? await jsonColumns(connection) : new Set<string>()
  const columnsOf = (table: string): ColumnStructure[] => (columns.get(table) ?? []).map((row) => toColumn(row, isMariadb, json))
  return {
    provider: 'mysql',
    tables: names
      .filter(({ kind }) => kind === 'BASE TABLE')
      .map(({ name }) => toTable(name, columnsOf(name), indexes.get(name) ?? [], keys.get(name) ?? [])),
    views: names.filter(({ kind }) => kind === 'VIEW').map(({ name }) => ({ name, columns: columnsOf(name) })),
    enums: [],
  }
}

const tables = `
  SELECT table_name AS name, table_type AS kind FROM information_schema.tables
  WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'VIEW') ORDER BY BINARY table_name`
const columnsOfTables = `
  SELECT table_name AS \`table\`, column_name AS name, column_type AS type, is_nullable AS nullable, column_default AS value, extra
  FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`
const indexesOfTables = `
  SELECT table_name AS \`table\`, index_name AS name, non_unique AS isNotUnique, column_name AS \`column\`, sub_part AS part,
    collation AS direction, index_type AS method
  FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY table_name, BINARY index_name, seq_in_index`
const foreignKeys = `
  SELECT u.table_name AS \`table\`, u.constraint_name AS name, u.column_name AS \`column\`, u.referenced_table_name AS parent,
    u.referenced_column_name AS \`references\`, r.delete_rule AS onDelete, r.update_rule AS onUpdate
  FROM information_schema.key_column_usage u
  JOIN information_schema.referential_constraints r
    ON r.constraint_schema = u.constraint_schema AND r.table_name = u.table_name AND r.constraint_name = u.constraint_name
  WHERE u.constraint_schema = DATABASE() AND u.referenced_table_name IS NOT NULL
  ORDER BY u.table_name, BINARY u.constraint_name, u.ordinal_position`

/** MariaDB's JSON is text with a check, named after its column. */
async function jsonColumns(connection: Connection): Promise<Set<string>> {
  const checks = await connection.rows<{ table: string; name: string; clause: string }>(
    `SELECT table_name AS \`table\`, constraint_name AS name, check_clause AS clause FROM information_schema.check_constraints
     WHERE constraint_schema = DATABASE()`,
  )
  return new Set(checks.filter(({ clause }) => /^json_valid\(/i.test(clause)).map(({ table, name }) => `${table}.${name}`))
}

function toTable(name: string, columns: ColumnStructure[], indexRows: IndexRow[], keyRows: KeyRow[]): TableStructure {
  const all = [...Map.groupBy(indexRows, (row) => row.name)]
  const primary = all.find(([index]) => index === 'PRIMARY')?.[1]
  return {
    name,
    columns,
    ...(primary ? { primaryKey: { columns: primary.map((row) => row.column!) } } : {}),
    indexes: all.filter(([index]) => index !== 'PRIMARY').map(([index, rows]) => toIndex(index, rows)),
    foreignKeys: [...Map.groupBy(keyRows, (row) => row.name)].map(([key, rows]) => toForeignKey(key, rows)),
  }
}

function toColumn(row: ColumnRow, isMariadb: boolean, json: ReadonlySet<string>): ColumnStructure {
  const extra = row.extra.toLowerCase()
  const value = defaultOf(row, isMariadb)
  return {
    name: row.name,
    type: json.has(`${row.table}.${row.name}`)
      ? 'json'
      : row.type.replace(/^[^'(]+/, (name) => name.toLowerCase()).replace(/ UNSIGNED$/, ' unsigned'),
    isNullable: row.nullable === 'YES',
    ...(value === undefined ? {} : { default: value }),
    isAutoIncrement: extra.includes('auto_increment'),
    isGenerated: /\b(virtual|stored) generated\b/.test(extra),
  }
}

/** MariaDB tells a default as SQL; MySQL the bare value, unless it is an expression. */
function defaultOf({ value, type, extra }: ColumnRow, isMariadb: boolean): string | undefined {
  if (value === null || (isMariadb && value === 'NULL')) return undefined
  if (isMariadb || /default_generated/i.test(extra)) return value
  const isNumber = /^(\w*int|decimal|float|double|bit|year)\b/i.test(type)
  return isNumber || /^CURRENT_TIMESTAMP/i.test(value) ? value : `'${value.replaceAll("'", "''")}'`
}

function toIndex(name: string, rows: IndexRow[]): IndexStructure {
  const [{ isNotUnique, method }] = rows as [IndexRow]
  return {
    name,
    isUnique: isNotUnique === 0,
    method: method.toLowerCase(),
    columns: rows.map(({ column, direction, part }): IndexColumnStructure => ({
      ...(column === null ? {} : { name: column }),
      isDescending: direction === 'D',
      ...(part === null || method === 'FULLTEXT' ? {} : { length: part }),
    })),
    isPartial: false,
  }
}

function toForeignKey(name: string, rows: KeyRow[]): ForeignKeyStructure {
  const [{ parent, onDelete, onUpdate }] = rows as [KeyRow]
  return {
    name,
    columns: rows.map((row) => row.column),
    table: parent,
    references: rows.map((row) => row.references),
    onDelete,
    onUpdate,
  }
}
