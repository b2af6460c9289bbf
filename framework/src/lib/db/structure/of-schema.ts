import type { DMMF } from '@prisma/generator-helper'
import { readDatamodel, type SchemaDatamodel } from '../../schema/read-datamodel.ts'
import { withProvider } from '../../schema/with-provider.ts'
import type { Provider } from '../database-url.ts'
import { columnDefault } from './column-default.ts'
import { mysqlEnum, scalarType } from './column-types.ts'
import { constraintName } from './constraint-names.ts'
import type {
  ColumnStructure,
  DatabaseStructure,
  ForeignKeyStructure,
  IndexStructure,
  PrimaryKeyStructure,
  ReferentialRule,
  TableStructure,
} from './types.ts'

const rules: Readonly<Record<string, ReferentialRule>> = {
  Cascade: 'CASCADE',
  Restrict: 'RESTRICT',
  NoAction: 'NO ACTION',
  SetNull: 'SET NULL',
  SetDefault: 'SET DEFAULT',
}

/**
 * What Prisma's migrations make of a schema in an empty database. Types and defaults are as the SQL of migrations writes them, which is not
 * always how the database tells them afterwards (`INTEGER` is `int(11)` in MariaDB).
 *
 * @param text A whole Prisma schema; `undefined` for an empty database
 * @throws {HotclubError} `HC_SCHEMA` when the schema is wrong
 */
export function structureOfSchema(text: string | undefined, provider: Provider): DatabaseStructure {
  if (text === undefined) return { provider, tables: [], views: [], enums: [] }
  const reading = new SchemaReading(readDatamodel(withProvider(text, provider)), provider)
  return { provider, tables: reading.tables().toSorted(byName), views: [], enums: reading.enums().toSorted(byName) }
}

class SchemaReading {
  #schema: SchemaDatamodel
  #provider: Provider

  constructor(schema: SchemaDatamodel, provider: Provider) {
    this.#schema = schema
    this.#provider = provider
  }

