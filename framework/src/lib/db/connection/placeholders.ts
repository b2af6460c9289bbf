// One token each: comments, quoted text and names, text between dollars, and any other character.
const token = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|(\$\w*\$)[\s\S]*?(?:\1|$)|\?|[^?'"$/-]+|./gsu

/** Writes each `?` of a statement as PostgreSQL's `$1`, `$2`, …, except those in quotes and comments. */
export function numberPlaceholders(sql: string): string {
  let count = 0
  return sql.replace(token, (text) => (text === '?' ? `$${++count}` : text))
}
