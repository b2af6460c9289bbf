/**
 * Names of what a computation can depend on. Reading notes them, and a write drops what depends on those it touches.
 *
 * | tag | a reader has it who read | a write has it that touched |
 * |---|---|---|
 * | `Movie` | films in any way but the two below | any film |
 * | `Movie#7` | the film with the key 7 | that film |
 * | `Movie#*` | one film by its key | films that it cannot name |
 * | `Review.movieId=7` | the reviews of film 7 | a review that has, or had, that film |
 * | `Review.movieId=*` | the reviews of one film | reviews of which it does not know all films |
 */
import { findField } from '../call/names.ts'
import type { ModelMetadata, RelationField } from '../../schema/types.ts'

/** A row, as far as it is known. */
export type Image = Readonly<Record<string, unknown>>

/** What depends on rows of a model in any way. */
export function modelTag(model: ModelMetadata): string {
  return model.name
}

/** What depends on one row; `undefined` where the row does not tell its key. */
export function rowTag(model: ModelMetadata, row: Image): string | undefined {
  const columns = identityOf(model)
  if (columns === undefined) return undefined
  const values = columns.map((name) => keyText(row[name]))
  return values.includes(undefined) ? undefined : `${model.name}#${values.join(',')}`
}

/** What depends on single rows, whichever they are. */
export function anyRowTag(model: ModelMetadata): string {
  return `${model.name}#*`
}

/** What depends on the rows that belong to one other; `undefined` where the value names none. */
export function ownerTag(model: ModelMetadata, column: string, value: unknown): string | undefined {
  const text = keyText(value)
  return text === undefined ? undefined : `${model.name}.${column}=${text}`
}

/** What depends on the rows that belong to one other, whichever that is. */
export function anyOwnerTag(model: ModelMetadata, column: string): string {
  return `${model.name}.${column}=*`
}

const identities = new WeakMap<ModelMetadata, readonly string[] | null>()

/** The columns by which rows are told apart; `undefined` where a model has no key that every row has. */
function identityOf(model: ModelMetadata): readonly string[] | undefined {
  let columns = identities.get(model)
  if (columns === undefined) {
    const keys = [model.id, ...model.uniques]
    columns = keys.find((key) => key?.fields.every((name) => findField(model, name)?.isRequired))?.fields ?? null
    identities.set(model, columns)
  }
  return columns ?? undefined
}

const owners = new WeakMap<ModelMetadata, readonly string[]>()

/** The columns that alone say to which other row one belongs. */
export function ownerColumns(model: ModelMetadata): readonly string[] {
  let columns = owners.get(model)
  if (columns === undefined) {
    const keys = model.fields.filter((field): field is RelationField => field.kind === 'relation' && field.relation.fields.length === 1)
    owners.set(model, (columns = [...new Set(keys.map((field) => field.relation.fields[0]!))]))
  }
  return columns
}

/** A value of a key as text, the same for the same value; `undefined` for what is no plain value. */
function keyText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  return value instanceof Date ? value.toISOString() : undefined
}
