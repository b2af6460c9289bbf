/** What is wrong with a field, in words for the person who filled it in. */
import type { FormNode } from '../view/form-node.ts'

/** The parts of a zod issue that its words depend on. */
export interface Issue {
  code?: string | undefined
  input?: unknown
  origin?: string
  format?: string
  minimum?: unknown
  maximum?: unknown
  inclusive?: boolean
  divisor?: unknown
  values?: readonly unknown[]
}

/** Says what is wrong, where the schema does not say it itself. */
export function messageOf(issue: Issue, node: FormNode | undefined): string {
  const isEmpty = issue.input === undefined || issue.input === null || issue.input === ''
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue, node)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_format':
      return isEmpty ? askFor(node) : invalidFormat(issue.format)
    case 'not_multiple_of':
      return `Use a multiple of ${String(issue.divisor)}.`
    case 'invalid_type':
      return askFor(node)
    case 'invalid_value':
      return node?.kind === 'file'
        ? `Choose a file of type ${(issue.values ?? []).join(', ')}.`
        : node?.kind === 'boolean'
          ? askFor(node)
          : isEmpty
            ? 'Choose one.'
            : 'Choose one of the options.'
    case 'unrecognized_keys':
      return 'This has parts that do not belong here.'
    default:
      return 'This is not valid.'
  }
}

function askFor(node: FormNode | undefined): string {
  if (node && 'widget' in node && (node.widget === 'radio' || node.widget === 'select')) return 'Choose one.'
  switch (node?.kind) {
    case 'number':
      return 'Enter a number.'
    case 'bigint':
      return 'Enter a whole number.'
    case 'boolean':
      return 'Tick this box.'
    case 'date':
    case 'instant':
      return node.widget === 'date' ? 'Enter a date.' : 'Enter a date and a time.'
    case 'choice':
      return 'Choose one.'
    case 'file':
      return 'Choose a file.'
    case 'array':
      return 'Add at least one.'
    case 'json':
      return 'Enter valid JSON.'
    default:
      return 'Fill this in.'
  }
}

function tooSmall({ origin, minimum, inclusive, input }: Issue, node: FormNode | undefined): string {
  if (origin === 'string') return Number(minimum) === 1 || input === '' ? 'Fill this in.' : `At least ${plural(minimum, 'character')}.`
  if (origin === 'array' || origin === 'set')
    return Number(minimum) > 1 ? `At least ${String(minimum)}.` : node?.kind === 'array' ? askFor(node) : 'Choose at least one.'
  if (origin === 'file') return `The file has to be at least ${formatBytes(Number(minimum))}.`
  if (origin === 'date') return `Not before ${dateText(minimum)}.`
  return inclusive === false ? `More than ${String(minimum)}.` : `At least ${String(minimum)}.`
}

function tooBig({ origin, maximum, inclusive }: Issue): string {
  if (origin === 'string') return `At most ${plural(maximum, 'character')}.`
  if (origin === 'file') return `The file may have ${formatBytes(Number(maximum))} at most.`
  if (origin === 'date') return `Not after ${dateText(maximum)}.`
  return inclusive === false ? `Less than ${String(maximum)}.` : `At most ${String(maximum)}.`
}

function invalidFormat(format: string | undefined): string {
  const words: Record<string, string> = {
    email: 'Enter an e-mail address, such as name@example.com.',
    url: 'Enter a whole address, such as https://example.com.',
    date: 'Enter a date.',
    time: 'Enter a time.',
    datetime: 'Enter a date and a time.',
    uuid: 'Enter a UUID.',
    e164: 'Enter a telephone number with its country code, such as +4420123456.',
    ipv4: 'Enter an IPv4 address.',
    ipv6: 'Enter an IPv6 address.',
  }
  return words[format ?? ''] ?? 'Use the format that is asked for.'
}

function plural(count: unknown, noun: string): string {
  return `${String(count)} ${noun}${Number(count) === 1 ? '' : 's'}`
}

function dateText(value: unknown): string {
  const date = value instanceof Date ? value : new Date(Number(value))
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`
}

/** Bytes as people count them: `5 MB`, `640 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return plural(bytes, 'byte')
  const [unit, size] = bytes >= 1_000_000 ? ['MB', bytes / 1_000_000] : ['kB', bytes / 1_000]
  return `${Number(size.toFixed(1))} ${unit}`
}
