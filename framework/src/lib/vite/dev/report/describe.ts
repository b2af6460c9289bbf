/** Turns whatever was thrown into a {@link Report}. */
import { isAbsolute, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { isHotclubError } from '../../../core/hotclub-error.ts'
import { isSecretName, redactTarget } from '../../../http/redact.ts'
import { DATA_PREFIX } from '../../../view/payload.ts'
import { readCodeFrame } from './code-frame.ts'
import type { Report, ReportedRequest } from './report.ts'
import { isOwnFile, parseStack, showFile, showFrame, type Folders, type RawFrame } from './stack.ts'

export interface DescribeOptions extends Folders {
  /** Leads a frame back to the source; for stacks that no source map was applied to (default: as it is). */
  original?: (frame: RawFrame) => RawFrame
  request?: ReportedRequest
}

interface Spot {
  file: string
  line: number
  column: number | undefined
}

/** Describes an error with the place in the app's own files that it is about, and the code there. */
export async function describeError(error: unknown, options: DescribeOptions): Promise<Report> {
  const { request, ...inner } = options
  const report = await describeOne(error, inner)
  return { ...report, request }
}

async function describeOne(error: unknown, options: DescribeOptions): Promise<Report> {
  if (error instanceof AggregateError && error.errors.length > 0) {
    const [first, ...others] = await Promise.all(error.errors.map((item: unknown) => describeOne(item, options)))
    return { ...first!, others }
  }
  if (!(error instanceof Error))
    return {
      ...blank,
      name: 'Not an error',
      message: `Something that is not an Error was thrown: ${String(error)}`,
      hint: 'Throw an Error: it knows where it was thrown.',
    }

  const raw = parseStack(error.stack ?? '').map(options.original ?? ((frame) => frame))
  const spot = spotOf(error, raw, options)
  return {
    ...blank,
    ...wordsOf(error),
    place: spot && { file: showFile(spot.file, options), line: spot.line, column: spot.column },
    frame: spot && (await readCodeFrame(spot.file, spot.line, spot.column)),
    stack: isBuildError(error) || isHotclubError(error) ? [] : raw.map((frame) => showFrame(frame, options)),
    cause: error.cause instanceof Error && !isHotclubError(error) ? await describeOne(error.cause, options) : undefined,
  }
}

/** Tells of a request without its secrets. */
export function describeRequest(request: Request, route: string, id: string): ReportedRequest {
  const { pathname, search } = new URL(request.url)
  const headers = [...request.headers].map(([name, value]): [string, string] => [name, shownHeader(name, value)])
  const page = pathname.startsWith(`${DATA_PREFIX}/`) ? pathname.slice(DATA_PREFIX.length) : pathname
  return { method: request.method, target: redactTarget(page + search), route, id, headers }
}

function shownHeader(name: string, value: string): string {
  if (isSecretName(name)) return '[hidden]'
  return name === 'referer' ? redactTarget(value) : value
}

const blank: Report = {
  name: 'Error',
  message: '',
  hint: undefined,
  docs: undefined,
  place: undefined,
  frame: undefined,
  stack: [],
  cause: undefined,
  others: [],
  request: undefined,
}

/** What Vite and its parser add to an error. */
interface BuildError extends Error {
  id?: string
  plugin?: string
  loc?: { file?: string; line: number; column: number }
  errors?: Array<{ message: string; loc?: { file?: string; line: number; column: number }; id?: string }>
}

function isBuildError(error: Error): error is BuildError {
  return 'plugin' in error || 'loc' in error
}

function wordsOf(error: Error): Pick<Report, 'name' | 'message' | 'hint' | 'docs'> {
  if (isHotclubError(error)) {
    const { code, hint } = hotclubWords(error)
    return { name: code, message: stripDetails(error.message), hint, docs: `docs/errors.md#${code.toLowerCase()}` }
  }
  if (isBuildError(error)) return { ...buildWords(error), docs: undefined }
  return { name: error.name, message: stripVTControlCharacters(error.message), hint: undefined, docs: undefined }
}

/** Errors that came through Vite carry code and hint in their text as well. */
function hotclubWords(error: Error & { code?: string; hint?: string | undefined }): { code: string; hint: string | undefined } {
  const text = stripVTControlCharacters(error.message)
  return { code: error.code ?? /^HC_\w+$/m.exec(text)?.[0] ?? 'HotclubError', hint: error.hint ?? /^Hint: (.*)$/m.exec(text)?.[1] }
}

function stripDetails(message: string): string {
  return stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/^(?:HC_\w+|Hint: .*|docs\/errors\.md#\w+)$/.test(line))
    .join('\n')
    .trim()
}

function buildWords(error: BuildError): { name: string; message: string; hint: string | undefined } {
  const text = stripVTControlCharacters(error.errors?.[0]?.message ?? error.message)
  const missing =
    /^Failed to resolve import "(.+?)" from "(.+?)"/.exec(text) ?? /^Cannot find module '(.+?)' imported from '(.+?)'/.exec(text)
  if (missing)
    return {
      name: 'Import not found',
      message: `There is no '${missing[1]}'.`,
      hint: missing[1]!.startsWith('.')
        ? 'Check the path and the ending of the file.'
        : `Check the name; install a package with npm install ${missing[1]}.`,
    }
  const message = text
    .split('\n')
    .filter((line) => !/^\s*(?:[╭│╰·─]|\d+ [│|])/.test(line) && !/^Transform failed with \d+ error/.test(line))
    .join('\n')
    .replace(/^\s*(?:\[\w+\] )?/, '')
    .trim()
  const name = error.name === 'SourceSyntaxError' || error.name === 'SyntaxError' || /PARSE_ERROR/.test(text) ? 'Syntax error' : error.name
  const labels = [...text.matchAll(/╰[─]+ (.+)$/gm)].map((match) => match[1])
  return { name, message: [message, ...labels.filter((label) => !message.includes(label!))].join('\n'), hint: undefined }
}

/** The place an error is about: what it says itself, else the first call in the app's own code. */
function spotOf(error: Error, stack: RawFrame[], folders: Folders): Spot | undefined {
  const named = isHotclubError(error) ? spotIn(error.where, folders) : undefined
  if (named) return named
  if (isBuildError(error)) {
    const inner = error.errors?.[0]
    const loc = error.loc ?? inner?.loc
    const file = loc?.file ?? inner?.id ?? error.id
    if (file !== undefined && isAbsolute(file)) return { file: file.split('?', 1)[0]!, line: loc?.line ?? 1, column: loc && loc.column + 1 }
  }
  return stack.find((frame) => isOwnFile(frame.file, folders)) ?? undefined
}

/** Reads `app/routes/films.tsx:12` of a Hotclub error. */
function spotIn(where: string | undefined, { root }: Folders): Spot | undefined {
  const match = /^([\w./\\[\]()=@+ -]+\.\w+)(?::(\d+))?(?::(\d+))?$/.exec(where ?? '')
  if (!match) return undefined
  return { file: join(root, match[1]!), line: Number(match[2] ?? 1), column: match[3] === undefined ? undefined : Number(match[3]) }
}
