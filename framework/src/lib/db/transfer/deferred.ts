/** References that cannot be written with their row, because what they refer to comes later. */
import type { RelationField } from '../../schema/types.ts'
import { isDeferrable, referencesOf, type ColumnField, type MovedModel } from './plan.ts'

export interface Deferral {
  /** The columns that are empty at first. */
  readonly later: readonly ColumnField[]
  /** References that may not be empty: the database must not check them until all rows are there. */
  readonly unchecked: readonly RelationField[]
}

/**
 * Finds them for each model.
 *
 * @param models In the order in which they are written
 */
export function deferrals(models: readonly MovedModel[]): Map<MovedModel, Deferral> {
  const written = new Set<string>()
  const moved = new Set(models.map(({ model }) => model.name))
  return new Map(
    models.map((item) => {
      const early = referencesOf(item.model).filter((field) => moved.has(field.type) && !written.has(field.type))
      written.add(item.model.name)
      const names = new Set(early.flatMap((field) => field.relation.fields))
      return [
        item,
        {
          later: item.fields.filter((field) => names.has(field.name) && !field.isRequired),
          unchecked: early.filter((field) => !isDeferrable(item.model, field)),
        },
      ]
    }),
  )
}
