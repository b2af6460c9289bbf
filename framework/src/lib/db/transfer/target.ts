/** How the rows of a file fit into a schema. */
import type { ModelMetadata, RelationField, SchemaMetadata } from '../../schema/types.ts'
import { deferrals } from './deferred.ts'
import { linkSource } from './dump.ts'
import type { Header, Section } from './format.ts'
import { loadError } from './load-error.ts'
import { columnsOf, movedModel, planTransfer, referencesOf, type MovedLink, type MovedModel } from './plan.ts'
import type { Sink } from './write-rows.ts'

/** What a file is loaded into. */
export interface Target {
  /** In the order of the file. */
  readonly models: readonly MovedModel[]
  readonly sinks: ReadonlyArray<Sink & { section: Section; rows: number }>
  /** A reference for whose sake no order of rows will do: nothing can be checked until all are there. */
  readonly circle: string | undefined
  /** Every reference of the rows. */
  readonly references: readonly Reference[]
}

/** Columns that refer to those of another table. */
export interface Reference {
  /** `Film.director`. */
  readonly name: string
  readonly table: string
  readonly columns: readonly string[]
  readonly to: { readonly name: string; readonly table: string; readonly columns: readonly string[] }
}

/**
 * Finds the tables and columns for what a file holds.
 *
 * @throws {HotclubError} `HC_LOAD` when the schema lacks something, or asks for what the file does not have
 */
export function fitTarget(header: Header, schema: SchemaMetadata, file: string): Target {
  const models = header.models.map(({ name, fields }) => fitModel(name, fields, schema, file))
  const links = header.links.map(({ name }) => fitLink(name, schema, file))
  const deferred = deferrals(models)
  const circular = models.find((item) => deferred.get(item)!.unchecked.length > 0)
  return {
    models,
    sinks: [
      ...models.map((item, i) => ({
        name: item.model.name,
        table: item.model.table,
        fields: item.fields,
        later: deferred.get(item)!.later,
        key: item.key,
        section: { model: item.model.name },
        rows: header.models[i]!.rows,
      })),
      ...links.map((link, i) => ({
        name: link.name,
        ...linkSource(link),
        later: [],
        section: { link: link.name },
        rows: header.links[i]!.rows,
      })),
    ],
    circle: circular && `${circular.model.name}.${deferred.get(circular)!.unchecked[0]!.name}`,
    references: [
      ...models.flatMap(({ model }) => referencesOf(model).map((field) => referenceOf(model, field, schema))),
      ...links.flatMap(linkReferences),
    ],
  }
}

function referenceOf(model: ModelMetadata, { name, type, relation }: RelationField, schema: SchemaMetadata): Reference {
  const columns = (of: ModelMetadata, names: readonly string[]): string[] =>
    names.map((wanted) => columnsOf(of).find((field) => field.name === wanted)!.column)
  const target = schema.models[type]!
  return {
    name: `${model.name}.${name}`,
    table: model.table,
    columns: columns(model, relation.fields),
    to: { name: type, table: target.table, columns: columns(target, relation.references) },
  }
}

function linkReferences({ name, table, a, b }: MovedLink): Reference[] {
  return [
    { name, table, columns: ['A'], to: { name: a.model.name, table: a.model.table, columns: [a.key[0]!.column] } },
    { name, table, columns: ['B'], to: { name: b.model.name, table: b.model.table, columns: [b.key[0]!.column] } },
  ]
}

function fitLink(name: string, schema: SchemaMetadata, file: string): MovedLink {
  const link = planTransfer(schema).links.find((candidate) => candidate.name === name)
  if (!link) throw misfit(file, `The schema has no many-to-many relation '${name}'.`)
  return link
}

function fitModel(name: string, names: readonly string[], schema: SchemaMetadata, file: string): MovedModel {
  const model = schema.models[name]
  if (!model) throw misfit(file, `The schema has no model '${name}'.`)
  const all = movedModel(model)
  const fields = names.map((wanted) => {
    const field = all.fields.find((candidate) => candidate.name === wanted)
    if (!field) throw misfit(file, `The model ${name} has no field '${wanted}'.`)
    return field
  })
  const lacking = all.fields.find((field) => !fields.includes(field) && field.isRequired && field.default === undefined)
  if (lacking) throw misfit(file, `The model ${name} requires '${lacking.name}', which the file does not have.`)
  return { model, fields, key: all.key }
}

function misfit(file: string, message: string): Error {
  return loadError(file, message, 'Load it with the schema that it was dumped with, and migrate after.')
}
