/** Turns what a database refuses (a value that is taken, a row that is gone) into errors of the form that led to it. */
import type { Db } from '../core/register.ts'
import type { Provider } from '../db/database-url.ts'
import { constraintName } from '../db/structure/constraint-names.ts'
import { getSchema } from '../schema/registry.ts'
import type { ModelMetadata, RelationField } from '../schema/types.ts'
import type { ObjectNode } from '../view/form-node.ts'

/** What was being handled. */
export interface Handled {
  node: ObjectNode
  data: unknown
  db: Db
}

/** A model of the client, whichever the app has. */
interface Counted {
  count(args: { where: object }): Promise<number>
}

/** The parts of Prisma's error that are read. */
interface KnownError {
  code: string
  meta?: { modelName?: string; driverAdapterError?: { cause?: { constraint?: { fields?: string[]; index?: string } } } }
}

/**
 * Finds the fields that a broken unique or foreign key is about.
 *
 * @returns Messages by field, under `''` where the form has none of its fields; `undefined` for any other error
 */
export async function databaseErrors(error: unknown, handled: Handled): Promise<Record<string, string[]> | undefined> {
  if (!isKnown(error) || (error.code !== 'P2002' && error.code !== 'P2003')) return undefined
  const model = getSchema()?.models[error.meta?.modelName ?? '']
  return error.code === 'P2002' ? uniqueErrors(error, model, handled) : await foreignKeyErrors(error, model, handled)
}

function isKnown(error: unknown): error is KnownError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^P\d{4}$/.test(error.code)
}

function uniqueErrors({ meta }: KnownError, model: ModelMetadata | undefined, { node }: Handled): Record<string, string[]> {
  const constraint = meta?.driverAdapterError?.cause?.constraint
  const fields = constraint?.fields?.map((column) => fieldOfColumn(model, column)) ?? fieldsOfIndex(model, constraint?.index)
  const labels = fields.map((name) => lower(node.fields[name]?.label ?? labelOf(model, name)))
  const message = `There is already ${model ? withArticle(model.singular) : 'one'} with this ${list(labels)}.`
  return { [fields.find((name) => Object.hasOwn(node.fields, name)) ?? '']: [message] }
}

/** Policies say which key was broken. Databases do not, so each that the form holds is looked up. */
async function foreignKeyErrors(
  { meta }: KnownError,
  model: ModelMetadata | undefined,
  { node, data, db }: Handled,
): Promise<Record<string, string[]>> {
  const errors: Record<string, string[]> = {}
  const broken = meta?.driverAdapterError?.cause?.constraint?.fields?.map((column) => fieldOfColumn(model, column))
  const values = data as Record<string, unknown>
  for (const { type, relation } of (model?.fields ?? []).filter((field): field is RelationField => field.kind === 'relation')) {
    const [field] = relation.fields
    if (field === undefined || !Object.hasOwn(node.fields, field) || values[field] === null || values[field] === undefined) continue
    const target = getSchema()!.models[type]!
    const message = `This ${target.singular} does not exist any more. Choose another one.`
    if (broken?.includes(field)) errors[field] = [message]
    if (broken) continue
    const where = Object.fromEntries(relation.fields.map((name, index) => [relation.references[index]!, values[name]]))
    const { [target.delegate]: delegate } = db as unknown as Record<string, Counted>
    if ((await delegate!.count({ where })) === 0) errors[field] = [message]
  }
  return Object.keys(errors).length > 0 ? errors : { '': ['Something that this belongs to does not exist any more.'] }
}

/** PostgreSQL and MySQL name the index that refused a row, which has the name of the schema or the one that Prisma gives. */
function fieldsOfIndex(model: ModelMetadata | undefined, index: string | undefined): readonly string[] {
  if (model === undefined || index === undefined) return []
  const { table, indexes, id } = model
  const provider = getSchema()!.provider as Provider
  if (index === 'PRIMARY' || index === constraintName(provider, 'pkey', table, [])) return id?.fields ?? []
  const found = indexes.find(({ name, fields }) => {
    const columns = fields.map((field) => columnOf(model, field.name))
    return name === index || constraintName(provider, 'key', table, columns) === index
  })
  return found?.fields.map(({ name }) => name) ?? []
}

function columnOf(model: ModelMetadata, name: string): string {
  const field = model.fields.find((candidate) => candidate.name === name)
  return field && 'column' in field ? field.column : name
}

function fieldOfColumn(model: ModelMetadata | undefined, column: string): string {
  return model?.fields.find((field) => 'column' in field && field.column === column)?.name ?? column
}

/** The field's label; of a key, that of its relation: `movieId` is the film. */
function labelOf(model: ModelMetadata | undefined, name: string): string {
  const relation = model?.fields.find((field) => field.kind === 'relation' && field.relation.fields.includes(name))
  return (relation ?? model?.fields.find((field) => field.name === name))?.label ?? name
}

/** Labels stand at the beginning of a line; inside a sentence they do not, abbreviations aside. */
function lower(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

function list(words: string[]): string {
  return words.length < 2 ? (words[0] ?? 'value') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
