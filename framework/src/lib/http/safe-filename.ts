/** Characters of the longest name; file systems take no more. */
const maxLength = 255

/** References that some clients put in place of characters. Left alone, whoever shows the name would turn them into what they hide. */
const namedReferences: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  sol: '/',
  bsol: '\\',
  period: '.',
  colon: ':',
  Tab: '\t',
  NewLine: '\n',
}

/**
 * Makes the name that a client gave a file safe to keep: without folders, whichever system's, and without characters that cannot be seen.
 * It is still the visitor's own text: escape it where it is shown, and never let it choose where a file is stored.
 *
 * @param given The name as the client sent it
 * @returns At most 255 characters, the ending kept; `undefined` when nothing is left that could be a name
 */
export function safeFilename(given: string): string | undefined {
  const text = withoutReferences(given)
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1).replace(/(?! )[\p{C}\p{Z}]/gu, '')
  if (name === '' || name === '.' || name === '..') return undefined
  return shorten(name)
}

function withoutReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,7}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(namedReferences, name) ? namedReferences[name]! : whole
      const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

function shorten(name: string): string {
  if (name.length <= maxLength) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 ? name.slice(dot).slice(0, maxLength) : ''
  return (name.slice(0, maxLength - ending.length) + ending).toWellFormed().replaceAll('\uFFFD', '')
}
