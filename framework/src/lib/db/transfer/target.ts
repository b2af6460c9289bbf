/** How the rows of a file fit into a schema. */
import type { SchemaMetadata } from '../../schema/types.ts'
import { deferrals } from './deferred.ts'
import { linkSource } from './dump.ts'
import type { Header, Section } from './format.ts'
import { loadError } from './load-error.ts'
import { movedModel, planTransfer, type MovedModel } from './plan.ts'
import type { Sink } from './write-rows.ts'
import type { RelationField } from '../../schema/types.ts'

/** What a file is loaded into. */
export interface Target {
  /** In the order of the file. */
  readonly models: readonly MovedModel[]
  readonly sinks: ReadonlyArray<Sink & { section: Section; rows: number }>
  /** References that can be checked only when all rows are there. */
  readonly unchecked: ReadonlyArray<{ model: MovedModel; field: RelationField }>
}

/**
 * Finds the tables and columns for what a file holds.
 *
 * @throws {HotclubError} `HC_LOAD` when the schema lacks something, or asks for what the file does not have
 */
export function fitTarget(header: Header, schema: SchemaMetadata, file: string): Target {
  const models = header.models.map(({ name, fields }) => fitModel(name, fields, schema, file))
  const links = planTransfer(schema).links
  const deferred = deferrals(models)
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
      ...header.links.map(({ name, rows }) => {
        const link = links.find((candidate) => candidate.name === name)
        if (!link) throw misfit(file, `The schema has no many-to-many relation '${name}'.`)
        return { name, ...linkSource(link), later: [], section: { link: name }, rows }
      }),
    ],
    unchecked: models.flatMap((model) => deferred.get(model)!.unchecked.map((field) => ({ model, field }))),
  }
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
