/** What is moved, and in which order: rows after those that they refer to. */
import { HotclubError } from '../../core/hotclub-error.ts'
import type { EnumField, ModelMetadata, RelationField, ScalarField, SchemaMetadata, UnsupportedField } from '../../schema/types.ts'

/** A field that is a column. */
export type ColumnField = ScalarField | EnumField | UnsupportedField

/** A model with the columns that are moved. */
export interface MovedModel {
  readonly model: ModelMetadata
  readonly fields: readonly ColumnField[]
  /** The columns that tell rows apart, and that they are read in the order of. */
  readonly key: readonly ColumnField[]
}

/** The table by which Prisma keeps a many-to-many relation, with the columns A and B. */
export interface MovedLink {
  readonly name: string
  readonly table: string
  readonly a: MovedModel
  readonly b: MovedModel
}

export interface Plan {
  /** In the order of their references. */
  readonly models: readonly MovedModel[]
  readonly links: readonly MovedLink[]
}

/**
 * Puts the models of a schema in the order in which their rows can be written.
 *
 * @param only Names of models (`Movie`), where not all are moved
 * @throws {HotclubError} `HC_MODEL` when there is no such model
 */
export function planTransfer(schema: SchemaMetadata, only?: readonly string[]): Plan {
  const unknown = only?.find((name) => schema.models[name] === undefined)
  if (unknown !== undefined)
    throw new HotclubError('HC_MODEL', {
      where: unknown,
      message: `The schema has no model '${unknown}'.`,
      hint: `There are ${Object.keys(schema.models).join(', ')}.`,
    })
  const models = Object.values(schema.models).filter((model) => only === undefined || only.includes(model.name))
  return { models: inOrder(models).map(movedModel), links: linksOf(models, schema) }
}

export function movedModel(model: ModelMetadata): MovedModel {
  const fields = columnsOf(model)
  const find = (names: readonly string[]): ColumnField[] => names.map((name) => fields.find((field) => field.name === name)!)
  // Prisma wants one of them in each model: a primary key, or a unique key of required fields.
  const key = model.id ?? model.uniques.find((unique) => find(unique.fields).every((field) => field.isRequired))!
  return { model, fields, key: find(key.fields) }
}

export function columnsOf(model: ModelMetadata): ColumnField[] {
  return model.fields.filter((field) => field.kind !== 'relation')
}

/** The relations of a model whose key it holds. */
export function referencesOf(model: ModelMetadata): RelationField[] {
  return model.fields.filter((field) => field.kind === 'relation').filter((field) => field.relation.fields.length > 0)
}

/** Whether a reference can be empty at first. */
export function isDeferrable(model: ModelMetadata, { relation }: RelationField): boolean {
  return columnsOf(model).some((field) => relation.fields.includes(field.name) && !field.isRequired)
}

function inOrder(models: readonly ModelMetadata[]): ModelMetadata[] {
  const ordered: ModelMetadata[] = []
  const left = new Set(models)
  while (left.size > 0) {
    const names = new Set([...left].map((model) => model.name))
    const waits = (model: ModelMetadata): RelationField[] =>
      referencesOf(model).filter((field) => field.type !== model.name && names.has(field.type))
    const all = [...left]
    // In a circle the one comes first whose references can be written later.
    const next =
      all.find((model) => waits(model).length === 0) ??
      all.find((model) => waits(model).every((field) => isDeferrable(model, field))) ??
      all[0]!
    ordered.push(next)
    left.delete(next)
  }
  return ordered
}

function linksOf(models: readonly ModelMetadata[], schema: SchemaMetadata): MovedLink[] {
  const links = new Map<string, MovedLink>()
  for (const model of models)
    for (const field of model.fields) {
      if (field.kind !== 'relation' || field.relation.cardinality !== 'many-to-many') continue
      if (!models.some((other) => other.name === field.type)) continue
      const [a, b] = [model.name, field.type].toSorted().map((name) => movedModel(schema.models[name]!))
      links.set(field.relation.name, { name: field.relation.name, table: `_${field.relation.name}`, a: a!, b: b! })
    }
  return [...links.values()]
}