  tables(): TableStructure[] {
    return [...this.#schema.models.map((model) => this.#table(model)), ...this.#joinTables()]
  }

  /** PostgreSQL's alone: MySQL's stand in their columns, SQLite's are text. */
  enums(): DatabaseStructure['enums'] {
    if (this.#provider !== 'postgresql') return []
    return this.#schema.enums.map((item) => ({ name: item.dbName ?? item.name, values: enumValues(item) }))
  }

  #table(model: DMMF.Model): TableStructure {
    const primaryKey = this.#primaryKey(model)
    const fields = model.fields.filter((field) => field.kind !== 'object')
    return {
      name: tableOf(model),
      columns: fields.map((field) => this.#column(model, field)),
      ...(primaryKey ? { primaryKey } : {}),
      indexes: this.#schema.indexes
        .filter((index) => index.model === model.name && index.type !== 'id')
        .map((index) => this.#index(model, index))
        .toSorted(byName),
      foreignKeys: model.fields
        .filter((field) => (field.relationFromFields ?? []).length > 0)
        .map((field) => this.#foreignKey(model, field))
        .toSorted(byName),
    }
  }

  #column(model: DMMF.Model, field: DMMF.Field): ColumnStructure {
    const type = this.#type(model, field)
    const value = columnDefault(this.#provider, field, type, (name) => this.#enumValue(field.type, name))
    return {
      name: field.dbName ?? field.name,
      type,
      isNullable: !field.isRequired && !field.isList,
      ...(value === undefined ? {} : { default: value }),
      isAutoIncrement: isCall(field.default, 'autoincrement'),
      isGenerated: false,
    }
  }

  #type(model: DMMF.Model, field: DMMF.Field): string {
    const unsupported = this.#schema.unsupported.get(`${model.name}.${field.name}`)
    if (unsupported !== undefined) return unsupported
    if (this.#provider === 'mysql' && field.type === 'String' && !field.nativeType && !this.#isIndexed(model, field)) return 'LONGTEXT'
    if (field.kind !== 'enum') return scalarType(this.#provider, field) + (field.isList ? '[]' : '')
    if (this.#provider === 'sqlite') return 'TEXT'
    const item = this.#schema.enums.find((candidate) => candidate.name === field.type)!
    return this.#provider === 'mysql' ? mysqlEnum(enumValues(item)) : `"${item.dbName ?? item.name}"${field.isList ? '[]' : ''}`
  }

  /** MySQL's indexes take no text without a length. What is in none may be as long as it is elsewhere, not just Prisma's 191 characters. */
  #isIndexed(model: DMMF.Model, field: DMMF.Field): boolean {
    return (
      this.#schema.indexes.some(({ model: of, fields }) => of === model.name && fields.some(({ name }) => name === field.name)) ||
      model.fields.some(({ relationFromFields }) => relationFromFields?.includes(field.name))
    )
  }

  #enumValue(type: string, name: string): string {
    const value = this.#schema.enums.find((item) => item.name === type)?.values.find((candidate) => candidate.name === name)
    return value?.dbName ?? name
  }

  #primaryKey(model: DMMF.Model): PrimaryKeyStructure | undefined {
    const index = this.#schema.indexes.find((candidate) => candidate.model === model.name && candidate.type === 'id')
    if (!index) return undefined
    const columns = index.fields.map((field) => columnOf(model, field.name))
    if (this.#provider !== 'postgresql') return { columns }
    return { name: index.dbName ?? constraintName(this.#provider, 'pkey', tableOf(model), []), columns }
  }

  #index(model: DMMF.Model, index: DMMF.Index): IndexStructure {
    const columns = index.fields.map((field) => ({
      name: columnOf(model, field.name),
      isDescending: field.sortOrder === 'desc',
      ...(field.length === undefined || field.length === null ? {} : { length: field.length }),
    }))
    const kind = index.type === 'unique' ? 'key' : 'idx'
    return {
      name:
        index.dbName ??
        constraintName(
          this.#provider,
          kind,
          tableOf(model),
          columns.map((column) => column.name),
        ),
      isUnique: index.type === 'unique',
      method: index.type === 'fulltext' ? 'fulltext' : (index.algorithm ?? 'btree').toLowerCase(),
      columns,
      isPartial: false,
    }
  }

  #foreignKey(model: DMMF.Model, field: DMMF.Field): ForeignKeyStructure {
    const parent = this.#model(field.type)
    const columns = field.relationFromFields!.map((name) => columnOf(model, name))
    const isOptional = field.relationFromFields!.some((name) => !model.fields.find((candidate) => candidate.name === name)!.isRequired)
    return {
      name:
        this.#schema.foreignKeyNames.get(`${model.name}.${field.name}`) ?? constraintName(this.#provider, 'fkey', tableOf(model), columns),
      columns,
      table: tableOf(parent),
      references: field.relationToFields!.map((name) => columnOf(parent, name)),
      // What Prisma does where a relation says nothing.
      onDelete: rules[field.relationOnDelete ?? (isOptional ? 'SetNull' : 'Restrict')]!,
      onUpdate: rules[field.relationOnUpdate ?? 'Cascade']!,
    }
  }

  /** The tables between the models of many-to-many relations that have no model of their own. */
  #joinTables(): TableStructure[] {
    const sides = new Map<string, { model: DMMF.Model; field: DMMF.Field }[]>()
    for (const model of this.#schema.models)
      for (const field of model.fields)
        if (field.kind === 'object') sides.set(field.relationName!, [...(sides.get(field.relationName!) ?? []), { model, field }])
    return [...sides].flatMap(([name, fields]) => {
      if (!fields.every(({ field }) => field.isList)) return []
      const [a, b] = fields.map(({ model }) => model).toSorted(byName)
      // A relation of a model with itself may be listed once.
      return [this.#joinTable(`_${name}`, a!, b ?? a!)]
    })
  }

  #joinTable(name: string, a: DMMF.Model, b: DMMF.Model): TableStructure {
    const side = (column: 'A' | 'B', model: DMMF.Model): { column: ColumnStructure; foreignKey: ForeignKeyStructure } => {
      const id = model.fields.find((field) => field.isId)!
      return {
        column: { name: column, type: this.#type(model, id), isNullable: false, isAutoIncrement: false, isGenerated: false },
        foreignKey: {
          name: constraintName(this.#provider, 'fkey', name, [column]),
          columns: [column],
          table: tableOf(model),
          references: [id.dbName ?? id.name],
          onDelete: 'CASCADE',
          onUpdate: 'CASCADE',
        },
      }
    }
    const sides = [side('A', a), side('B', b)]
    const index = (suffix: string, isUnique: boolean, columns: string[]): IndexStructure => ({
      name: `${name}_${suffix}`,
      isUnique,
      method: 'btree',
      columns: columns.map((column) => ({ name: column, isDescending: false })),
      isPartial: false,
    })
    const isPostgres = this.#provider === 'postgresql'
    return {
      name,
      columns: sides.map(({ column }) => column),
      ...(isPostgres ? { primaryKey: { name: `${name}_AB_pkey`, columns: ['A', 'B'] } } : {}),
      indexes: [...(isPostgres ? [] : [index('AB_unique', true, ['A', 'B'])]), index('B_index', false, ['B'])],
      foreignKeys: sides.map(({ foreignKey }) => foreignKey),
    }
  }

  #model(name: string): DMMF.Model {
    return this.#schema.models.find((model) => model.name === name)!
  }
}

function tableOf(model: DMMF.Model): string {
  return model.dbName ?? model.name
}

function columnOf(model: DMMF.Model, name: string): string {
  return model.fields.find((field) => field.name === name)?.dbName ?? name
}

function enumValues(item: DMMF.DatamodelEnum): string[] {
  return item.values.map((value) => value.dbName ?? value.name)
}

function isCall(value: DMMF.Field['default'], name: string): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === name
}

/** By the order of characters, as databases list names; not by that of a language. */
function byName(a: { readonly name?: string }, b: { readonly name?: string }): number {
  return (a.name ?? '') < (b.name ?? '') ? -1 : Number(a.name !== b.name)
}
