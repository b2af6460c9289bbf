/** English nouns in the singular and the plural, as far as names of tables need it. */

const irregular: ReadonlyArray<readonly [singular: string, plural: string]> = [
  ['person', 'people'],
  ['child', 'children'],
  ['man', 'men'],
  ['woman', 'women'],
  ['mouse', 'mice'],
  ['foot', 'feet'],
  ['tooth', 'teeth'],
  ['goose', 'geese'],
  ['datum', 'data'],
  ['medium', 'media'],
  ['criterion', 'criteria'],
  ['movie', 'movies'],
  ['cookie', 'cookies'],
  ['tie', 'ties'],
  ['pie', 'pies'],
  ['shoe', 'shoes'],
  ['leaf', 'leaves'],
  ['wolf', 'wolves'],
  ['shelf', 'shelves'],
  ['half', 'halves'],
  ['life', 'lives'],
  ['wife', 'wives'],
  ['knife', 'knives'],
  ['quiz', 'quizzes'],
  ['index', 'indices'],
]

const unchanging = new Set([
  'series',
  'species',
  'news',
  'information',
  'equipment',
  'money',
  'sheep',
  'fish',
  'staff',
  'metadata',
  'feedback',
])

/** One of several: `movies` → `movie`, `categories` → `category`; a word that is singular stays. */
export function singular(word: string): string {
  if (unchanging.has(word)) return word
  const known = irregular.find(([one, many]) => word === many || word === one)
  if (known) return known[0]
  if (/(ss|us|is)$/.test(word)) return word
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(analys|bas|cris|diagnos|hypothes|thes|ax)es$/.test(word)) return `${word.slice(0, -2)}is`
  if (/(ss|sh|ch|x|zz|us|[^aeiou]o)es$/.test(word)) return word.slice(0, -2)
  return word.replace(/s$/, '')
}

/** Several of one: `movie` → `movies`; a word that is plural stays. */
export function plural(word: string): string {
  const one = singular(word)
  if (unchanging.has(one)) return one
  const known = irregular.find(([candidate]) => candidate === one)
  if (known) return known[1]
  if (/[^aeiou]y$/.test(one)) return `${one.slice(0, -1)}ies`
  if (one.endsWith('sis')) return `${one.slice(0, -2)}es`
  if (/(s|sh|ch|x|z)$|^(?:echo|hero|potato|tomato|veto|torpedo|cargo)$/.test(one)) return `${one}es`
  return `${one}s`
}
