/** From what a database is made of to the draft of a Prisma schema. */
import type { ColumnStructure, DatabaseStructure, EnumStructure, TableStructure } from '../structure/types.ts'
import { columnType } from './column-types.ts'
import { defaultOf } from './defaults.ts'
import type { EnumDraft, FieldDraft, ModelDraft, SchemaDraft } from './draft.ts'
import { addKeys } from './indexes.ts'
import { enumName, enumValueName, fieldName, modelName, Names } from './names.ts'
import { quoted } from './print.ts'
import { addRelations, hasIdentity, isJoinTable, type GuessedKey, type Pair } from './relations.ts'

/** What is known of how a database's names came about. */
export interface Naming {
  /** Names for the model of a table, the best first; the name that follows from the table is always tried last. */
  models?: (table: string) => string[]
  /** References that the database does not hold as foreign keys. */
  references?: readonly GuessedKey[]
}

/** Drafts the schema that describes a database as it is: a schema engine finds nothing to change. */
export function draftSchema(structure: DatabaseStructure, naming: Naming = {}): SchemaDraft {
  const names = nameModels(structure, naming)
  const enums = new Enums(structure.enums, names.values())
  const joins = structure.tables.filter((table) => isJoinTable(table, (target) => names.get(target)))
  const pairs = structure.tables
    .filter((table) => !joins.includes(table))
    .map((table): Pair => ({ table, model: draftModel(names.get(table.name)!, withKeyTypes(table, structure), structure, enums) }))
  for (const { model, table } of pairs) addKeys(model, table, structure.provider)
  addRelations(pairs, joins, naming.references ?? [])
  return {
    provider: structure.provider,
    models: pairs.map((pair) => pair.model),
    enums: enums.all,
    views: structure.views.map((view) => draftView(names.get(view.name)!, view, structure, enums)),
  }
}

function nameModels(structure: DatabaseStructure, naming: Naming): Map<string, string> {
  const taken = new Names()
  const tables = [...structure.tables, ...structure.views].map((table) => table.name)
  const wanted = tables.map((table) => naming.models?.(table) ?? [])
  const isContested = (name: string): boolean => wanted.filter((names) => names[0] === name).length > 1
  return new Map(
    tables.map((table, i) => {
      const [first, ...others] = wanted[i]!.filter((name) => !isContested(name))
      const usual = modelName(table)
      return [table, first === undefined ? taken.take(usual) : taken.take(first, ...others, usual)]
    }),
  )
}

function draftModel(name: string, table: TableStructure, structure: DatabaseStructure, enums: Enums): ModelDraft {
  const isIgnored = !hasIdentity(table)
  const model: ModelDraft = {
    name,
    table: table.name,
    notes: isIgnored
      ? ['Not in the client: the table has no primary key, and no unique key of required columns, to tell its rows apart by.']
      : [],
    fields: draftFields(name, table.columns, structure, enums),
    blockAttributes: [],
    isIgnored,
  }
  const key = new Set(table.primaryKey?.columns)
  if (model.fields.some((field) => key.has(field.column!) && field.type.startsWith('Unsupported'))) {
    model.isIgnored = true
    model.notes.push('Not in the client: its key is of a type that Prisma cannot read.')
  }
  return model
}

function draftView(
  name: string,
  view: { name: string; columns: readonly ColumnStructure[] },
  structure: DatabaseStructure,
  enums: Enums,
): ModelDraft {
  return {
    name,
    table: view.name,
    notes: [
      'A view. To read it: add previewFeatures = ["views"] to the client\'s generator, take these comments away,',
      'and give it @unique or @@unique for columns that tell its rows apart.',
    ],
    fields: draftFields(name, view.columns, structure, enums),
    blockAttributes: [],
    isIgnored: false,
  }
}

function draftFields(model: string, columns: readonly ColumnStructure[], structure: DatabaseStructure, enums: Enums): FieldDraft[] {
  const names = new Names()
  return columns.map((column) => draftField(names.take(fieldName(column.name)), model, column, structure, enums))
}

function draftField(name: string, model: string, column: ColumnStructure, { provider }: DatabaseStructure, enums: Enums): FieldDraft {
  const isList = column.type.endsWith('[]')
  const element = isList ? column.type.slice(0, -2) : column.type
  const found = enums.find(element, model, name)
  const known = found ? undefined : columnType(provider, element)
  const type = found?.name ?? known?.type ?? `Unsupported(${quoted(element)})`
  const value = defaultOf(column, { provider, type, isList, ...(found ? { values: found.values } : {}) })
  return {
    name,
    column: column.name,
    type,
    arity: isList ? 'list' : column.isNullable ? 'optional' : 'required',
    attributes: [
      ...(value === undefined ? [] : [`@default(${value})`]),
      ...(isUpdatedAt(column.name, type) ? ['@updatedAt'] : []),
      ...(known?.native === undefined ? [] : [known.native]),
    ],
    notes: column.isGenerated ? ['Computed by the database: never write it.'] : [],
  }
}

/** Prisma writes it, not the database, so nothing but the name can tell. */
function isUpdatedAt(column: string, type: string): boolean {
  return type === 'DateTime' && /^(updated|modified)_?at$/i.test(column)
}

/** In SQLite, where both are the same to the database, an integer that refers to a key takes the key's size. */
function withKeyTypes(table: TableStructure, structure: DatabaseStructure): TableStructure {
  if (structure.provider !== 'sqlite') return table
  const columns = table.columns.map((column) => {
    const key = table.foreignKeys.find((candidate) => candidate.columns.join() === column.name)
    const target = structure.tables.find((candidate) => candidate.name === key?.table)
    const referred = target?.columns.find((candidate) => candidate.name === key!.references[0])
    const isInteger = (type: string): boolean => ['Int', 'BigInt'].includes(columnType('sqlite', type)!.type)
    return referred && isInteger(column.type) && isInteger(referred.type) ? { ...column, type: referred.type } : column
  })
  return { ...table, columns }
}

/** The enums of a schema: PostgreSQL's types, and those that MySQL writes into a column's type. */
class Enums {
  readonly all: EnumDraft[]
  #names: Names

  /** @param models Names that are taken: models and enums share one space */
  constructor(types: readonly EnumStructure[], models: Iterable<string>) {
    this.#names = new Names(models)
    this.all = types.map((type) => ({ name: this.#nameOf(type.name), type: type.name, values: valuesOf(type.values) }))
  }

  /** The enum of a column's type; `undefined` where it is none. */
  find(type: string, model: string, field: string): EnumDraft | undefined {
    if (!type.startsWith('enum(')) {
      const name = type.replaceAll(/^"|"$/g, '').replaceAll('""', '"')
      return this.all.find((item) => item.type !== undefined && item.type === name)
    }
    const values = [...type.matchAll(/'((?:[^']|'')*)'/g)].map((match) => match[1]!.replaceAll("''", "'"))
    const made = { name: this.#nameOf(`${model}_${field}`), values: valuesOf(values) }
    this.all.push(made)
    return made
  }

  #nameOf(type: string): string {
    const name = enumName(type)
    return this.#names.take(name, `${name}Value`)
  }
}

function valuesOf(stored: readonly string[]): EnumDraft['values'] {
  const names = new Names()
  return stored.map((value) => ({ name: names.take(enumValueName(value)), stored: value }))
}
