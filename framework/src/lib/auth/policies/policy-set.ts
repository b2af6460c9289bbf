import { HotclubError } from '../../core/hotclub-error.ts'
import { fieldOf, findField, namesOf } from '../../db/call/names.ts'
import type { ModelMetadata, RelationField, SchemaMetadata } from '../../schema/types.ts'
import type { Policy, PolicyRules } from './policy.ts'

/** The policies of an app, held against its schema. */
export interface PolicySet {
  readonly schema: SchemaMetadata
  /** Rules by the name of the model. */
  readonly rules: ReadonlyMap<string, PolicyRules<object, string>>
}

/**
 * Puts policies together.
 *
 * @throws {HotclubError} `HC_POLICY` for a model the schema does not have, or that has two; `HC_FIELD` for a field its model does not have
 */
export function policySet(policies: readonly Policy[], schema: SchemaMetadata): PolicySet {
  const rules = new Map<string, PolicyRules<object, string>>()
  for (const policy of policies) {
    const model = Object.values(schema.models).find((candidate) => candidate.delegate === policy.model)
    if (!model || rules.has(model.name))
      throw new HotclubError('HC_POLICY', {
        where: `definePolicy('${policy.model}')`,
        message: model ? `The model ${model.name} has two policies.` : `The schema has no model '${policy.model}'.`,
        hint: model
          ? 'Put the rules of a model into one file.'
          : `There are ${Object.values(schema.models)
              .map((candidate) => candidate.delegate)
              .join(', ')}.`,
      })
    for (const name of Object.keys(policy.rules.fields ?? {})) fieldOf(namesOf(schema), model, name)
    rules.set(model.name, policy.rules)
  }
  return { schema, rules }
}

/** The model with the columns that hold a relation's key, and their names: none for many-to-many. */
export function keyOf(
  schema: SchemaMetadata,
  model: ModelMetadata,
  field: RelationField,
): { model: ModelMetadata; columns: readonly string[] } {
  if (field.relation.fields.length > 0) return { model, columns: field.relation.fields }
  const target = schema.models[field.type]!
  const back = findField(target, field.relation.backField)
  return { model: target, columns: back?.kind === 'relation' ? back.relation.fields : [] }
}
