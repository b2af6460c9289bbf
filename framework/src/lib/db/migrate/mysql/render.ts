/**
 * The SQL of a change on MySQL and MariaDB, which Prisma's engine cannot give without a native binary.
 *
 * Each table is changed by one statement, which MySQL does whole or not at all. Foreign keys stand apart: those that are in the way go
 * first and come back last.
 */
import type { DatabaseStructure, ForeignKeyStructure, IndexStructure, TableStructure } from '../../structure/types.ts'
import { addForeignKey, columnClause, createTable, indexClause, primaryKeyClause, quote } from './clauses.ts'

/** A table that both structures have. */
interface Pair {
  before: TableStructure
  after: TableStructure
}

/** The statements that lead from one structure to another, both as {@link structureOfSchema} gives them; none when they are the same. */
export function renderMysql(from: DatabaseStructure, to: DatabaseStructure): string {
  const after = new Map(to.tables.map((table) => [table.name, table]))
  const before = new Map(from.tables.map((table) => [table.name, table]))
  const pairs = from.tables.flatMap((table): Pair[] => {
    const other = after.get(table.name)
    return other ? [{ before: table, after: other }] : []
  })
  const dropped = from.tables.filter((table) => !after.has(table.name))
  const created = to.tables.filter((table) => !before.has(table.name))
  const isDisturbed = disturbedKeys(pairs)

  const sections: [title: string, statements: string[]][] = [
    ['DropForeignKey', [...dropped.flatMap(dropKeysToOthers), ...pairs.flatMap((pair) => dropKeys(pair, isDisturbed))]],
    ['DropTable', dropped.map((table) => `DROP TABLE ${quote(table.name)};`)],
    ['CreateTable', created.map(createTable)],
    ['AlterTable', pairs.flatMap(alterTable)],
    ['AddForeignKey', [...created.flatMap(addKeys), ...pairs.flatMap((pair) => restoreKeys(pair, isDisturbed))]],
  ]
  return sections.flatMap(([title, statements]) => statements.map((sql) => `-- ${title}\n${sql}\n`)).join('\n')
}

/** Tells whether a foreign key that stays has to go meanwhile, as what it stands on is changed. */
function disturbedKeys(pairs: readonly Pair[]): (table: string, key: ForeignKeyStructure) => boolean {
  const changed = new Set(
    pairs.flatMap(({ before, after }) =>
      before.columns
        .filter((column) => {
          const other = after.columns.find((candidate) => candidate.name === column.name)
          return other !== undefined && columnClause(other) !== columnClause(column)
        })
        .map((column) => `${before.name}.${column.name}`),
    ),
  )
  const pairOf = new Map(pairs.map((pair) => [pair.before.name, pair]))
  // MySQL refuses to drop an index that a foreign key needs, on either of its sides.
  const losesIndex = (table: string, columns: readonly string[]): boolean => {
    const pair = pairOf.get(table)
    return pair !== undefined && goneIndexes(pair).some((index) => covers(index, columns))
  }
  return (table, key) =>
    key.columns.some((column) => changed.has(`${table}.${column}`)) ||
    key.references.some((column) => changed.has(`${key.table}.${column}`)) ||
    losesIndex(table, key.columns) ||
    losesIndex(key.table, key.references)
}

/** Lists of columns of indexes and keys that are no longer there as they were. */
function goneIndexes({ before, after }: Pair): (readonly string[])[] {
  return [
    ...before.indexes.filter((index) => !after.indexes.some((other) => isSameIndex(index, other))).map(wholeColumns),
    ...(isSameKey(before, after) ? [] : [before.primaryKey?.columns ?? []]),
  ]
}

function dropKeysToOthers(table: TableStructure): string[] {
  return table.foreignKeys.filter((key) => key.table !== table.name).map((key) => dropKey(table.name, key))
}

function dropKeys({ before, after }: Pair, isDisturbed: (table: string, key: ForeignKeyStructure) => boolean): string[] {
  return before.foreignKeys.flatMap((key) => {
    if (after.foreignKeys.some((other) => isSameForeignKey(key, other)) && !isDisturbed(before.name, key)) return []
    // For a key that no index serves MySQL makes one of the key's name, and leaves it behind.
    return [dropKey(before.name, key), ...(hasIndexFor(before, key) ? [] : [`DROP INDEX ${quote(key.name!)} ON ${quote(before.name)};`])]
  })
}

