/** Where the reader of a call looks up what the call names. */
import { HotclubError } from '../../core/hotclub-error.ts'
import type {
  EnumField,
  FieldMetadata,
  ModelMetadata,
  RelationField,
  ScalarField,
  SchemaMetadata,
  UnsupportedField,
} from '../../schema/types.ts'

export type ColumnField = ScalarField | EnumField | UnsupportedField

/** The fields of the models as whoever reads the call sees them. */
export interface Names {
  readonly schema: SchemaMetadata
  /** The field of that name; `undefined` where there is none. */
  find(model: ModelMetadata, name: string): FieldMetadata | undefined
}

const indexes = new WeakMap<ModelMetadata, Map<string, FieldMetadata>>()

/** Finds a field in the schema itself. */
export function findField(model: ModelMetadata, name: string): FieldMetadata | undefined {
  let index = indexes.get(model)
  if (!index) indexes.set(model, (index = new Map(model.fields.map((field) => [field.name, field]))))
  return index.get(name)
}

/** Every field of a schema. */
export function namesOf(schema: SchemaMetadata): Names {
  return { schema, find: findField }
}

/** @throws {HotclubError} `HC_FIELD` */
export function fieldOf(names: Names, model: ModelMetadata, name: string): FieldMetadata {
  return names.find(model, name) ?? unknownField(names, model, name)
}

/** @throws {HotclubError} `HC_FIELD` when it is no column either */
export function columnOf(names: Names, model: ModelMetadata, name: string): ColumnField {
  const field = names.find(model, name)
  return field && field.kind !== 'relation' ? field : unknownField(names, model, name)
}

/** @throws {HotclubError} `HC_FIELD` when it is no relation either */
export function relationOf(names: Names, model: ModelMetadata, name: string): RelationField {
  const field = names.find(model, name)
  return field?.kind === 'relation' ? field : unknownField(names, model, name)
}

/** The model at the other end of a relation. */
export function targetOf({ schema }: Pick<Names, 'schema'>, field: RelationField): ModelMetadata {
  return schema.models[field.type]!
}

/** Whether the relation leads to one row at most. */
export function isToOne(field: RelationField): boolean {
  return !field.isList
}

function unknownField(names: Names, model: ModelMetadata, name: string): never {
  const fields = model.fields.filter((field) => names.find(model, field.name)).map((field) => field.name)
  throw new HotclubError('HC_FIELD', {
    where: `db.${model.delegate}`,
    message: `${model.name} has no field '${name}' that can be used here.`,
    hint: `There are ${fields.join(', ')}.`,
  })
}
