import type { Provider } from '../database-url.ts'

/** One statement of a SQL script. */
export interface Statement {
  /** Without surrounding space and comments, and without its semicolon. */
  sql: string
  /** Where it begins, from 1. */
  line: number
}

const word = String.raw`[\p{L}_][\p{L}\p{N}_$]*|\s+|.`
const block = String.raw`\/\*[\s\S]*?(?:\*\/|$)`

/** One token each: comments, quoted text and names, words, and any other character. `\x60` is a backtick. */
const tokens: Readonly<Record<Provider, RegExp>> = {
  sqlite: new RegExp(
    String.raw`--[^\n]*|${block}|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|\x60[^\x60]*(?:\x60|$)|\[[^\]]*(?:\]|$)|${word}`,
    'gu',
  ),
  // Text after an E has escapes; text between dollars has none.
  postgresql: new RegExp(
    String.raw`--[^\n]*|${block}|\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|(\$[\p{L}\p{N}_]*\$)[\s\S]*?(?:\1|$)|${word}`,
    'gu',
  ),
  mysql: new RegExp(
    String.raw`--(?=\s|$)[^\n]*|#[^\n]*|${block}|'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"\\]|""|\\[\s\S])*(?:"|$)|\x60(?:[^\x60]|\x60\x60)*(?:\x60|$)|${word}`,
    'gu',
  ),
}

/** What is made of several statements between `BEGIN` and `END`. */
const hasBody = new Set(['TRIGGER', 'FUNCTION', 'PROCEDURE', 'EVENT'])

/** Splits a script at its semicolons, except those in quotes, in comments and in the bodies of triggers and functions. */
export function splitStatements(script: string, provider: Provider): Statement[] {
  const statements: Statement[] = []
  let sql = ''
  let line = 1
  let start = 1
  /** The first words, enough to tell `CREATE OR REPLACE DEFINER = … TRIGGER`. */
  let words: string[] = []
  let last = ''
  /** How many `BEGIN … END` and `CASE … END` are open in a body. */
  let depth = 0
  const finish = (): void => {
    if (sql.trim()) statements.push({ sql: sql.trim(), line: start })
    sql = ''
    words = []
    depth = 0
  }
  for (const [text] of script.matchAll(tokens[provider])) {
    const isComment = text.startsWith('--') || text.startsWith('/*') || (provider === 'mysql' && text.startsWith('#'))
    if (text === ';' && depth === 0) finish()
    else if (isComment) sql += sql && ' '
    else {
      if (sql.trim() === '') {
        sql = ''
        start = line
      }
      sql += text
      if (/^[\p{L}_]/u.test(text)) {
        const next = text.toUpperCase()
        if (words.length < 10) words.push(next)
        const isBody = words[0] === 'CREATE' && words.some((each) => hasBody.has(each))
        // `END IF` and `END LOOP` end what was not counted; of `END CASE` the END counts.
        if (isBody && last === 'END' && ['IF', 'LOOP', 'WHILE', 'REPEAT'].includes(next)) depth++
        else if (isBody && (next === 'BEGIN' || (next === 'CASE' && last !== 'END'))) depth++
        else if (isBody && next === 'END' && depth > 0) depth--
        last = next
      } else if (text.trim()) last = ''
    }
    line += text.split('\n').length - 1
  }
  finish()
  return statements
}

/** Whether a statement would begin or end a transaction, and so break the one that every migration runs in. */
export function controlsTransaction({ sql }: Statement): boolean {
  return /^(begin|commit|end|rollback|abort|start\s+transaction)\b/i.test(sql) && !/^rollback\s+((transaction|work)\s+)?to\b/i.test(sql)
}

/** Whether PostgreSQL refuses a statement inside a transaction. */
export function refusesTransaction({ sql }: Statement): boolean {
  return /^(create\s+(unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\b.*\bconcurrently|vacuum|alter\s+system)\b/is.test(
    sql,
  )
}

/**
 * A new value of a PostgreSQL enum, as a statement that does nothing where it is there already; otherwise `undefined`.
 *
 * It may not be used in the transaction that adds it.
 */
export function addedEnumValue({ sql }: Statement): string | undefined {
  const [, before, rest] = /^(alter\s+type\s+.+?\s+add\s+value\s+)(?:if\s+not\s+exists\s+)?('.*)$/is.exec(sql) ?? []
  return before === undefined ? undefined : `${before}IF NOT EXISTS ${rest}`
}

/** Whether a statement of MySQL changes rows only, so that a transaction can hold it. */
export function changesRowsOnly({ sql }: Statement): boolean {
  return /^(insert|update|delete|replace|with)\b/i.test(sql)
}
