import type { Connection } from '../connection/types.ts'
import { group } from './group.ts'
import { isInternal } from './internal.ts'
import type { ColumnStructure, DatabaseStructure, EnumStructure, ForeignKeyStructure, IndexStructure, ReferentialRule } from './types.ts'

/** The schema that names without one mean. */
const here = '(SELECT oid FROM pg_namespace WHERE nspname = current_schema())'

const rules: Readonly<Record<string, ReferentialRule>> = {
  a: 'NO ACTION',
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
}

/** Reads the current schema of a PostgreSQL database from `pg_catalog`. Partitions are left out: their table stands for them. */
export async function readPostgresql(connection: Connection): Promise<DatabaseStructure> {
  const relations = (
    await connection.rows<{ name: string; kind: string }>(
      `SELECT relname::text AS name, relkind::text AS kind FROM pg_class
       WHERE relnamespace = ${here} AND relkind IN ('r', 'p', 'v', 'm') AND NOT relispartition ORDER BY relname`,
    )
  ).filter(({ name }) => !isInternal(name))
  const columns = await readColumns(connection)
  const indexes = await readIndexes(connection)
  const foreignKeys = await readForeignKeys(connection)
  const isView = (kind: string): boolean => kind === 'v' || kind === 'm'
  return {
    provider: 'postgresql',
    tables: relations
      .filter(({ kind }) => !isView(kind))
      .map(({ name }) => {
        const all = indexes.get(name) ?? []
        const key = all.find((index) => index.isPrimary)
        return {
          name,
          columns: columns.get(name) ?? [],
          ...(key ? { primaryKey: { name: key.structure.name, columns: key.structure.columns.map((column) => column.name!) } } : {}),
          indexes: all.filter((index) => !index.isPrimary).map((index) => index.structure),
          foreignKeys: foreignKeys.get(name) ?? [],
        }
      }),
    views: relations.filter(({ kind }) => isView(kind)).map(({ name }) => ({ name, columns: columns.get(name) ?? [] })),
    enums: await readEnums(connection),
  }
}

/** Of every table and view. A domain counts as the type it stands on. */
async function readColumns(connection: Connection): Promise<Map<string, ColumnStructure[]>> {
  const rows = await connection.rows<{
    table: string
    name: string
    type: string
    is_nullable: boolean
    default: string | null
    is_identity: boolean
    is_generated: boolean
  }>(
    `SELECT c.relname::text AS "table", a.attname::text AS name,
       CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) ELSE format_type(a.atttypid, a.atttypmod) END AS type,
       NOT a.attnotnull AS is_nullable, pg_get_expr(d.adbin, d.adrelid) AS "default",
       a.attidentity <> '' AS is_identity, a.attgenerated <> '' AS is_generated
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE c.relnamespace = ${here} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY c.relname, a.attnum`,
  )
  return byTable(rows, (parts) =>
    parts.map((row) => ({
      name: row.name,
      type: row.type,
      isNullable: row.is_nullable,
      ...(row.default === null || row.is_generated || /^NULL\b/.test(row.default) ? {} : { default: row.default }),
      isAutoIncrement: row.is_identity || (row.default?.startsWith('nextval(') ?? false),
      isGenerated: row.is_generated,
    })),
  )
}

async function readIndexes(connection: Connection): Promise<Map<string, Array<{ isPrimary: boolean; structure: IndexStructure }>>> {
  const rows = await connection.rows<{
    table: string
    name: string
    method: string
    is_primary: boolean
    is_unique: boolean
    is_partial: boolean
    column: string | null
    is_descending: boolean
  }>(
    `SELECT t.relname::text AS "table", i.relname::text AS name, am.amname::text AS method, x.indisprimary AS is_primary,
       x.indisunique AS is_unique, x.indpred IS NOT NULL AS is_partial, a.attname::text AS "column",
       (x.indoption[k.n - 1] & 1) = 1 AS is_descending
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_am am ON am.oid = i.relam
     CROSS JOIN LATERAL generate_series(1, x.indnkeyatts) AS k(n)
     LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[k.n - 1] AND a.attnum > 0
     WHERE t.relnamespace = ${here} AND NOT x.indisexclusion AND t.relkind IN ('r', 'p') ORDER BY t.relname, i.relname, k.n`,
  )
  return byTable(rows, (ofTable) =>
    group(ofTable, (row) => row.name).map((parts) => ({
      isPrimary: parts[0].is_primary,
      structure: {
        name: parts[0].name,
        isUnique: parts[0].is_unique,
        method: parts[0].method,
        columns: parts.map((part) => ({ ...(part.column === null ? {} : { name: part.column }), isDescending: part.is_descending })),
        isPartial: parts[0].is_partial,
      },
    })),
  )
}

/** References to tables of other schemas are left out. */
async function readForeignKeys(connection: Connection): Promise<Map<string, ForeignKeyStructure[]>> {
  const rows = await connection.rows<{
    table: string
    name: string
    column: string
    target: string
    reference: string
    on_delete: string
    on_update: string
  }>(
    `SELECT t.relname::text AS "table", k.conname::text AS name, a.attname::text AS "column", f.relname::text AS target,
       b.attname::text AS reference, k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update
     FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
     CROSS JOIN LATERAL generate_subscripts(k.conkey, 1) AS s(n)
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[s.n]
     JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = k.confkey[s.n]
     WHERE k.contype = 'f' AND k.conparentid = 0 AND t.relnamespace = ${here} AND f.relnamespace = ${here}
     ORDER BY t.relname, k.conname, s.n`,
  )
  return byTable(rows, (ofTable) =>
    group(ofTable, (row) => row.name).map((parts) => ({
      name: parts[0].name,
      columns: parts.map((part) => part.column),
      table: parts[0].target,
      references: parts.map((part) => part.reference),
      onDelete: rules[parts[0].on_delete]!,
      onUpdate: rules[parts[0].on_update]!,
    })),
  )
}

async function readEnums(connection: Connection): Promise<EnumStructure[]> {
  const rows = await connection.rows<{ name: string; value: string }>(
    `SELECT t.typname::text AS name, e.enumlabel::text AS value FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
     WHERE t.typnamespace = ${here} ORDER BY t.typname, e.enumsortorder`,
  )
  return group(rows, (row) => row.name).map((parts) => ({ name: parts[0].name, values: parts.map((part) => part.value) }))
}

function byTable<Row extends { table: string }, T>(rows: readonly Row[], read: (rows: readonly Row[]) => T): Map<string, T> {
  return new Map(group(rows, (row) => row.table).map((parts) => [parts[0].table, read(parts)]))
}
