/** Primary keys, uniques and indexes as attributes. */
import type { Provider } from '../database-url.ts'
import type { IndexStructure, TableStructure } from '../structure/types.ts'
import type { FieldDraft, ModelDraft } from './draft.ts'
import { quoted } from './print.ts'

/** Adds keys and indexes to the fields and the model; what Prisma cannot say becomes a note. */
export function addKeys(model: ModelDraft, table: TableStructure, provider: Provider): void {
  const fields = new Map(model.fields.map((field) => [field.column, field]))
  addPrimaryKey(model, table, fields)
  // Uniques say what rows are, indexes only how they are found.
  for (const index of table.indexes.toSorted((a, b) => Number(b.isUnique) - Number(a.isUnique))) {
    if (isOfForeignKey(index, table)) continue
    const reason = unsupported(index, provider, fields)
    if (reason !== undefined) model.notes.push(`Left out: the ${index.isUnique ? 'unique ' : ''}index ${index.name}, ${reason}.`)
    else addIndex(model, table, index, fields, provider)
  }
}

/** Whether rows can be told apart by it: all of it is required. */
export function identifies(columns: readonly string[], table: TableStructure): boolean {
  return columns.every((name) => table.columns.some((column) => column.name === name && !column.isNullable))
}

/** Whether an index makes a key of whole columns. */
export function isKey(index: IndexStructure): boolean {
  return index.isUnique && !index.isPartial && index.columns.every((column) => column.name !== undefined && column.length === undefined)
}

function addPrimaryKey(model: ModelDraft, { name: table, primaryKey }: TableStructure, fields: Map<string | undefined, FieldDraft>): void {
  if (!primaryKey) return
  const parts = primaryKey.columns.map((column) => fields.get(column)!)
  const map = mapOf(primaryKey.name, `${table}_pkey`)
  if (parts.length === 1) parts[0]!.attributes.unshift(`@id${map && `(${map})`}`)
  else model.blockAttributes.push(`@@id([${parts.map((field) => field.name).join(', ')}]${map && `, ${map}`})`)
}

function addIndex(
  model: ModelDraft,
  table: TableStructure,
  index: IndexStructure,
  fields: Map<string | undefined, FieldDraft>,
  provider: Provider,
): void {
  const columns = index.columns.map((column) => column.name!)
  const usual = `${table.name}_${columns.join('_')}_${index.isUnique ? 'key' : 'idx'}`
  // SQLite's names for constraints cannot be used for anything.
  const map = index.name.startsWith('sqlite_autoindex_') ? '' : mapOf(index.name, usual)
  const only = index.columns[0]!
  if (index.isUnique && index.columns.length === 1) {
    const args = [...columnArgs(only), ...(map ? [map] : [])].join(', ')
    fields.get(only.name)!.attributes.push(`@unique${args && `(${args})`}`)
    return
  }
  const parts = index.columns.map((column) => {
    const args = columnArgs(column).join(', ')
    return fields.get(column.name)!.name + (args && `(${args})`)
  })
  const kind = index.isUnique ? '@@unique' : index.method === 'fulltext' ? '@@fulltext' : '@@index'
  const type = provider === 'postgresql' && index.method !== 'btree' ? [`type: ${indexTypes[index.method]}`] : []
  model.blockAttributes.push(`${kind}(${[`[${parts.join(', ')}]`, ...type, ...(map ? [map] : [])].join(', ')})`)
}

/** MySQL makes an index for a foreign key that finds none, under its name. */
function isOfForeignKey(index: IndexStructure, table: TableStructure): boolean {
  const columns = index.columns.map((column) => column.name).join()
  return !index.isUnique && table.foreignKeys.some((key) => key.name === index.name && key.columns.join() === columns)
}

function columnArgs({ length, isDescending }: IndexStructure['columns'][number]): string[] {
  return [...(length === undefined ? [] : [`length: ${length}`]), ...(isDescending ? ['sort: Desc'] : [])]
}

function mapOf(name: string | undefined, usual: string): string {
  return name === undefined || name === usual ? '' : `map: ${quoted(name)}`
}

const indexTypes: Readonly<Record<string, string>> = { hash: 'Hash', brin: 'Brin', gin: 'Gin' }

/** Why an index cannot be written; `undefined` when it can. */
function unsupported(index: IndexStructure, provider: Provider, fields: Map<string | undefined, FieldDraft>): string | undefined {
  if (index.isPartial) return 'which covers only some rows'
  const parts = index.columns.map((column) => fields.get(column.name))
  if (parts.some((field) => field === undefined)) return 'which is on an expression'
  const isUsable = (type: FieldDraft): boolean => {
    if (index.method === 'btree') return true
    if (index.method === 'gin') return type.type === 'Json' || type.arity === 'list'
    return index.method in indexTypes || index.method === 'fulltext'
  }
  if (!parts.every((field) => isUsable(field!))) return `which is of the kind ${index.method}`
  if (index.isUnique && parts.length === 1 && parts[0]!.attributes.some((attribute) => /^@(id|unique)\b/.test(attribute)))
    return 'which says what another one says'
  // Prisma's own rule for what can be looked up by.
  return index.isUnique && parts.some((field) => field!.type.startsWith('Unsupported')) && provider !== 'sqlite'
    ? 'which is on a type that Prisma cannot read'
    : undefined
}
