/** Names for models and fields: from those of a database, which may be anything, to what Prisma and TypeScript take. */
import { plural, singular } from '../../core/inflect.ts'

/** What Prisma's client, Hotclub's or the schema language already mean by a model's name. */
const reservedModels = new Set(
  (
    'PrismaClient Prisma As Touching Transaction String Int BigInt Float Decimal Boolean DateTime Json Bytes Unsupported ' +
    'Model View Enum Type Generator Datasource Null True False Function Object'
  ).split(' '),
)

/** The words of a name, in lower case: `usDvdSales`, `us_dvd_sales` and `Us-DVD sales` have the same. */
export function wordsOf(name: string): string[] {
  const words = name
    // Accents go; what has no Latin letter goes altogether.
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
  // An identifier begins with a letter.
  return words[0] !== undefined && /^\d/.test(words[0]) ? [`n${words[0]}`, ...words.slice(1)] : words
}

/** `PascalCase` of words. */
export function pascalCase(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/** `camelCase` of words. */
export function camelCase(words: readonly string[]): string {
  return uncapitalize(pascalCase(words))
}

/** The name of a model for a table: `blog_posts` → `BlogPost`. */
export function modelName(table: string): string {
  const words = wordsOf(table)
  const name = pascalCase([...words.slice(0, -1), ...words.slice(-1).map(singular)]) || 'Model'
  return reservedModels.has(name) ? `${name}Row` : name
}

/** The name of a field for a column. */
export function fieldName(column: string): string {
  return camelCase(wordsOf(column)) || 'field'
}

/** The name of an enum, whose words stay as they are. */
export function enumName(type: string): string {
  const name = pascalCase(wordsOf(type)) || 'Enum'
  return reservedModels.has(name) ? `${name}Value` : name
}

/** The name of an enum's value: kept where it is an identifier. */
export function enumValueName(value: string): string {
  if (/^[A-Za-z]\w*$/.test(value)) return value
  const words = wordsOf(value)
  return words.length === 0 ? 'EMPTY' : words.join('_').toUpperCase()
}

/** `Movie` → `movies`, `BlogPost` → `blogPosts`: a field that holds several rows of a model. */
export function pluralField(model: string): string {
  const words = wordsOf(model)
  return camelCase([...words.slice(0, -1), ...words.slice(-1).map(plural)])
}

/** With a small first letter. */
export function uncapitalize(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** With a capital first letter. */
export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Gives each name once: a second `title` becomes `title2`. */
export class Names {
  #taken: Set<string>

  /** @param taken Names that are given already */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken)
  }

  /** The first of some names that is free, or the first with a number. */
  take(...candidates: [string, ...string[]]): string {
    let name = candidates.find((candidate) => !this.#taken.has(candidate))
    for (let number = 2; name === undefined; number++) if (!this.#taken.has(`${candidates[0]}${number}`)) name = `${candidates[0]}${number}`
    this.#taken.add(name)
    return name
  }

  has(name: string): boolean {
    return this.#taken.has(name)
  }
}
