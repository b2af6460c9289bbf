/** Forms from the Prisma schema: a zod schema of chosen fields of a model. */
import { z, type ZodType } from 'zod'
import { HotclubError } from '../core/hotclub-error.ts'
import type { Db } from '../core/register.ts'
import { modelByDelegate } from '../schema/registry.ts'
import type { EnumField, ModelMetadata, ScalarField } from '../schema/types.ts'
import { fieldSchema } from './model-field.ts'

/** A model of the app's client, with its types: Prisma keeps them under a symbol. */
interface ModelTypes {
  [key: symbol]: { types: { payload: { scalars: object } } }
}

/** Names of the app's models: `review` of `db.review`. */
export type ModelName = { [K in keyof Db & string]: Db[K] extends ModelTypes ? K : never }[keyof Db & string]

type TypesOf<M extends ModelName> = Db[M] extends ModelTypes ? Db[M][symbol]['types'] : never
type Scalars<M extends ModelName> = TypesOf<M>['payload']['scalars']

/** The columns of a model. */
export type ModelFieldName<M extends ModelName> = keyof Scalars<M> & string

/** The value of a column. */
type ColumnValue<M extends ModelName, K extends ModelFieldName<M>> = ToForm<Scalars<M>[K]>

/** Decimals are texts in forms, which loses no digit. */
type ToForm<T> = T extends { toFixed(digits?: number): string } ? (T extends number ? T : string) : T

/** The zod object of a model form. */
export type ModelForm<M extends ModelName, F extends ModelFieldName<M>> = z.ZodObject<{
  [K in F]: ZodType<ColumnValue<M, K>, ColumnValue<M, K>>
}>

export interface ModelFormOptions<F extends string> {
  /** The columns that the form has. Always listed, so that a form never takes more than was meant. */
  fields: readonly F[]
}

/**
 * Makes the schema of a form from a model: types, limits, choices, labels and help as `schema.prisma` has them. It is a zod object: add to it with
 * `.extend()` and `.refine()`.
 *
 * @param model The name on the client: `review` of `db.review`
 * @throws {HotclubError} `HC_MODEL` for an unknown model, `HC_FORM_SCHEMA` for a field it does not have; both when the schema is first used
 */
export function modelForm<const M extends ModelName, const F extends ModelFieldName<M>>(
  model: M,
  { fields }: ModelFormOptions<F>,
): ModelForm<M, F> {
  const shape: Record<string, ZodType> = {}
  // Getters, because the metadata may be set after the module that calls this was loaded.
  for (const name of fields)
    Object.defineProperty(shape, name, { enumerable: true, get: () => fieldSchema(...columnOf(modelByDelegate(model), name)) })
  return z.object(shape) as unknown as ModelForm<M, F>
}

/** The column, and what people call it: a key goes by the name of its relation. */
function columnOf(model: ModelMetadata, name: string): [ScalarField | EnumField, string] {
  const field = model.fields.find((candidate) => candidate.name === name)
  if (field && field.kind !== 'relation' && field.kind !== 'unsupported')
    return [field, model.fields.find((other) => other.kind === 'relation' && other.relation.fields.includes(name))?.label ?? field.label]
  throw new HotclubError('HC_FORM_SCHEMA', {
    where: `modelForm('${model.delegate}')`,
    message: field
      ? `'${name}' is a ${field.kind === 'relation' ? 'relation' : 'column that Prisma cannot write'}.`
      : `The model ${model.name} has no field '${name}'.`,
    hint:
      field?.kind === 'relation' && field.relation.fields.length > 0
        ? `Use its key: ${field.relation.fields.join(', ')}.`
        : `Its columns are ${model.fields
            .filter((candidate) => candidate.kind === 'scalar' || candidate.kind === 'enum')
            .map((candidate) => candidate.name)
            .join(', ')}.`,
  })
}
