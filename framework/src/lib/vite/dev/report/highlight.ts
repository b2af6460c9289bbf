/** Kinds of text that the code frame colours. */
export type TokenKind = 'comment' | 'string' | 'number' | 'keyword' | 'type' | 'plain'

export interface Token {
  kind: TokenKind
  text: string
}

const keywords = new Set(
  (
    'as async await break case catch class const continue default delete do else enum export extends false finally for from function if implements import in ' +
    'instanceof interface let new null of return satisfies static super switch this throw true try type typeof undefined var void while yield'
  ).split(' '),
)

const tokenPattern =
  /(\/\/.*|\/\*.*?(?:\*\/|$))|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?)|(\b\d[\d_.a-fxn]*\b)|([A-Za-z_$][\w$]*)/gi

/** Splits a line of TypeScript into coloured pieces. Line by line, so the inside of a longer comment or template stays plain. */
export function highlight(line: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of line.matchAll(tokenPattern)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: line.slice(end, match.index) })
    tokens.push({ kind: kindOf(match), text: match[0] })
    end = match.index + match[0].length
  }
  if (end < line.length) tokens.push({ kind: 'plain', text: line.slice(end) })
  return tokens
}

function kindOf([text, comment, string, number]: RegExpExecArray): TokenKind {
  if (comment !== undefined) return 'comment'
  if (string !== undefined) return 'string'
  if (number !== undefined) return 'number'
  if (keywords.has(text)) return 'keyword'
  return /^[A-Z]/.test(text) ? 'type' : 'plain'
}
