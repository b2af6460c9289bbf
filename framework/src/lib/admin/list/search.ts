/** The search box of a list: words that all have to be found, each in any of the fields. */
import { findField } from '../../db/call/names.ts'
import type { ModelMetadata, ScalarField } from '../../schema/types.ts'
import type { Access } from '../access.ts'
import { isReference } from '../fields.ts'

/** Words beyond these are not looked for. */
const MOST_WORDS = 8

/**
 * Makes a condition of what was typed. Words are looked for one by one, `"several in quotes"` as they stand.
 *
 * @param fields Where to look: `title`, or `director.name` in a row that this one leads to
 * @returns `undefined` where there is nothing to look for, `null` where no row can hold it
 */
export function searchWhere(access: Access, model: ModelMetadata, fields: readonly string[], text: string): object | undefined | null {
  const words = splitWords(text)
  if (words.length === 0) return undefined
  const conditions = words.map((word) => {
    const found = fields.flatMap((path) => wordWhere(access, model, path.split('.'), word) ?? [])
    return found
  })
  // Prisma leaves out an `OR` of nothing, which would find everything.
  if (conditions.some((found) => found.length === 0)) return null
  return { AND: conditions.map((found) => ({ OR: found })) }
}

/** The words of a search, without the quotes around phrases. */
function splitWords(text: string): string[] {
  return Array.from(text.matchAll(/"([^"]+)"|[^\s"]+/g), ([whole, phrase]) => (phrase ?? whole).trim())
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
}

function wordWhere(access: Access, model: ModelMetadata, [name, ...rest]: readonly string[], word: string): object | undefined {
  const field = findField(model, name!)
  if (!field || !access.sees(model, field.name)) return undefined
  if (field.kind === 'relation') {
    const inner = wordWhere(access, access.site.schema.models[field.type]!, rest, word)
    return inner && { [field.name]: isReference(field) || !field.isList ? { is: inner } : { some: inner } }
  }
  if (field.kind !== 'scalar') return undefined
  const test = scalarTest(access, field, word)
  return test === undefined ? undefined : { [field.name]: test }
}

function scalarTest(access: Access, { type, isList }: ScalarField, word: string): unknown {
  if (isList) return undefined
  switch (type) {
    case 'String':
      // SQLite and MySQL compare without regard to case by themselves.
      return { contains: word, ...(access.site.schema.provider === 'postgresql' ? { mode: 'insensitive' } : {}) }
    case 'Int':
      return /^-?\d{1,9}$/.test(word) ? Number(word) : undefined
    case 'BigInt':
      return /^-?\d{1,18}$/.test(word) ? BigInt(word) : undefined
    default:
      return undefined
  }
}
