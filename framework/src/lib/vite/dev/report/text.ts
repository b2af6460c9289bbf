import colors from 'picocolors'
import { highlight, type TokenKind } from './highlight.ts'
import type { CodeFrame, Report, StackFrame } from './report.ts'

const paint: Record<TokenKind, (text: string) => string> = {
  comment: colors.dim,
  string: colors.green,
  number: colors.yellow,
  keyword: colors.magenta,
  type: colors.cyan,
  plain: String,
}

/** A report as the terminal shows it. */
export function reportText(report: Report): string {
  const { request } = report
  const where = request ? colors.dim(`  ${request.method} ${request.target}`) : ''
  return [mistake(report) + where, ...body(report), ...report.others.flatMap((other) => ['', mistake(other), ...body(other)])].join('\n')
}

function mistake({ name, place }: Report): string {
  const at = place ? `  ${colors.cyan(placeText(place))}` : ''
  return `${colors.red(colors.bold(`✗ ${name}`))}${at}`
}

function body({ message, hint, docs, frame, stack, cause }: Report): string[] {
  const own = stack.filter((call) => call.isOwn)
  return [
    indent(message),
    ...(frame ? ['', ...frameText(frame)] : []),
    ...(own.length > 1 ? ['', ...own.slice(0, 6).map((call) => colors.dim(`  at ${callText(call)}`))] : []),
    ...(own.length === 0 ? stack.slice(0, 8).map((call) => colors.dim(`  at ${callText(call)}`)) : []),
    ...(cause ? [indent(`Caused by ${cause.name}: ${cause.message}`)] : []),
    ...(hint ? ['', indent(`${colors.bold('Hint:')} ${hint}`)] : []),
    ...(docs ? [indent(colors.dim(docs))] : []),
  ]
}

function frameText({ lines, line, column }: CodeFrame): string[] {
  const width = String(lines.at(-1)!.number).length
  return lines.flatMap(({ number, text }) => {
    const isMarked = number === line
    const gutter = `${isMarked ? colors.red('>') : ' '} ${colors.dim(`${String(number).padStart(width)} |`)}`
    const code = highlight(text)
      .map((token) => paint[token.kind](token.text))
      .join('')
    const marker =
      isMarked && column !== undefined
        ? [`    ${colors.dim(`${' '.repeat(width)} |`.slice(2))} ${' '.repeat(column - 1)}${colors.red('^')}`]
        : []
    return [`  ${gutter} ${code}`, ...marker]
  })
}

function callText(call: StackFrame): string {
  return call.name === '' ? placeText(call) : `${call.name} (${placeText(call)})`
}

function placeText({ file, line, column }: { file: string; line: number; column: number | undefined }): string {
  return `${file}:${line}${column === undefined ? '' : `:${column}`}`
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
