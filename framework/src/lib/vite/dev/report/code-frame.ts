import { readFile } from 'node:fs/promises'
import type { CodeFrame } from './report.ts'

const BEFORE = 4
const AFTER = 3

/** Cuts the lines around a place out of a text; `undefined` where the text has no such line. */
function codeFrame(source: string, line: number, column: number | undefined): CodeFrame | undefined {
  const lines = source.split(/\r?\n/)
  if (line < 1 || line > lines.length) return undefined
  const first = Math.max(1, line - BEFORE)
  const shown = lines.slice(first - 1, line + AFTER).map((text, index) => ({ number: first + index, text: text.replaceAll('\t', '  ') }))
  const tabs = column === undefined ? 0 : (lines[line - 1]!.slice(0, column - 1).match(/\t/g)?.length ?? 0)
  while (shown.length > 0 && shown.at(-1)!.number > line && shown.at(-1)!.text.trim() === '') shown.pop()
  return { lines: shown, line, column: column === undefined ? undefined : column + tabs }
}

/** The lines around a place in a file; `undefined` where the file cannot be read or has no such line. */
export async function readCodeFrame(file: string, line: number, column: number | undefined): Promise<CodeFrame | undefined> {
  try {
    return codeFrame(await readFile(file, 'utf8'), line, column)
  } catch (error) {
    // The file of a stack frame may be gone by now, or never have been one.
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
