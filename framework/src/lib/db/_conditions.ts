/** Random conditions on the columns of a model. */
import fc from 'fast-check'
import type { ModelMetadata } from '../schema/types.ts'
import type { Value } from './_lab.ts'

/** A condition as tests write it. */
export type Condition =
  | { is: 'all' }
  | { is: 'none' }
  | { is: 'and' | 'or'; of: Condition[] }
  | { is: 'not'; of: Condition }
  | { is: 'column'; name: string; operator: 'equals' | 'not' | 'in' | 'notIn' | 'gt' | 'contains'; value: Value | Value[] }
  | { is: 'related'; name: string; quantifier: 'some' | 'every' | 'none' | 'is' | 'isNot'; of: Condition }
  | { is: 'alone'; name: string }

export function toPrisma(condition: Condition): Record<string, unknown> {
  switch (condition.is) {
    case 'all':
      return {}
    case 'none':
      return { OR: [] }
    case 'and':
      return { AND: condition.of.map(toPrisma) }
    case 'or':
      return { OR: condition.of.map(toPrisma) }
    case 'not':
      return { NOT: toPrisma(condition.of) }
    case 'column':
      return { [condition.name]: condition.operator === 'equals' ? condition.value : { [condition.operator]: condition.value } }
    case 'related':
      return { [condition.name]: { [condition.quantifier]: toPrisma(condition.of) } }
    case 'alone':
      return { [condition.name]: null }
  }
}

/** A test of one column. */
export function columnCondition(model: ModelMetadata, isOurs: (name: string) => boolean = () => true): fc.Arbitrary<Condition> {
  const fields = model.fields.filter((field) => field.kind !== 'relation' && isOurs(field.name))
  return fc.constantFrom(...fields).chain((field): fc.Arbitrary<Condition> => {
    const values: Record<string, fc.Arbitrary<number | string | boolean>> = {
      Int: fc.integer({ min: 0, max: 4 }),
      String: fc.constantFrom('a', 'b', 'ab'),
      Boolean: fc.boolean(),
    }
    const value = values[field.type]!
    const plain = field.isRequired ? value : fc.option(value, { freq: 4 })
    const own =
      field.type === 'Int'
        ? [
            fc.tuple(fc.constantFrom('in' as const, 'notIn' as const), fc.array(value, { maxLength: 3 })),
            fc.tuple(fc.constant('gt' as const), value),
          ]
        : field.type === 'String'
          ? [fc.tuple(fc.constant('contains' as const), value)]
          : []
    return fc
      .oneof(fc.tuple(fc.constantFrom('equals' as const, 'not' as const), plain), ...own)
      .map(([operator, given]): Condition => ({ is: 'column', name: field.name, operator, value: given as never }))
  })
}
