/** One statement of a SQL script. */
export interface Statement {
  /** Without surrounding space and comments, and without its semicolon. */
  sql: string
  /** Where it begins, from 1. */
  line: number
}

// One token each: comments, quoted text and names, words, and any other character.
const token =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*(?:\]|$)|[\p{L}_][\p{L}\p{N}_$]*|\s+|./gu

/**
 * Splits a SQLite script at its semicolons, except those in quotes, in comments and in the bodies of triggers.
 */
export function splitStatements(script: string): Statement[] {
  const statements: Statement[] = []
  let sql = ''
  let line = 1
  let start = 1
  /** The first words, enough to tell `CREATE TEMP TRIGGER IF NOT EXISTS`. */
  let words: string[] = []
  /** How many `BEGIN … END` and `CASE … END` are open inside a trigger. */
  let depth = 0
  const finish = (): void => {
    if (sql.trim()) statements.push({ sql: sql.trim(), line: start })
    sql = ''
    words = []
    depth = 0
  }
  for (const [text] of script.matchAll(token)) {
    const isComment = text.startsWith('--') || text.startsWith('/*')
    if (text === ';' && depth === 0) finish()
    else if (isComment) sql += sql && ' '
    else {
      if (sql.trim() === '') {
        sql = ''
        start = line
      }
      sql += text
      if (/^[\p{L}_]/u.test(text)) {
        const word = text.toUpperCase()
        if (words.length < 3) words.push(word)
        const isTrigger = words[0] === 'CREATE' && words.slice(1).includes('TRIGGER')
        if (isTrigger && (word === 'BEGIN' || word === 'CASE')) depth++
        if (isTrigger && word === 'END' && depth > 0) depth--
      }
    }
    line += text.split('\n').length - 1
  }
  finish()
  return statements
}

/** Whether a statement would begin or end a transaction, and so break the one that every migration runs in. */
export function controlsTransaction({ sql }: Statement): boolean {
  return /^(begin|commit|end|rollback)\b/i.test(sql) && !/^rollback\s+(transaction\s+)?to\b/i.test(sql)
}
