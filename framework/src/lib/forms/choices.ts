import type { ZodType } from 'zod'
import { toWords } from '../schema/documentation.ts'
import type { Choice } from '../view/form-node.ts'
import { definitionOf, isNothing, unwrap } from './zod-types.ts'

/**
 * The values that a schema lets one choose between: of an enum, of literals, of a union of them.
 *
 * @param labels What people see instead of a value's own words
 * @returns `undefined` for a schema that is no choice
 */
export function choicesOf(schema: ZodType, labels: Record<string, string> = {}): Choice[] | undefined {
  const values = valuesOf(schema)
  return values?.map((value) => ({
    value: String(value),
    label:
      labels[String(value)] ??
      (typeof value === 'string' ? toWords(value) : value === true ? 'Yes' : value === false ? 'No' : String(value)),
    ...(typeof value === 'string' ? {} : { raw: value }),
  }))
}

function valuesOf(schema: ZodType): Array<string | number | boolean> | undefined {
  const definition = definitionOf(unwrap(schema).schema)
  if (definition.type === 'enum') {
    const entries = definition.entries!
    // An enum of numbers has an entry back from each number to its name.
    return Object.entries(entries).flatMap(([key, value]) =>
      typeof entries[value] === 'number' && String(entries[value]) === key ? [] : [value],
    )
  }
  if (definition.type === 'literal') {
    const values = definition.values!.filter((value) => value !== null && value !== undefined)
    return values.every((value) => typeof value !== 'bigint') ? (values as Array<string | number | boolean>) : undefined
  }
  if (definition.type !== 'union' || definition.discriminator !== undefined) return undefined
  const options = definition.options!.filter((option) => !isNothing(option)).map(valuesOf)
  return options.every((values) => values !== undefined) ? options.flat() : undefined
}
