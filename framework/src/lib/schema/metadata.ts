import type { DMMF } from '@prisma/generator-helper'
import { plural as pluralOfWord } from '../core/inflect.ts'
import { parseDocumentation, toWords } from './documentation.ts'
import type {
  DefaultValue,
  EnumMetadata,
  FieldMetadata,
  IndexMetadata,
  KeyMetadata,
  ModelMetadata,
  ReferentialAction,
  RelationField,
  ScalarType,
  SchemaMetadata,
} from './types.ts'

/** Part of what decides whether generated files are up to date: raise it when the output changes for the same schema. */
export const generatorVersion = '3'

/** Turns what Prisma says of a schema into Hotclub's model metadata. */
export function toMetadata(datamodel: DMMF.Datamodel, provider: string): SchemaMetadata {
  return {
    provider,
    models: Object.fromEntries(datamodel.models.map((model) => [model.name, toModel(model, datamodel)])),
    enums: Object.fromEntries(datamodel.enums.map((item) => [item.name, toEnum(item)])),
  }
}

function toModel(model: DMMF.Model, datamodel: DMMF.Datamodel): ModelMetadata {
  const documentation = parseDocumentation(model.documentation)
  const { singular, plural, label } = documentation.annotations
  const one = typeof singular === 'string' ? singular : toWords(model.name).toLowerCase()
  const labelField = typeof label === 'string' ? label : guessLabel(model)
  const id = primaryKey(model)
  return {
    name: model.name,
    delegate: model.name.charAt(0).toLowerCase() + model.name.slice(1),
    table: model.dbName ?? model.name,
    singular: one,
    plural: typeof plural === 'string' ? plural : pluralOf(one),
    ...(labelField === undefined ? {} : { labelField }),
    documentation,
    fields: model.fields.map((field) => toField(field, model, datamodel)),
    ...(id ? { id } : {}),
    uniques: uniqueKeys(model),
    indexes: datamodel.indexes.filter((index) => index.model === model.name && index.type !== 'id').map(toIndex),
  }
}

/** Of several words, the last is the one that counts: `watch list items`. */
function pluralOf(singular: string): string {
  const words = singular.split(' ')
  return [...words.slice(0, -1), pluralOfWord(words.at(-1)!)].join(' ')
}

function toField(field: DMMF.Field, model: DMMF.Model, datamodel: DMMF.Datamodel): FieldMetadata {
  const documentation = parseDocumentation(field.documentation)
  const base = {
    name: field.name,
    label: documentation.text || toWords(field.name),
    documentation,
    isRequired: field.isRequired,
    isList: field.isList,
  }
  if (field.kind === 'object') return { ...base, kind: 'relation', type: field.type, relation: toRelation(field, model, datamodel) }
  const value = toDefault(field.default)
  const column = {
    ...base,
    column: field.dbName ?? field.name,
    isId: field.isId || (model.primaryKey?.fields.includes(field.name) ?? false),
    isUnique: field.isUnique,
    isUpdatedAt: field.isUpdatedAt ?? false,
    isForeignKey: model.fields.some((other) => other.relationFromFields?.includes(field.name)),
    ...(value ? { default: value } : {}),
    ...(field.nativeType ? { nativeType: { name: field.nativeType[0], args: field.nativeType[1] } } : {}),
  }
  if (field.kind === 'scalar') return { ...column, kind: 'scalar', type: field.type as ScalarType }
  return { ...column, kind: field.kind, type: field.type }
}

function toRelation(field: DMMF.Field, model: DMMF.Model, datamodel: DMMF.Datamodel): RelationField['relation'] {
  const back = backField(field, model, datamodel)
  const fields = field.relationFromFields ?? []
  const many = (side: DMMF.Field) => (side.isList ? 'many' : 'one')
  const relation = {
    name: field.relationName ?? '',
    cardinality: `${many(back)}-to-${many(field)}` as const,
    backField: back.name,
    fields,
    references: field.relationToFields ?? [],
  }
  if (fields.length === 0) return relation
  // Prisma leaves unwritten actions out; these are its documented defaults.
  const onDelete = (field.relationOnDelete ?? (field.isRequired ? 'Restrict' : 'SetNull')) as ReferentialAction
  return { ...relation, onDelete, onUpdate: (field.relationOnUpdate ?? 'Cascade') as ReferentialAction }
}

/** A relation of a model with itself has both fields in one model: the other one, or the field itself where Prisma lists it once. */
function backField(field: DMMF.Field, model: DMMF.Model, datamodel: DMMF.Datamodel): DMMF.Field {
  const other = datamodel.models.find((candidate) => candidate.name === field.type)
  const back = other?.fields.find(
    (candidate) =>
      candidate.relationName === field.relationName &&
      candidate.type === model.name &&
      (other.name !== model.name || candidate.name !== field.name),
  )
  return back ?? field
}

function toDefault(value: DMMF.Field['default']): DefaultValue | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'object' && 'name' in value) return { kind: 'function', name: value.name, args: value.args }
  return { kind: 'value', value }
}

function primaryKey(model: DMMF.Model): KeyMetadata | undefined {
  if (model.primaryKey) return toKey(model.primaryKey.name, model.primaryKey.fields)
  const field = model.fields.find((candidate) => candidate.isId)
  return field && toKey(null, [field.name])
}

function uniqueKeys(model: DMMF.Model): KeyMetadata[] {
  const single = model.fields.filter((field) => field.isUnique).map((field) => toKey(null, [field.name]))
  return [...single, ...model.uniqueIndexes.map((index) => toKey(index.name, index.fields))]
}

function toKey(name: string | null, fields: readonly string[]): KeyMetadata {
  return { name: name ?? fields.join('_'), fields }
}

function toIndex(index: DMMF.Index): IndexMetadata {
  const name = index.dbName ?? index.name
  return {
    kind: index.type === 'id' ? 'normal' : index.type,
    ...(name ? { name } : {}),
    fields: index.fields.map((field) => ({
      name: field.name,
      ...(field.sortOrder ? { sort: field.sortOrder } : {}),
      ...(field.length === undefined ? {} : { length: field.length }),
    })),
  }
}

function toEnum(item: DMMF.DatamodelEnum): EnumMetadata {
  return {
    name: item.name,
    documentation: parseDocumentation(item.documentation),
    values: item.values.map((value) => ({
      name: value.name,
      label: value.dbName ?? valueLabel(value.name),
      stored: value.dbName ?? value.name,
    })),
  }
}

/** `IN_REVIEW` is `In review`; one or two letters, as of a rating, are no word to be put in lower case. */
function valueLabel(name: string): string {
  return /^[A-Z]{1,2}$/.test(name) ? name : toWords(name)
}

function guessLabel(model: DMMF.Model): string | undefined {
  const strings = model.fields.filter((field) => field.kind === 'scalar' && field.type === 'String' && !field.isList)
  const named = ['name', 'title', 'label', 'username', 'email'].find((name) => strings.some((field) => field.name === name))
  return named ?? strings.find((field) => field.isUnique)?.name
}