function dropKey(table: string, key: ForeignKeyStructure): string {
  return `ALTER TABLE ${quote(table)} DROP FOREIGN KEY ${quote(key.name!)};`
}

function addKeys(table: TableStructure): string[] {
  return table.foreignKeys.map((key) => addForeignKey(table.name, key))
}

function restoreKeys({ before, after }: Pair, isDisturbed: (table: string, key: ForeignKeyStructure) => boolean): string[] {
  return after.foreignKeys
    .filter((key) => !before.foreignKeys.some((other) => isSameForeignKey(key, other)) || isDisturbed(after.name, key))
    .map((key) => addForeignKey(after.name, key))
}

function alterTable({ before, after }: Pair): string[] {
  const old = new Map(before.columns.map((column) => [column.name, columnClause(column)]))
  const names = new Set(after.columns.map((column) => column.name))
  const kept = new Set(after.indexes.map(indexClause))
  const known = new Set(before.indexes.map(indexClause))
  const renamed = before.indexes.flatMap((index): [IndexStructure, IndexStructure][] => {
    if (kept.has(indexClause(index))) return []
    const other = after.indexes.find((candidate) => !known.has(indexClause(candidate)) && isSameIndex(index, candidate))
    return other ? [[index, other]] : []
  })
  const isRenamed = (index: IndexStructure): boolean => renamed.some((pair) => pair.includes(index))
  const clauses = [
    ...before.indexes
      .filter((index) => !kept.has(indexClause(index)) && !isRenamed(index))
      .map((index) => `DROP INDEX ${quote(index.name)}`),
    ...(before.primaryKey && !isSameKey(before, after) ? ['DROP PRIMARY KEY'] : []),
    ...before.columns.filter((column) => !names.has(column.name)).map((column) => `DROP COLUMN ${quote(column.name)}`),
    ...after.columns.flatMap((column) => {
      const clause = columnClause(column)
      if (!old.has(column.name)) return [`ADD COLUMN ${clause}`]
      return old.get(column.name) === clause ? [] : [`MODIFY ${clause}`]
    }),
    ...(after.primaryKey && !isSameKey(before, after) ? [`ADD ${primaryKeyClause(after.primaryKey.columns)}`] : []),
    ...renamed.map(([index, other]) => `RENAME INDEX ${quote(index.name)} TO ${quote(other.name)}`),
    ...after.indexes.filter((index) => !known.has(indexClause(index)) && !isRenamed(index)).map((index) => `ADD ${indexClause(index)}`),
  ]
  return clauses.length === 0 ? [] : [`ALTER TABLE ${quote(after.name)} ${clauses.join(',\n    ')};`]
}

function isSameKey(before: TableStructure, after: TableStructure): boolean {
  return before.primaryKey?.columns.join('\0') === after.primaryKey?.columns.join('\0')
}

function isSameIndex(a: IndexStructure, b: IndexStructure): boolean {
  return indexClause({ ...a, name: '' }) === indexClause({ ...b, name: '' })
}

function isSameForeignKey(a: ForeignKeyStructure, b: ForeignKeyStructure): boolean {
  return addForeignKey('', a) === addForeignKey('', b)
}

/** Whether an index or the primary key begins with the columns of a foreign key, so that MySQL makes none for it. */
function hasIndexFor(table: TableStructure, key: ForeignKeyStructure): boolean {
  const indexes = table.indexes.filter((index) => index.method === 'btree').map(wholeColumns)
  return [...indexes, table.primaryKey?.columns ?? []].some((columns) => covers(columns, key.columns))
}

/** The columns that an index begins with and takes whole. */
function wholeColumns(index: IndexStructure): string[] {
  const cut = index.columns.findIndex((column) => column.length !== undefined)
  return index.columns.slice(0, cut === -1 ? undefined : cut).map((column) => column.name!)
}

function covers(index: readonly string[], columns: readonly string[]): boolean {
  return columns.every((column, i) => index[i] === column)
}
